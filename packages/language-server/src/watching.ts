import { catalogFile, configFile, namedFiles, topologyFile } from '@groundplan/model';
import { DidChangeWatchedFilesNotification, type Disposable } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnoseConfigs } from './config/diagnose-configs.js';
import { kindOf } from './documents.js';
import type { Session } from './session.js';
import { baseName, liesIn } from './uris.js';

/** How long nobody has typed before files are looked at again that nobody tells about. */
const idleMilliseconds = 300;

const ownPatterns = [`**/${configFile}`, `**/${catalogFile}`, `**/${topologyFile}`, `**/*.${topologyFile}`];

/**
 * Notices when something changes that topologies depend on: the configuration, the catalogue, the files that they name. What the
 * client watches it tells of; the rest is looked at when a document is opened or saved, and when typing pauses. Says what is wrong with
 * a configuration that is not open.
 *
 * @param recheckTopologies is called when diagnostics of open topologies may have changed though their texts have not
 */
export function watchSurroundings(session: Session, recheckTopologies: () => void): void {
  const { connection, host, client, documents, analyses } = session;
  let registered: { readonly patterns: string; readonly registration: Promise<Disposable> } | undefined;
  let stopWaiting = () => {};
  const lookAtConfigs = diagnoseConfigs(session);
  const seen = new WeakSet<TextDocument>();

  const recheck = () => {
    recheckTopologies();
    lookAtConfigs();
  };

  const topologies = () => documents.all().filter((document) => kindOf(document) === 'topology');
  const isWatched = ({ uri }: TextDocument) =>
    client.watchesFiles && session.folders().some((folder) => liesIn(uri, folder));

  const register = async () => {
    if (!client.watchesFiles) return;
    const names = new Set<string>();
    for (const document of topologies()) {
      const { model } = (await analyses.of(document)).snapshot;
      for (const { path } of namedFiles(model)) names.add(path.slice(path.search(/[^/\\]*$/)));
    }
    const patterns = [...ownPatterns, ...[...names].filter((name) => name !== '').map((name) => `**/${literal(name)}`)];
    const key = patterns.sort().join('\n');
    if (registered?.patterns === key) return;
    const before = registered;
    const watchers = patterns.map((globPattern) => ({ globPattern }));
    const registration = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    registered = { patterns: key, registration };
    (await before?.registration)?.dispose();
    await registration;
  };

  const lookAgain = async (them: readonly TextDocument[]) => {
    let hasChanged = false;
    for (const document of them) hasChanged = (await analyses.forgetChanged(document)) || hasChanged;
    if (hasChanged) recheck();
  };

  const whenIdle = () => {
    stopWaiting();
    stopWaiting = host.later(idleMilliseconds, () => {
      register().catch((error: unknown) => session.report(error));
      lookAgain(topologies().filter((document) => !isWatched(document))).catch((error: unknown) =>
        session.report(error),
      );
    });
  };

  /** What an open document or a file of that address is to others. */
  const hasOtherText = (uri: string) => {
    const name = baseName(uri);
    const isSurrounding = name === configFile || name === catalogFile;
    if (isSurrounding) analyses.forgetSurroundings();
    return analyses.forgetFile(uri) || isSurrounding;
  };

  session.onInitialized(() => {
    register().catch((error: unknown) => session.report(error));
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const mattering = changes.filter(({ uri }) => hasOtherText(uri));
    if (mattering.length > 0) recheck();
  });
  documents.onChange((document) => {
    if (kindOf(document) !== 'topology') {
      if (hasOtherText(document.uri)) recheck();
    } else if (!seen.has(document)) {
      seen.add(document);
      lookAtConfigs();
    }
    whenIdle();
  });
  documents.onClose((document) => {
    analyses.close(document);
    if (kindOf(document) === 'topology') lookAtConfigs();
    else if (hasOtherText(document.uri)) recheck();
  });
  documents.onSave(() => {
    lookAgain(topologies()).catch((error: unknown) => session.report(error));
  });
}

/** What has a meaning in a pattern stands for any character, since there is no way to write it that every client knows. */
function literal(name: string): string {
  return name.replace(/[*?[\]{}!,\\]/g, '?');
}
