import { entry } from './entry.js';

/** References between parts of a topology: `app.web`, `${database.main.url}`. */
export const reference = {
  'reference/unknown': entry<{ name: string; nearest?: string; names?: readonly string[] }>({
    severity: 'error',
    title: 'A name that nothing declares',
    message: ({ name, nearest, names }) => {
      if (names !== undefined)
        return `${name} lacks a name: ${names.length === 0 ? 'nothing is declared that it could be' : `write ${names.join(' or ')}`}`;
      return `nothing is called ${name}${nearest === undefined ? '' : `: did you mean ${nearest}?`}`;
    },
    docs: 'A reference names something that the topology declares: `app.web` is the entry `web` under `apps`.',
  }),
  'reference/wrong-kind': entry<{ name: string; kind: string; expected: string; nearest?: string }>({
    severity: 'error',
    title: 'A reference to the wrong kind of thing',
    message: ({ name, kind, expected, nearest }) =>
      `${name} is ${kind}, this takes ${expected}${nearest === undefined ? '' : `: did you mean ${nearest}?`}`,
    docs: 'Each field takes references to certain kinds only; the language reference says which.',
  }),
  'reference/unknown-output': entry<{ name: string; output: string; outputs: readonly string[]; nearest?: string }>({
    severity: 'error',
    title: 'An output that does not exist',
    message: ({ name, output, outputs, nearest }) =>
      `${name} has no "${output}": it has ${outputs.join(', ')}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
    docs: 'Inside `${…}` the last word names what is wanted of a thing: `${database.main.url}`, `${bucket.static.host}`.',
  }),
  'reference/syntax': entry<{ found: string }>({
    severity: 'error',
    title: 'An interpolation that cannot be read',
    message: ({ found }) => `"${found}" is no reference: write \${kind.name.output}, or $\${ for a literal \${`,
    docs: '`${database.main.url}` is replaced when a host is configured. A literal `${` is written `$${`.',
  }),
  'reference/unused': entry<{ name: string }>({
    severity: 'warning',
    title: 'Something that nothing uses',
    message: ({ name }) => `nothing uses ${name}: remove it, or refer to it`,
    docs: 'A bucket or an external target that nothing refers to costs money or attention and does nothing.',
  }),
};
