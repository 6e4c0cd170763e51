import { type ExtensionContext, window } from 'vscode';
import { createClient } from './client.js';
import { type About, aboutTopology } from './commands/about.js';
import { commonCommands } from './commands/index.js';
import type { Platform, Session } from './platform.js';
import { previews } from './preview/previews.js';
import { statusBar } from './status-bar.js';

/** Starts everything that runs in VS Code on a machine and in a browser alike. */
export function activateCommon(context: ExtensionContext, platform: Platform): { readonly about: About } {
  const output = window.createOutputChannel('Groundplan', { log: true });
  const client = createClient(platform, output);
  const session: Session = { context, client, output };
  const all = previews(session);
  const about = aboutTopology(all);
  context.subscriptions.push(output, ...statusBar(session), ...commonCommands(session, platform, all, about), {
    dispose: () => void client.dispose(),
  });
  // Nothing waits for the server: the editor shows the file at once, and its marks when they are there.
  client.start().catch((error: unknown) => {
    output.error(error instanceof Error ? error : String(error));
    void window.showErrorMessage('The Groundplan language server could not be started. Its output says why.');
  });
  return { about };
}
