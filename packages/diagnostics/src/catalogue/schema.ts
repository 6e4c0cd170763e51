import { entry } from './entry.js';

/** What does not have the shape of the language; checked by the JSON Schema. */
export const schema = {
  'schema/unknown-key': entry<{ key: string; where: string; nearest?: string; outside?: string; section?: string }>({
    severity: 'error',
    title: 'A key that the language does not know',
    message: ({ key, where, nearest, outside, section }) => {
      const lacks = `${where} has no key "${key}"`;
      if (nearest !== undefined) return `${lacks}: did you mean "${nearest}"?`;
      if (outside !== undefined) return `${lacks}, but ${outside} has: move it there`;
      if (section !== undefined) return `${lacks}: indent it to make it part of ${section}`;
      return `${lacks}: remove it, or see the language reference`;
    },
    docs: 'An unknown key is never ignored: a typing mistake would silently leave a default in force. Where a key stands decides what it is part of: a line that is indented too much or too little puts it in another map.',
  }),
  'schema/missing-key': entry<{ keys: readonly string[]; where: string; because?: string }>({
    severity: 'error',
    title: 'A required key is missing',
    message: ({ keys, where, because }) =>
      `${where} lacks ${listed(keys)}${because === undefined ? '' : `, ${because}`}: add ${keys.length > 1 ? 'them' : 'it'}`,
    docs: 'The mark stands on the key of the map that lacks it.',
  }),
  'schema/type': entry<{ expected: string; found?: string }>({
    severity: 'error',
    title: 'A value of the wrong kind',
    message: ({ expected, found }) =>
      `expected ${expected}, ${found === undefined ? 'nothing is written' : `this is ${found}`}`,
    docs: 'YAML decides by how a value is written whether it is text, a number or true and false. Quotes make text of anything.',
  }),
  'schema/enum': entry<{ found: string; allowed: readonly string[]; nearest?: string }>({
    severity: 'error',
    title: 'Not one of the allowed values',
    message: ({ found, allowed, nearest }) =>
      `"${found}" is not one of ${allowed.join(', ')}${nearest === undefined ? '' : `: did you mean "${nearest}"?`}`,
    docs: 'The field takes one of a few words, each explained in the language reference.',
  }),
  'schema/range': entry<{ found: string; expected: string }>({
    severity: 'error',
    title: 'A number out of its range',
    message: ({ found, expected }) => `${found} is out of range: this takes ${expected}`,
    docs: 'The language reference gives the range of each number, size and duration.',
  }),
  'schema/format': entry<{ found: string; expected: string }>({
    severity: 'error',
    title: 'A value that is not written as its field takes it',
    message: ({ found, expected }) => `"${found}" is not ${expected}`,
    docs: 'Durations are written `5s`, `15m`, `26h`, `180d`, sizes `100GB`, ranges of addresses `10.10.0.0/16`.',
  }),
  'schema/name': entry<{ found: string; rule: string }>({
    severity: 'error',
    title: 'A name that cannot be part of a host name',
    message: ({ found, rule }) => `"${found}" cannot be a name here: write ${rule}`,
    docs: 'Names become parts of host names and of Terraform addresses, so they are lower-case letters, digits and hyphens, and short.',
  }),
  'schema/choose-one': entry<{ where: string; keys: readonly string[]; found: readonly string[] }>({
    severity: 'error',
    title: 'Exactly one of several keys',
    message: ({ where, keys, found }) =>
      found.length === 0
        ? `${where} needs one of ${keys.map((key) => `"${key}"`).join(', ')}`
        : `${where} takes one of ${keys.map((key) => `"${key}"`).join(', ')}, not ${listed(found)}: remove one`,
    docs: 'These keys are ways to say the same thing, so one of them is written.',
  }),
  'schema/empty': entry<{ what: string }>({
    severity: 'error',
    title: 'Something that may not be empty',
    message: ({ what }) => `${what} may not be empty`,
    docs: 'An empty list or map here would build something that cannot work.',
  }),
  'schema/repeated': entry<{ found: string }>({
    severity: 'error',
    title: 'The same value twice in a list',
    message: ({ found }) => `${found} is already in this list: remove it`,
    docs: 'The list is a set: order and repetition mean nothing in it.',
  }),
  'schema/not-here': entry<{ key: string; where: string; because: string }>({
    severity: 'warning',
    title: 'A key that means nothing here',
    message: ({ key, where, because }) => `"${key}" means nothing in ${where}: ${because}`,
    docs: 'The key belongs to another mode or kind than the one chosen, and is ignored: remove it, or choose the mode that it belongs to. It is an error where two keys contradict each other.',
  }),
};

/** `"a"`, `"a" and "b"`, `"a", "b" and "c"`. */
function listed(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}
