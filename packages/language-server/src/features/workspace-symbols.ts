import { rangeOf } from '@groundplan/diagnostics';
import { topologyText } from '@groundplan/hosts';
import { type NamedSymbol, namedSymbols, type Snapshot } from '@groundplan/ide';
import { analyse, isTopologyName } from '@groundplan/model';
import type { CancellationToken, SymbolInformation, WorkspaceSymbolParams } from 'vscode-languageserver';
import { kindOf } from '../documents.js';
import type { FileSystem } from '../host.js';
import type { Session } from '../session.js';
import { noSurroundings } from '../surroundings.js';
import { keyOf, resolveIn } from '../uris.js';
import type { Feature } from './index.js';
import { symbolKinds } from './symbol-kinds.js';

/** Folders that hold no sources, as for `groundplan check`. Those whose names begin with a dot are left out as well. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', 'build']);
const mostEntries = 200_000;
const mostDepth = 40;
const mostFiles = 1000;
const mostSymbols = 1000;

export const workspaceSymbolFeature: Feature = (session) => {
  const { connection, answers, documents, analyses } = session;
  const known = new Map<string, { readonly stamp: string; readonly symbols: readonly SymbolInformation[] }>();

  const ofFile = async (uri: string, files: FileSystem): Promise<readonly SymbolInformation[]> => {
    const stamp = await files.stamp(uri);
    if (stamp === undefined) return [];
    const before = known.get(uri);
    if (before?.stamp === stamp) return before.symbols;
    const found = await files.look(uri);
    const text = found.kind === 'file' ? topologyText(found.bytes).value : '';
    const symbols = symbolsOf(uri, { ...analyse(text), ...noSurroundings });
    known.set(uri, { stamp, symbols });
    return symbols;
  };

  connection.onWorkspaceSymbol(
    answers.guard(async ({ query }: WorkspaceSymbolParams, cancelled: CancellationToken) => {
      const found: SymbolInformation[] = [];
      const seen = new Set<string>();
      for (const document of documents.all()) {
        if (kindOf(document) !== 'topology') continue;
        seen.add(keyOf(document.uri));
        found.push(...symbolsOf(document.uri, (await analyses.of(document)).snapshot));
      }
      for (const { uri, files } of await topologyFiles(session, cancelled)) {
        if (cancelled.isCancellationRequested) break;
        if (!seen.has(keyOf(uri))) found.push(...(await ofFile(uri, files)));
        seen.add(keyOf(uri));
      }
      return found.filter(({ name }) => matches(name, String(query ?? ''))).slice(0, mostSymbols);
    }),
  );
  return { workspaceSymbolProvider: true };
};

/** Whether the letters of the query stand in the name in their order; clients sort by themselves. */
function matches(name: string, query: string): boolean {
  let at = 0;
  const letters = name.toLowerCase();
  for (const letter of query.toLowerCase()) {
    at = letters.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function symbolsOf(uri: string, snapshot: Snapshot): SymbolInformation[] {
  return namedSymbols(snapshot).map(({ name, kind, span, container }: NamedSymbol) => ({
    name,
    kind: symbolKinds[kind],
    containerName: container,
    location: { uri, range: rangeOf(snapshot.tree.lines, span) },
  }));
}

/** The topologies below the client's folders, by their addresses; at most {@link mostFiles}. */
async function topologyFiles(
  { folders, filesOf }: Session,
  cancelled: CancellationToken,
): Promise<{ readonly uri: string; readonly files: FileSystem }[]> {
  const found: { readonly uri: string; readonly files: FileSystem }[] = [];
  let entriesLeft = mostEntries;
  const queue = folders().map((folder) => ({ folder, depth: 0 }));
  for (let next = queue.shift(); next !== undefined && entriesLeft > 0; next = queue.shift()) {
    if (cancelled.isCancellationRequested || found.length >= mostFiles) break;
    const { folder, depth } = next;
    const files = filesOf(folder);
    for (const { name, kind } of (await files?.list(folder)) ?? []) {
      entriesLeft -= 1;
      const inside = resolveIn(folder, name);
      if (kind === 'file' && files !== undefined && isTopologyName(name)) found.push({ uri: inside, files });
      const isSource = !name.startsWith('.') && !skippedFolders.has(name);
      if (kind === 'folder' && isSource && depth < mostDepth) queue.push({ folder: inside, depth: depth + 1 });
    }
  }
  return found.slice(0, mostFiles);
}
