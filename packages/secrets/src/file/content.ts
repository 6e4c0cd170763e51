import { Document, isMap, isScalar, parseDocument, type Scalar } from 'yaml';
import { lockKeyName, secretName } from './names.js';

/** The values of the secrets, by name. Never to be shown. */
export type SecretValues = ReadonlyMap<string, string>;

export type ReadContent =
  | { readonly kind: 'read'; readonly values: SecretValues }
  /** Says what is wrong without a word of the text. */
  | { readonly kind: 'damaged'; readonly problem: string };

const opening = ` Secrets of Groundplan. They are changed by "groundplan keys", which keeps the lock file beside this one up to date.`;

const ofLockKey = 'Key of the marks in the lock file, which tell that a value is another one without telling which.';

/** Lines that can stand as they are, as those of a key in PEM; white space and controls at the wrong place would be read as something else. */
const plainLines = /^(?:[!-~][ -~]*\n)+(?:[!-~][ -~]*)?$/;

/**
 * The text that is encrypted: a YAML map, sorted, with a comment over each value that says what it is. Every text comes back as it was.
 *
 * @param abouts a sentence for each name
 */
export function writeContent(values: SecretValues, abouts: ReadonlyMap<string, string>): string {
  const document = new Document({});
  document.commentBefore = opening;
  for (const [index, name] of [...values.keys()].sort().entries()) {
    const key = document.createNode(name) as Scalar<string>;
    const about = name === lockKeyName ? ofLockKey : abouts.get(name);
    if (about !== undefined) key.commentBefore = ` ${about.replace(/\s+/g, ' ')}`;
    key.spaceBefore = index > 0;
    const value = document.createNode(values.get(name) ?? '') as Scalar<string>;
    if (value.value.includes('\n')) value.type = plainLines.test(value.value) ? 'BLOCK_LITERAL' : 'QUOTE_DOUBLE';
    document.add(document.createPair(key, value));
  }
  return document.toString({ lineWidth: 0, nullStr: '', defaultStringType: 'PLAIN' });
}

/** Reads what {@link writeContent} wrote, or what a user wrote in its place: every value is a text, also one that looks like a number. */
export function readContent(text: string): ReadContent {
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false, uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) return damaged(`line ${lineOf(text, error.pos[0])} is not YAML, or repeats a name`);
  const root = document.contents;
  if (root === null) return { kind: 'read', values: new Map() };
  if (!isMap(root)) return damaged('it holds no map of names to values');
  const values = new Map<string, string>();
  for (const { key, value } of root.items) {
    const line = isScalar(key) || isMap(key) ? lineOf(text, key.range?.[0] ?? 0) : 1;
    if (!isScalar(key) || typeof key.value !== 'string' || !secretName.test(key.value))
      return damaged(`line ${line} has no name that a secret can have`);
    if (!isScalar(value) || typeof value.value !== 'string') return damaged(`the value of ${key.value} is no text`);
    values.set(key.value, value.value);
  }
  return { kind: 'read', values };
}

function damaged(problem: string): ReadContent {
  return { kind: 'damaged', problem };
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
