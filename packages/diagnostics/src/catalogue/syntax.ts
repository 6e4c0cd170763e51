import { entry } from './entry.js';

/** What makes a text no YAML, or YAML that Groundplan does not read. */
export const syntax = {
  'syntax/invalid-yaml': entry<{ reason: string }>({
    severity: 'error',
    title: 'The text is not valid YAML',
    message: ({ reason }) => reason,
    docs: 'The file is read as YAML 1.2. What could be read around the mistake is still checked, so that one slip does not hide the rest.',
    example: {
      language: 'yaml',
      wrong: 'access: { ssh_keys: [keys/a.pub,, keys/b.pub] }',
      right: 'access: { ssh_keys: [keys/a.pub, keys/b.pub] }',
    },
  }),
  'syntax/missing-colon': entry<{ key: string; equals?: true }>({
    severity: 'error',
    title: 'A key without a colon',
    message: ({ key, equals }) =>
      equals ? `YAML has no "=": write "${key}: " and then the value` : `"${key}" has no colon: write "${key}:"`,
    docs: 'Each line of a map is a key, a colon and a value: `port: 3000`. A value that goes on over several lines is indented further than its key.',
    example: {
      language: 'yaml',
      wrong: 'apps\n  web: { port: 3000 }',
      right: 'apps:\n  web: { port: 3000 }',
    },
  }),
  'syntax/missing-space': entry<{ key: string }>({
    severity: 'error',
    title: 'No space after a colon',
    message: ({ key }) => `a space is missing after the colon: write "${key}: "`,
    docs: 'Only a colon with a space after it divides a key from its value, so that `ghcr.io/acme/shop:1.4.2` is one value.',
    example: {
      language: 'yaml',
      wrong: 'name:shop',
      right: 'name: shop',
    },
  }),
  'syntax/missing-comma': entry({
    severity: 'error',
    title: 'A comma is missing',
    message: () => 'a comma is missing before this',
    docs: 'Within `{ }` and `[ ]` a comma divides one thing from the next, also across lines: `{ size: 100GB, filesystem: ext4 }`.',
    example: {
      language: 'yaml',
      wrong: 'web: { port: 3000 count: 2 }',
      right: 'web: { port: 3000, count: 2 }',
    },
  }),
  'syntax/unclosed-quote': entry<{ quote: string }>({
    severity: 'error',
    title: 'A quote is never closed',
    message: ({ quote }) => `this text has no closing ${quote}: add it`,
    docs: 'Text in quotes ends with the quote that it began with. Within single quotes a quote is written twice, within double quotes as `\\"`.',
    example: {
      language: 'yaml',
      wrong: 'name: "shop\nregion: fsn1',
      right: 'name: "shop"\nregion: fsn1',
    },
  }),
  'syntax/unclosed-bracket': entry<{ open: string; close: string }>({
    severity: 'error',
    title: 'A bracket is never closed',
    message: ({ open, close }) => `this "${open}" is never closed: add "${close}"`,
    docs: 'Each `{` ends with a `}`, each `[` with a `]`. Lines inside brackets are indented further than the key before them.',
    example: {
      language: 'yaml',
      wrong: 'ssh_keys: [keys/ops.pub',
      right: 'ssh_keys: [keys/ops.pub]',
    },
  }),
  'syntax/unexpected-text': entry<{ found: string; after: string }>({
    severity: 'error',
    title: 'Text where none can stand',
    message: ({ found, after }) => `"${found}" cannot stand here, after ${after}: remove it, or quote the whole value`,
    docs: 'A value ends with its closing quote or bracket; only a comment can follow on its line.',
    example: {
      language: 'yaml',
      wrong: 'name: "shop" two',
      right: 'name: "shop two"',
    },
  }),
  'syntax/quote-value': entry<{ because: string }>({
    severity: 'error',
    title: 'A value that needs quotes',
    message: ({ because }) => `${because}: put the value in quotes`,
    docs: 'A plain value may not begin with `@`, `` ` ``, `%`, `|`, `>` or a comma, nor hold a colon followed by a space. Quotes make text of anything.',
    example: {
      language: 'yaml',
      wrong: 'script: @daily',
      right: 'script: "@daily"',
    },
  }),
  'syntax/escape': entry<{ found: string }>({
    severity: 'error',
    title: 'An escape that YAML does not know',
    message: ({ found }) => `${found} is no character: write \\\\ for a backslash, or use single quotes`,
    docs: 'Within double quotes a backslash begins an escape such as `\\n`, `\\t` or `\\u00e9`. Single quotes take a backslash as it is.',
    example: {
      language: 'yaml',
      wrong: 'path: "C:\\data"',
      right: 'path: "C:\\\\data"',
    },
  }),
  'syntax/indentation': entry<{ found: number; expected: number }>({
    severity: 'error',
    title: 'Lines of one map or list that do not line up',
    message: ({ found, expected }) =>
      `indented by ${found} where its neighbours are indented by ${expected}: line them up`,
    docs: 'The keys of one map begin in the same column, and so do the items of one list. What belongs to a key is indented further than it.',
    example: {
      language: 'yaml',
      wrong: 'apps:\n  web:\n    port: 3000\n   count: 2',
      right: 'apps:\n  web:\n    port: 3000\n    count: 2',
    },
  }),
  'syntax/list-item': entry<{ reason: string }>({
    severity: 'error',
    title: 'A list item in the wrong place',
    message: ({ reason }) => reason,
    docs: 'The items of a list stand on lines of their own, each after `- `, under the key that the list belongs to; or in one line in brackets: `[a, b]`.',
    example: {
      language: 'yaml',
      wrong: 'ssh_keys: - keys/ops.pub',
      right: 'ssh_keys:\n  - keys/ops.pub',
    },
  }),
  'syntax/empty': entry({
    severity: 'error',
    title: 'The file holds no topology',
    message: () => 'the file holds no topology: start it with "topology: v1", or make one with "groundplan init"',
    docs: 'A topology is one YAML map. An empty file, or one of comments only, describes nothing that could be built.',
    example: {
      language: 'yaml',
      wrong: '# nothing but a comment',
      right: 'topology: v1\nname: shop\nregion: fsn1',
    },
  }),
  'syntax/several-documents': entry({
    severity: 'error',
    title: 'More than one document in a file',
    message: () => 'a second document starts here: a topology is one document, put the other into a file of its own',
    docs: 'YAML allows several documents in one file, divided by `---`. Groundplan reads one topology from one file, so that a line always belongs to one thing.',
    example: {
      language: 'yaml',
      wrong: 'topology: v1\nname: shop\n---\ntopology: v1\nname: desk',
      right: 'topology: v1\nname: shop',
    },
  }),
  'syntax/directive': entry<{ directive: string }>({
    severity: 'error',
    title: 'A directive',
    message: ({ directive }) => `${directive} is not used in a topology: remove the line`,
    docs: 'Lines that begin with `%` set the version of YAML or shorten tags. A topology is always YAML 1.2, so only `%YAML 1.2` is accepted, followed by `---`.',
    example: {
      language: 'yaml',
      wrong: '%TAG ! tag:example.com,2026:\n---\nname: shop',
      right: 'name: shop',
    },
  }),
  'syntax/not-a-map': entry<{ found: string }>({
    severity: 'error',
    title: 'The file is not a map of keys',
    message: ({ found }) => `a topology is a map of keys such as "name:" and "apps:", this is ${found}`,
    docs: 'The whole file is one YAML map, with the key `topology: v1` in it.',
    example: {
      language: 'yaml',
      wrong: '- topology: v1\n- name: shop',
      right: 'topology: v1\nname: shop',
    },
  }),
  'syntax/duplicate-key': entry<{ key: string }>({
    severity: 'error',
    title: 'A key is written twice',
    message: ({ key }) => `"${key}" is already in this map: join the two, or give one another name`,
    docs: 'A map holds a key once. Other readers of YAML silently take the last one, which has taken down more than one system.',
    example: {
      language: 'yaml',
      wrong: 'apps:\n  web: { port: 3000 }\n  web: { port: 8000 }',
      right: 'apps:\n  web: { port: 3000 }\n  api: { port: 8000 }',
    },
  }),
  'syntax/key-not-text': entry({
    severity: 'error',
    title: 'A key is not a plain word',
    message: () => 'a key must be text: a map, a list or nothing cannot be one',
    docs: 'YAML allows any value as a key, even a map. Every key of a topology is a name.',
    example: {
      language: 'yaml',
      wrong: '? [a, b]\n: 1',
      right: 'ab: 1',
    },
  }),
  'syntax/unknown-alias': entry<{ name: string }>({
    severity: 'error',
    title: 'An alias without an anchor',
    message: ({ name }) => `no anchor &${name} stands before this alias`,
    docs: '`*name` repeats the value that `&name` marks further up.',
    example: {
      language: 'yaml',
      wrong: 'env: *shared',
      right: 'env: &shared { LOG: info }',
    },
  }),
  'syntax/cyclic-alias': entry<{ name: string }>({
    severity: 'error',
    title: 'An alias inside its own anchor',
    message: ({ name }) => `*${name} stands inside &${name}: it would hold itself without end`,
    docs: 'An alias may not stand inside the value that it repeats.',
    example: {
      language: 'yaml',
      wrong: 'apps: &all { web: *all }',
      right: 'apps: { web: { port: 3000 } }',
    },
  }),
  'syntax/alias-expansion': entry<{ limit: number }>({
    severity: 'error',
    title: 'Aliases make the file too large',
    message: ({ limit }) =>
      `written out, the aliases up to here stand for more than ${limit} values: use fewer of them`,
    docs: 'A few lines of nested aliases can stand for millions of values. No topology needs that.',
    example: {
      language: 'yaml',
      wrong:
        'a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b] # … and so on',
      right: 'a: [x]',
    },
  }),
  'syntax/merge-not-a-map': entry({
    severity: 'error',
    title: 'A merge of something that is no map',
    message: () => 'the merge key "<<" takes a map, or a list of maps, usually by an alias such as *defaults',
    docs: '`<<: *defaults` adds the keys of another map that are not written here.',
    example: {
      language: 'yaml',
      wrong: 'x: &shared { A: 1 }\nenv: { <<: shared }',
      right: 'x: &shared { A: 1 }\nenv: { <<: *shared }',
    },
  }),
  'syntax/tag': entry<{ tag: string }>({
    severity: 'error',
    title: 'A YAML tag',
    message: ({ tag }) => `the tag ${tag} is not used in a topology: remove it`,
    docs: 'Tags such as `!!binary` or `!include` change how a value is read. A topology has only text, numbers, true and false, lists and maps.',
    example: {
      language: 'yaml',
      wrong: 'count: !!int "3"',
      right: 'count: 3',
    },
  }),
  'syntax/tab': entry<{ lines: number }>({
    severity: 'error',
    title: 'A tab in the indentation',
    message: ({ lines }) =>
      `a tab cannot indent YAML: use spaces${lines > 1 ? ` (here and on ${lines - 1} more ${lines > 2 ? 'lines' : 'line'})` : ''}`,
    docs: 'YAML allows only spaces in front of a line, since a tab has no width of its own.',
    example: {
      language: 'yaml',
      wrong: 'apps:\n\tweb: { port: 3000 }',
      right: 'apps:\n  web: { port: 3000 }',
    },
  }),
  'syntax/too-deep': entry<{ limit: number }>({
    severity: 'error',
    title: 'Nested too deeply',
    message: ({ limit }) => `nested more than ${limit} deep: no topology needs that`,
    docs: 'The language is at most seven levels deep. Far deeper nesting is a slip or an attack.',
    example: {
      language: 'yaml',
      wrong: 'a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ # … and so on',
      right: 'a: []',
    },
  }),
  'syntax/too-large': entry<{ limit: string }>({
    severity: 'error',
    title: 'The file is too large',
    message: ({ limit }) => `the file is larger than ${limit}: this is no topology`,
    docs: 'The largest topologies that Groundplan is tested with have some ten thousand lines.',
    example: {
      language: 'yaml',
      wrong: '# a file of many megabytes',
      right: 'topology: v1',
    },
  }),
  'syntax/encoding': entry<{ found: string }>({
    severity: 'error',
    title: 'The file is not UTF-8 text',
    message: ({ found }) => `${found}: save the file as UTF-8 text`,
    docs: 'A topology is UTF-8 text. A byte order mark is skipped; UTF-16, NUL bytes and other binary content are refused.',
    example: {
      language: 'yaml',
      wrong: '# a file saved as UTF-16',
      right: '# the same file saved as UTF-8',
    },
  }),
};
