import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { bundledCatalog, type Catalog, parseCatalog } from '@groundplan/catalog';
import { indexLines, normalise } from '@groundplan/diagnostics';
import {
  type Config,
  catalogFile,
  configFile,
  emptyConfig,
  type Folders,
  findUpwards,
  readConfig,
} from '@groundplan/model';
import { Failure } from '../failure.js';
import type { FileReport } from '../report/report.js';
import { shownName } from './paths.js';
import { readBytes } from './read-file.js';
import { readText } from './read-text.js';

/** What holds for a topology besides its own text. */
export interface Surroundings {
  readonly config: Config;
  /** What is wrong with the configuration; undefined when there is none. */
  readonly configReport: FileReport | undefined;
  /** The project's own, or the bundled one. */
  readonly catalog: Catalog;
}

/**
 * Finds the surroundings of topologies by their folders: `groundplan.config.yaml` and `groundplan.catalog.json` in that folder,
 * or in the nearest one above it, up to the root of the repository. Each file is read once.
 *
 * @param folder absolute, the current one
 * @param config a configuration that was named on the command line, relative to `folder`
 */
export function surroundingsFinder(folder: string, config: string | undefined): (of: string) => Promise<Surroundings> {
  const configs = new Map<string, ReturnType<typeof loadConfig>>();
  const catalogs = new Map<string, Promise<Catalog>>();
  return async (of) => {
    const configPath = config === undefined ? await nearestFile(of, configFile) : resolve(folder, config);
    const catalogPath = await nearestFile(of, catalogFile);
    const { config: rules, report } =
      configPath === undefined
        ? { config: emptyConfig, report: undefined }
        : await once(configs, configPath, () => loadConfig(configPath, shownName(configPath, folder)));
    const catalog =
      catalogPath === undefined
        ? bundledCatalog
        : await once(catalogs, catalogPath, () => loadCatalog(catalogPath, shownName(catalogPath, folder)));
    return { config: rules, configReport: report, catalog };
  };
}

async function loadConfig(path: string, shown: string): Promise<{ config: Config; report: FileReport }> {
  const { value: text, diagnostics: ofText } = await readText(path, shown);
  const { value: config, diagnostics } =
    ofText.length > 0 ? { value: emptyConfig, diagnostics: ofText } : readConfig(text);
  return { config, report: { file: shown, lines: indexLines(text), diagnostics: normalise(diagnostics) } };
}

const mostCatalogBytes = 64 * 1024 * 1024;

async function loadCatalog(path: string, shown: string): Promise<Catalog> {
  const bytes = await readBytes(path, shown, mostCatalogBytes);
  const { value, problems } = parseCatalog(parsedJson(bytes, shown));
  if (value === undefined)
    throw new Failure(`${shown}: this is no catalogue that Groundplan can read: ${problems[0] ?? ''}`);
  return value;
}

function parsedJson(bytes: Uint8Array, shown: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Failure(`${shown}: this is not JSON`);
  }
}

const folders: Folders = {
  exists,
  inside: join,
  parent: (folder) => (dirname(folder) === folder ? undefined : dirname(folder)),
};

/** The nearest file of that name in `folder` or above, up to the root of the repository that `folder` lies in. */
export function nearestFile(folder: string, name: string): Promise<string | undefined> {
  return findUpwards(folder, name, folders);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const value = made.get(key) ?? make();
  made.set(key, value);
  return value;
}
