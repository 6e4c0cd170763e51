import { indexLines } from '@groundplan/diagnostics';
import { topologyText } from '@groundplan/hosts';
import type { Diagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { findDiagnostics } from '../diagnostics/find.js';
import { showDiagnostic } from '../diagnostics/translate.js';
import { kindOf } from '../documents.js';
import { withOpenDocuments } from '../files.js';
import type { FileSystem } from '../host.js';
import type { Session } from '../session.js';
import { findSurroundings } from '../surroundings.js';
import { folderOf, keyOf } from '../uris.js';

/** A configuration that an open topology goes by. */
interface Found {
  readonly uri: string;
  readonly files: FileSystem;
}

/**
 * Says what is wrong with configurations that open topologies go by and that are not open themselves: of those that are, a client asks
 * or is told as of every document. What was said is taken back when it holds no more.
 *
 * @returns looks again
 */
export function diagnoseConfigs(session: Session): () => void {
  const { analyses, client, connection, documents, filesOf } = session;
  /** What was said last, by address; only what is not empty. */
  const said = new Map<string, string>();
  let isUnderWay = false;
  let isDue = false;

  const inForce = async (): Promise<ReadonlyMap<string, Found>> => {
    const found = new Map<string, Found>();
    const folders = new Set<string>();
    for (const document of documents.all()) {
      const folder = kindOf(document) === 'topology' ? folderOf(document.uri) : undefined;
      if (folder !== undefined) folders.add(folder);
    }
    for (const folder of folders) {
      const files = filesOf(folder);
      if (files === undefined) continue;
      const { config: uri } = await findSurroundings(folder, withOpenDocuments(files, documents));
      if (uri !== undefined) found.set(keyOf(uri), { uri, files });
    }
    return found;
  };

  const diagnose = async ({ uri, files }: Found): Promise<readonly Diagnostic[]> => {
    const seen = await files.look(uri);
    if (seen.kind !== 'file') return [];
    const { value: text, diagnostics } = topologyText(seen.bytes);
    if (diagnostics.length > 0) return diagnostics.map((each) => showDiagnostic(each, uri, indexLines(text), client));
    const document = TextDocument.create(uri, 'yaml', 0, text);
    return (await findDiagnostics(document, analyses, client)).diagnostics;
  };

  const say = async (uri: string, diagnostics: readonly Diagnostic[]): Promise<void> => {
    const text = diagnostics.length === 0 ? undefined : JSON.stringify(diagnostics);
    if (said.get(uri) === text) return;
    if (text === undefined) said.delete(uri);
    else said.set(uri, text);
    await connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] });
  };

  const lookAt = async (): Promise<void> => {
    const found = await inForce();
    const now = new Map<string, readonly Diagnostic[]>();
    for (const each of found.values()) {
      if (documents.find(each.uri) === undefined) now.set(each.uri, await diagnose(each));
    }
    for (const uri of said.keys()) {
      if (now.has(uri)) continue;
      // Of what was opened in the meantime a client that does not ask has been told already.
      if (!client.pullsDiagnostics && documents.get(uri) !== undefined) said.delete(uri);
      else await say(uri, []);
    }
    for (const [uri, diagnostics] of now) if (documents.find(uri) === undefined) await say(uri, diagnostics);
  };

  const look = (): void => {
    isDue = true;
    if (isUnderWay) return;
    isUnderWay = true;
    isDue = false;
    lookAt()
      .catch((error: unknown) => session.report(error))
      .finally(() => {
        isUnderWay = false;
        if (isDue) look();
      });
  };
  return look;
}
