import { type CodeAction, commands, Range, window, workspace } from 'vscode';
import { languageId } from '../client.js';

const kind = 'source.fixAll.groundplan';

/**
 * Mends what has one safe fix in the topology that is being edited. VS Code's own command for that gives up without a word when the
 * cursor moves in the meantime.
 */
export async function fixAll(): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document?.languageId !== languageId) return;
  const all = new Range(0, 0, document.lineCount, 0);
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    all,
    kind,
    1,
  );
  const edit = actions.find((action) => action.edit !== undefined)?.edit;
  if (edit === undefined) void window.showInformationMessage('Nothing here has one safe fix.');
  else await workspace.applyEdit(edit);
}
