import { parseDuration, parseSize } from '@groundplan/model';
import type { SchemaNode } from '@groundplan/model/language';

/** What a field measures, as its default or its example shows: other text may look like a duration by chance. */
export function measureOf({ default: fallback, examples = [] }: SchemaNode): 'duration' | 'size' | undefined {
  const example = fallback ?? examples[0];
  if (typeof example !== 'string') return undefined;
  if (parseDuration(example) !== undefined) return 'duration';
  return parseSize(example) === undefined ? undefined : 'size';
}
