import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Session } from '../session.js';
import { findDiagnostics } from './find.js';

/** Behind a change, within which a client asks what can stand there. Nobody feels it. */
const questionMilliseconds = 4;

/** Sends diagnostics to a client that does not ask for them, once for the last of several changes. */
export function pushDiagnostics(connection: Connection, session: Session): (document: TextDocument) => void {
  const { analyses, answers, client, documents, host, settled } = session;
  /** By document, whether another look at it is due. */
  const underWay = new Map<TextDocument, boolean>();

  const isOpen = (document: TextDocument) => documents.get(document.uri) === document;

  const publish = async (document: TextDocument): Promise<void> => {
    // The question of what could stand there comes right behind the change, and is answered first.
    await new Promise<void>((passed) => host.later(questionMilliseconds, passed));
    await settled();
    while (answers.urgent() > 0) await host.turn();
    if (!isOpen(document)) return;
    // Whatever asked for another look until now is seen by this one.
    underWay.set(document, false);
    const { version, diagnostics } = await findDiagnostics(document, analyses, client);
    if (!isOpen(document) || document.version !== version) return;
    const ofVersion = client.versionedDiagnostics ? { version } : {};
    await connection.sendDiagnostics({ uri: document.uri, ...ofVersion, diagnostics: [...diagnostics] });
  };

  const schedule = (document: TextDocument): void => {
    const isUnderWay = underWay.has(document);
    underWay.set(document, isUnderWay);
    if (isUnderWay) return;
    publish(document)
      .catch((error: unknown) => session.report(error))
      .finally(() => {
        const isDue = underWay.get(document) === true;
        underWay.delete(document);
        if (isDue && isOpen(document)) schedule(document);
      });
  };

  documents.onChange(schedule);
  documents.onClose(({ uri }) => {
    connection.sendDiagnostics({ uri, diagnostics: [] }).catch((error: unknown) => session.report(error));
  });
  return schedule;
}
