import { examine, type FileLook, mostTextBytes, topologyText } from '@groundplan/hosts';
import type { Snapshot } from '@groundplan/ide';
import { type Analysis, analyse } from '@groundplan/model';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Documents } from './documents.js';
import { type FilesOf, withOpenDocuments } from './files.js';
import type { FileSystem } from './host.js';
import { rememberNamedFiles } from './named-files.js';
import { findSurroundings, loadSurroundings, noSurroundings, type Surroundings } from './surroundings.js';
import { baseName, folderOf } from './uris.js';

/** A topology at one version of its text. */
export interface Checked {
  readonly uri: string;
  readonly version: number;
  readonly snapshot: Snapshot;
}

/** What is known about each open topology: analysed once a version, and again when something around it changes. */
export interface Analyses {
  readonly of: (document: TextDocument) => Promise<Checked>;
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
  readonly analysis: Analysis;
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

  const analysed = (document: TextDocument, around: Surroundings): State => {
    const known = states.get(document);
    if (known !== undefined && known.version === document.version && known.surroundings === around) return known;
    const state = { version: document.version, surroundings: around, analysis: analyse(document.getText(), around) };
    states.set(document, state);
    return state;
  };

  return {
    of: async (document) => {
      const state = analysed(document, await surroundingsOf(document));
      const { analysis, version } = state;
      const { config, catalog } = state.surroundings;
      const place = placeOf(document);
      const looks =
        place === undefined
          ? new Map<string, FileLook>()
          : await namedFiles.looksOf(analysis.model, place.folder, place.files);
      if (state.checked === undefined || !sameLooks(state.checked.looks, looks)) {
        const diagnostics = tooLarge(analysis.tree.text) ?? examine(analysis, looks, config);
        const snapshot = { tree: analysis.tree, model: analysis.model, diagnostics, catalog, config };
        saying.trace(`checked ${baseName(document.uri)} at version ${version}: ${diagnostics.length} diagnostics`);
        state.checked = { looks, result: { uri: document.uri, version, snapshot } };
      }
      return state.checked.result;
    },
    forgetSurroundings: () => surroundings.clear(),
    forgetFile: (uri) => namedFiles.forget(uri),
    close: (document) => {
      states.delete(document);
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
      const model = states.get(document)?.analysis.model;
      const hasOtherFile = model !== undefined && (await namedFiles.forgetChanged(model, place.folder, place.files));
      return isOther || hasOtherFile;
    },
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
