import { around } from './fields/around.js';
import { data } from './fields/data.js';
import { operation } from './fields/operation.js';
import type { FieldCase } from './fields/shared.js';
import { tiers } from './fields/tiers.js';

/** Every field of the language, in the order of the schema. */
export const fields: Readonly<Record<string, FieldCase>> = { ...around, ...tiers, ...data, ...operation };
