import { defaults } from '../generated/defaults.js';

/** The default that the schema gives for a field such as `apps.*.drain`; its absence is a mistake in the schema. */
export function literalDefault(field: string): string | number | boolean {
  const value: unknown = Object.hasOwn(defaults, field) ? defaults[field as keyof typeof defaults] : undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new Error(`the schema has no plain default for ${field}`);
}
