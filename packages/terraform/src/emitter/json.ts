import type { RawText } from './raw-text.js';

/**
 * The configuration as the bytes of main.tf.json: keys sorted by code unit, indented (Terraform prints the line of an error,
 * and a file of one line would be printed whole), without the comments in which cdktn keeps its version and paths.
 */
export function renderConfiguration(synthesised: Record<string, unknown>, raw: RawText): string {
  const { '//': _, ...configuration } = synthesised;
  for (const section of ['resource', 'data']) {
    const byType = (configuration[section] ?? {}) as Record<string, Record<string, Record<string, unknown>>>;
    for (const byName of Object.values(byType)) {
      for (const block of Object.values(byName)) delete block['//'];
    }
  }
  return `${JSON.stringify(finished(configuration, raw), null, 2)}\n`;
}

function finished(value: unknown, raw: RawText): unknown {
  if (typeof value === 'string') return raw.restore(value);
  if (Array.isArray(value)) return value.map((item) => finished(item, raw));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [raw.restore(key), finished(item, raw)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
