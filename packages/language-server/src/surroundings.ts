import { bundledCatalog, type Catalog, parseCatalog } from '@groundplan/catalog';
import { topologyText } from '@groundplan/hosts';
import { type Config, catalogFile, configFile, emptyConfig, findUpwards, readConfig } from '@groundplan/model';
import type { FileSystem } from './host.js';
import { baseName, folderOf, resolveIn } from './uris.js';

/** What holds for a topology besides its own text. */
export interface Surroundings {
  readonly config: Config;
  /** The project's own, or the bundled one. */
  readonly catalog: Catalog;
  /** Why the project's own cannot be used, each in one line. */
  readonly problems: readonly string[];
  /** Another text when something in them may have changed. */
  readonly stamp: string;
}

/** For what lies in no folder that anybody can look at. */
export const noSurroundings: Surroundings = {
  config: emptyConfig,
  catalog: bundledCatalog,
  problems: [],
  stamp: '',
};

interface Found {
  readonly config: string | undefined;
  readonly catalog: string | undefined;
  readonly stamp: string;
}

/** The same files that the command line goes by: in the folder itself or in the nearest one above, up to the root of the repository. */
export async function findSurroundings(folder: string, files: FileSystem): Promise<Found> {
  const folders = {
    exists: async (uri: string) => (await files.stamp(uri)) !== undefined,
    inside: resolveIn,
    parent: folderOf,
  };
  const config = await findUpwards(folder, configFile, folders);
  const catalog = await findUpwards(folder, catalogFile, folders);
  const stampOf = async (uri: string | undefined) => (uri === undefined ? '' : `${uri} ${await files.stamp(uri)}`);
  return { config, catalog, stamp: `${await stampOf(config)}\n${await stampOf(catalog)}` };
}

export async function loadSurroundings(folder: string, files: FileSystem): Promise<Surroundings> {
  const { config, catalog, stamp } = await findSurroundings(folder, files);
  const problems: string[] = [];
  const rules = config === undefined ? emptyConfig : await loadConfig(config, files, problems);
  const offer = catalog === undefined ? bundledCatalog : await loadCatalog(catalog, files, problems);
  return { config: rules, catalog: offer, problems, stamp };
}

async function loadConfig(uri: string, files: FileSystem, problems: string[]): Promise<Config> {
  const found = await files.look(uri);
  if (found.kind !== 'file') {
    problems.push(`${baseName(uri)} cannot be read, so that the catalogue's severities hold`);
    return emptyConfig;
  }
  const { value: text, diagnostics } = topologyText(found.bytes);
  return diagnostics.length > 0 ? emptyConfig : readConfig(text).value;
}

async function loadCatalog(uri: string, files: FileSystem, problems: string[]): Promise<Catalog> {
  const refuse = (reason: string) => {
    problems.push(`${baseName(uri)}: ${reason}; the bundled catalogue is used`);
    return bundledCatalog;
  };
  const found = await files.look(uri);
  if (found.kind !== 'file') return refuse('it cannot be read');
  const json = parsedJson(found.bytes);
  if (json === undefined) return refuse('this is not JSON');
  const { value, problems: ofCatalog } = parseCatalog(json.value);
  return value ?? refuse(`this is no catalogue that Groundplan can read: ${ofCatalog[0] ?? ''}`);
}

function parsedJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return undefined;
  }
}
