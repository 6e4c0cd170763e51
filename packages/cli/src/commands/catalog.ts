import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledCatalog, type Catalog, catalogFromApi, serializeCatalog } from '@groundplan/catalog';
import { systemReason } from '@groundplan/files';
import { catalogFile } from '@groundplan/model';
import { options } from '../arguments/options.js';
import { fetchOffer } from '../catalog/fetch-offer.js';
import { type Context, command } from '../command.js';
import { Failure, failureOf } from '../failure.js';
import { replaceFile } from '../output/replace-file.js';
import { shownName } from '../topology/paths.js';
import { nearestFile, surroundingsFinder } from '../topology/surroundings.js';

export const catalog = command({
  about: [
    "Shows which catalogue of Hetzner's offer is in force here, with its date and its sources: server types, locations, prices and limits that checks, defaults and costs come from.",
    `"update" asks the API, with the token in HCLOUD_TOKEN (one that may only read is enough), and writes ${catalogFile}: the one that is in force, or else a new one in the current folder. Commit it beside the topology: a catalogue that changes by itself would change the compiled output.`,
  ],
  words: { placeholder: 'update', atLeast: 0, atMost: 1, completes: ['update'] },
  options: options({}),
  examples: [
    { command: 'groundplan catalog', does: 'which catalogue is in force, and from when it is' },
    { command: 'groundplan catalog update', does: 'replaces it by what your token sees today' },
  ],
  run: async ({ words }, context) => {
    const [word] = words;
    if (word !== undefined && word !== 'update') {
      throw new Failure(`"${word}" is nothing that a catalogue does: it takes "update"`);
    }
    const path = await nearestFile(context.folder, catalogFile);
    const shown = path === undefined ? undefined : shownName(path, context.folder);
    if (word === 'update') {
      await update(path ?? join(context.folder, catalogFile), shown, context);
    } else {
      context.stdout.write(described(await inForce(context), shown));
    }
    return 0;
  },
});

async function inForce({ folder }: Context): Promise<Catalog> {
  return (await surroundingsFinder(folder, undefined)(folder)).catalog;
}

async function update(path: string, existing: string | undefined, context: Context): Promise<void> {
  const base = await inForce(context).catch((error) => {
    // What cannot be read any more is what an update mends.
    if (!(error instanceof Failure)) throw error;
    context.note(`${error.message}; it is made anew`);
    return bundledCatalog;
  });
  const answers = await context.progress('asking the API', () => fetchOffer(context.variables));
  const { value, problems } = catalogFromApi(answers, base, new Date().toISOString().slice(0, 10));
  for (const problem of problems) context.note(problem);
  if (value === undefined) throw new Failure('the answers of the API make no catalogue: nothing was written');
  const text = serializeCatalog(value);
  if (existing === undefined) await create(path, text);
  else await replaceFile(path, existing, text);
  context.note(`wrote ${existing ?? catalogFile}: ${summary(value)}`);
}

async function create(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const isForeign = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isForeign && systemReason(error) !== undefined) await rm(path, { force: true });
    throw failureOf(catalogFile, error);
  }
}

function summary({ date, serverTypes, locations }: Catalog): string {
  return `${serverTypes.length} server types in ${locations.length} locations, as of ${date}`;
}

function described(catalogue: Catalog, file: string | undefined): string {
  const sources = Object.values(catalogue.sources)
    .map(({ date, kind, title }) => `  ${date}  ${kind.padEnd(9)}  ${title}`)
    .sort();
  const from = file ?? 'bundled with Groundplan';
  return [`${from}: ${summary(catalogue)}`, '', 'sources', ...sources, ''].join('\n');
}
