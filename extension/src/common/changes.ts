import type { Disposable, TextDocument } from 'vscode';
import { type BaseLanguageClient, DidChangeTextDocumentNotification } from 'vscode-languageclient';

/**
 * Calls back whenever the server has been told that a text is another one. VS Code's own event may come before that, and what is asked
 * then is answered about the text as it was.
 */
export function onServerToldOfChange(client: BaseLanguageClient, work: (document: TextDocument) => void): Disposable {
  return client
    .getFeature(DidChangeTextDocumentNotification.method)
    .onNotificationSent(({ textDocument }) => work(textDocument));
}
