import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Catalog, catalogFromApi, serializeCatalog } from '@groundplan/catalog';
import { options } from '../arguments/options.js';
import { fetchOffer } from '../catalog/fetch-offer.js';
import { command } from '../command.js';
import { Failure, failureOf } from '../failure.js';
import { replaceFile } from '../output/replace-file.js';
import { readBytes } from '../topology/read-file.js';
import { catalogFile, surroundingsFinder } from '../topology/surroundings.js';

export const catalog = command({
  about: [
    "Shows which catalogue of Hetzner's offer is in force here, with its date and its sources: server types, locations, prices and limits that checks, defaults and costs come from.",
    `"update" asks the API, with the token in HCLOUD_TOKEN (one that may only read is enough), and writes ${catalogFile} into the current folder. Commit it beside the topology: a catalogue that changes by itself would change the compiled output.`,
  ],
  words: { placeholder: 'update', atLeast: 0, atMost: 1, completes: ['update'] },
  options: options({}),
  examples: [
    { command: 'groundplan catalog', does: 'which catalogue is in force, and how old it is' },
    { command: 'groundplan catalog update', does: 'replaces it by what your token sees today' },
  ],
  run: async ({ words }, context) => {
    const [word] = words;
    if (word !== undefined && word !== 'update')
      throw new Failure(`"${word}" is nothing that a catalogue does: it takes "update"`);
    const inForce = (await surroundingsFinder(context.folder, undefined)(context.folder)).catalog;
    if (word === undefined) {
      context.stdout.write(described(inForce));
      return 0;
    }
    const answers = await context.progress('asking the API', () => fetchOffer(context.variables));
    const { value, problems } = catalogFromApi(answers, inForce, new Date().toISOString().slice(0, 10));
    for (const problem of problems) context.complain(problem);
    if (value === undefined) throw new Failure('the answers of the API make no catalogue: nothing was written');
    await put(join(context.folder, catalogFile), serializeCatalog(value));
    context.note(`wrote ${catalogFile}: ${summary(value)}`);
    return 0;
  },
});

function summary({ date, serverTypes, locations }: Catalog): string {
  return `${serverTypes.length} server types in ${locations.length} locations, as of ${date}`;
}

function described(inForce: Catalog): string {
  const sources = Object.values(inForce.sources).map(
    ({ date, kind, title }) => `  ${date}  ${kind.padEnd(9)}  ${title}`,
  );
  return `${summary(inForce)}\n\nsources\n${sources.sort().join('\n')}\n`;
}

async function put(path: string, text: string): Promise<void> {
  const isThere = await readBytes(path, catalogFile, 1).then(
    () => true,
    () => false,
  );
  if (isThere) return replaceFile(path, catalogFile, text);
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    throw failureOf(catalogFile, error);
  }
}
