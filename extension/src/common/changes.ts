import { type Disposable, type TextDocument, workspace } from 'vscode';

/**
 * Calls back after a text was changed and its new content is on its way to the server. VS Code calls its listeners one after the other,
 * and this one perhaps before the client's: what is asked at once would overtake the change, and be answered about the text as it was.
 * To wait until the change has arrived would take several milliseconds of each keystroke.
 */
export function onTextChanged(work: (document: TextDocument) => void): Disposable {
  return workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) setTimeout(() => work(document));
  });
}
