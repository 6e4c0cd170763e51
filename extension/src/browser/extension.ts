import { type ExtensionContext, Uri, workspace } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { activateCommon } from '../common/activate.js';

export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'browser', 'server.js');
  activateCommon(context, {
    createClient: (options) =>
      new LanguageClient(
        'groundplan',
        'Groundplan',
        async () => {
          const worker = await startWorker(script);
          return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
        },
        options,
      ),
    plan: undefined,
  });
}

/** VS Code starts no workers from scripts that lie on a remote machine, so such a script is read first. */
async function startWorker(script: Uri): Promise<Worker> {
  if (script.scheme !== 'vscode-remote') return new Worker(script.toString(true));
  const bytes = await workspace.fs.readFile(script);
  const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: 'text/javascript' }));
  return new Worker(url);
}
