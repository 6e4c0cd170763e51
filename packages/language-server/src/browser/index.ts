import { BrowserMessageReader, BrowserMessageWriter } from 'vscode-languageserver/browser';
import { startServer } from '../server.js';

/** What of a worker's global object is used. */
type Worker = ConstructorParameters<typeof BrowserMessageReader>[0] & { readonly close: () => void };

/** Serves the page that started this worker. It reaches files only through the client (`initializationOptions.files`). */
export function serveWorker(worker: Worker, version: string): void {
  startServer(new BrowserMessageReader(worker), new BrowserMessageWriter(worker), {
    version,
    files: new Map(),
    turn: () => new Promise((taken) => setTimeout(taken, 0)),
    later: (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    exit: () => worker.close(),
    watchClient: () => {
      // A worker ends with its page.
    },
  });
}
