import type { Result } from '@groundplan/diagnostics';
import { examine, type FileLook, mostTextBytes, topologyText } from '@groundplan/hosts';
import { type Facts, isOnlyWord, type Snapshot } from '@groundplan/ide';
import { checkTopology, type ReadTopology, readTopology } from '@groundplan/model';
import { parserOfVersions, type SyntaxTree } from '@groundplan/syntax';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Documents } from './documents.js';
import { type FilesOf, withOpenDocuments } from './files.js';
import type { FileSystem } from './host.js';
import { rememberNamedFiles } from './named-files.js';
import { findSurroundings, loadSurroundings, noSurroundings, type Surroundings } from './surroundings.js';
import { baseName, folderOf } from './uris.js';

/** A topology at one version of its text. */
export interface Read {
  readonly uri: string;
  readonly version: number;
  readonly snapshot: Facts;
}

export interface Checked extends Read {
  readonly snapshot: Snapshot;
}

/** What is known about each open topology: analysed once a version, and again when something around it changes. */
export interface Analyses {
  readonly of: (document: TextDocument) => Promise<Checked>;
  /** The same for whoever does not ask what is wrong with it. */
  readonly read: (document: TextDocument) => Promise<Read>;
  /**
   * The same for what is being typed at an offset: where nothing but that word has changed since the last analysis, the tree is that of
   * the text as it is, and all else is what was known then. So nobody waits for the checks to see what could stand there.
   */
  readonly whileTyping: (document: TextDocument, offsetIn: (tree: SyntaxTree) => number) => Promise<Checked>;
  /** Looks at the configuration and the catalogue again. */
  readonly forgetSurroundings: () => void;
  /** Looks at a file again that a topology may name; true when one does. */
  readonly forgetFile: (uri: string) => boolean;
  readonly close: (document: TextDocument) => void;
  /** Looks whether what the topology depends on was changed by somebody else, and forgets it if so. */
  readonly forgetChanged: (document: TextDocument) => Promise<boolean>;
}

interface State {
  readonly version: number;
  readonly surroundings: Surroundings;
  readonly topology: ReadTopology;
  checked?: { readonly looks: ReadonlyMap<string, FileLook>; readonly result: Checked };
}

/** How the user is told of what no answer says. */
export interface Saying {
  /** At once. */
  readonly complain: (problem: string) => void;
  /** To whoever looks at what the server does. */
  readonly trace: (message: string) => void;
}

export function keepAnalyses(documents: Documents, filesOf: FilesOf, saying: Saying): Analyses {
  const surroundings = new Map<string, Promise<Surroundings>>();
  const states = new WeakMap<TextDocument, State>();
  const trees = new WeakMap<TextDocument, (text: string) => Result<SyntaxTree>>();
  const namedFiles = rememberNamedFiles();

  const placeOf = (document: TextDocument): { folder: string; files: FileSystem } | undefined => {
    const folder = folderOf(document.uri);
    const files = folder === undefined ? undefined : filesOf(folder);
    return folder === undefined || files === undefined
      ? undefined
      : { folder, files: withOpenDocuments(files, documents) };
  };

  const surroundingsOf = (document: TextDocument): Promise<Surroundings> => {
    const place = placeOf(document);
    if (place === undefined) return Promise.resolve(noSurroundings);
    const known = surroundings.get(place.folder);
    if (known !== undefined) return known;
    const loading = loadSurroundings(place.folder, place.files).then((loaded) => {
      loaded.problems.forEach(saying.complain);
      return loaded;
    });
    surroundings.set(place.folder, loading);
    return loading;
  };

  /** The text of a version is parsed once, and with the help of the version before. */
  const parserOf = (document: TextDocument) => {
    const known = trees.get(document);
    if (known !== undefined) return known;
    const parse = once(parserOfVersions());
    trees.set(document, parse);
    return parse;
  };

  const stateOf = async (document: TextDocument): Promise<State> => {
    const around = await surroundingsOf(document);
    const known = states.get(document);
    if (known !== undefined && known.version === document.version && known.surroundings === around) return known;
    const topology = readTopology(document.getText(), { ...around, parse: parserOf(document) });
    const state = { version: document.version, surroundings: around, topology };
    states.set(document, state);
    return state;
  };

  const checkedOf = async (document: TextDocument): Promise<Checked> => {
    const state = await stateOf(document);
    const { topology, version } = state;
    const { config, catalog } = state.surroundings;
    const { tree, model } = topology;
    const place = placeOf(document);
    const looks =
      place === undefined ? new Map<string, FileLook>() : await namedFiles.looksOf(model, place.folder, place.files);
    if (state.checked === undefined || !sameLooks(state.checked.looks, looks)) {
      const diagnostics = tooLarge(tree.text) ?? examine(checkTopology(topology, state.surroundings), looks, config);
      const snapshot = { tree, model, diagnostics, catalog, config };
      saying.trace(`checked ${baseName(document.uri)} at version ${version}: ${diagnostics.length} diagnostics`);
      state.checked = { looks, result: { uri: document.uri, version, snapshot } };
    }
    return state.checked.result;
  };

  return {
    of: checkedOf,
    read: async (document) => {
      const { topology, version, surroundings: around } = await stateOf(document);
      const { tree, model } = topology;
      return { uri: document.uri, version, snapshot: { tree, model, catalog: around.catalog, config: around.config } };
    },
    whileTyping: async (document, offsetIn) => {
      const known = states.get(document)?.checked?.result;
      if (known === undefined || known.version === document.version) return checkedOf(document);
      const { value: tree } = parserOf(document)(document.getText());
      return isOnlyWord(known.snapshot.tree.text, tree, offsetIn(tree))
        ? { uri: known.uri, version: document.version, snapshot: { ...known.snapshot, tree } }
        : checkedOf(document);
    },
    forgetSurroundings: () => surroundings.clear(),
    forgetFile: (uri) => namedFiles.forget(uri),
    close: (document) => {
      states.delete(document);
      trees.delete(document);
      // Others look again at what they name, which is cheap; so nothing is kept that nobody names.
      namedFiles.forgetAll();
    },
    forgetChanged: async (document) => {
      const place = placeOf(document);
      if (place === undefined) return false;
      const known = surroundings.get(place.folder);
      const isOther =
        known !== undefined && (await known).stamp !== (await findSurroundings(place.folder, place.files)).stamp;
      if (isOther) surroundings.clear();
      const model = states.get(document)?.topology.model;
      const hasOtherFile = model !== undefined && (await namedFiles.forgetChanged(model, place.folder, place.files));
      return isOther || hasOtherFile;
    },
  };
}

/** The function, which remembers the last text that it was given. */
function once<R>(work: (text: string) => R): (text: string) => R {
  let last: { readonly text: string; readonly result: R } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, result: work(text) };
    return last.result;
  };
}

/** What the command line says of a file that is too large to be read at all. */
function tooLarge(text: string) {
  if (text.length * 3 <= mostTextBytes) return undefined;
  const { diagnostics } = topologyText(new TextEncoder().encode(text));
  return diagnostics.length > 0 ? diagnostics : undefined;
}

/** Looks are made anew only when a file may have changed. */
function sameLooks(before: ReadonlyMap<string, FileLook>, now: ReadonlyMap<string, FileLook>): boolean {
  return before.size === now.size && [...now].every(([path, look]) => before.get(path) === look);
}
