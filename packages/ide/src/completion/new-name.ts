import { entities } from '../facts/entities.js';
import { kindOfSection } from '../tree/sections.js';
import { type Context, dataAt } from './context.js';
import { firstWithOwnBlock } from './values/numbers.js';

const usualNames: Readonly<Record<string, readonly string[]>> = {
  load_balancers: ['edge', 'front', 'public'],
  apps: ['web', 'api', 'worker', 'app'],
  databases: ['main', 'orders', 'data'],
  shared_storage: ['media', 'files', 'shared'],
  buckets: ['assets', 'uploads', 'dumps'],
  external: ['offsite', 'mirror', 'archive'],
};

/** A name for a new entity that nothing of its section has or had, and whose block of addresses is free. */
export function newName(context: Context, section: string): string {
  const kind = kindOfSection(section);
  const named = entities(context.model)
    .filter((each) => each.kind === kind)
    .flatMap(({ name, firstName }) => [name, firstName]);
  const taken = new Set([...named, ...Object.keys(dataAt(context, [section]))]);
  const usual = usualNames[section] ?? ['new'];
  const numbered = Array.from({ length: 50 }, (_, index) => `${usual[0]}-${index + 2}`);
  const free = [...usual, ...numbered].filter((name) => !taken.has(name));
  return firstWithOwnBlock(context, section, free) ?? 'new';
}
