import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Yields 32-bit unsigned numbers, the same ones for the same seed (xorshift32, Marsaglia 2003). */
export function* randomNumbers(seed: number): Generator<number, never> {
  let state = seed >>> 0 || 1;
  for (;;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    yield state;
  }
}

/** Pieces of YAML that parsers trip over, each a whole file. */
export const nastyYaml: readonly string[] = [
  '',
  '\n',
  '# only a comment\n',
  'topology',
  '---\n...\n---\n',
  '%YAML 1.2\n---\na: 1\n...\n',
  '%TAG ! tag:example.com,2000:\n---\n!x a: 1\n',
  'a: &a [ *a ]\n',
  'a: &a { b: *a }\nc: *d\n',
  'a: &x [1, 2]\nb: &y [*x, *x, *x]\nc: &z [*y, *y, *y]\nd: [*z, *z, *z]\n',
  'base: &base { a: 1 }\nx: { <<: *base, b: 2 }\ny:\n  <<: [*base, { c: 3 }]\n  a: 4\nz: { <<: text }\n',
  '? complex\n: value\n? [a, b]\n: { c: d }\n? |\n  block\n: - x\n',
  ': empty\n~: null\n1: one\ntrue: yes\n1.0: float\n',
  '__proto__: { a: 1 }\nconstructor: { prototype: 1 }\nhasOwnProperty: x\ntoString: y\n',
  'a: 1e999\nb: -0\nc: 0x1F\nd: 0o17\ne: .inf\nf: -.INF\ng: .nan\nh: 123456789012345678901234567890\ni: 2001-12-14\nj: off\n',
  'a: |\n  literal\n   more\n\n  end\nb: >-\n  folded\n  text\n\n  para\nc: |+\n  keep\n\n\nd: |2\n   two\n',
  "a: 'it''s'\nb: \"tab\\t\\u00e9\\x41\\U0001F600\\\n  joined\"\nc: 'two\n  lines'\nd: plain\n  goes on\n",
  'a: !!binary aGk=\nb: !include x.yaml\nc: !!str 12\n! d: e\n',
  '\ta: 1\nb:\n\tc: 2\n\td: 3\n',
  'a: 1\r\nb:\r\n  - c\r\n  - d\r\n',
  'a: 1\rb: 2\r',
  '\ufeffa: 1\n',
  'a: "unclosed\nb: [1, 2\nc: { d: e\nf: g]\n',
  'a: b: c\nd: - e\nf: @g\nh: `i`\nj: %k\n',
  'a: "x" y\nb: [1] 2\nc: *a b\n',
  '- a\n- - b\n  - c\n-\n  - d\n- e: f\n  g: h\n-   - i\n',
  'a:\n- b\n- c: d\n  e: f\ng:\n  - h\n    i\n',
  'a:\n    b: 1\n  c: 2\n      d: 3\ne:\n f: 1\n',
  '{ a: b, "c": d, e, f: , ? g : h, [i]: j, k: { l: [m, n: o, ] }, }\n',
  '{"json": [1, 2.5, null, true, "x\\ny"], "nested": {"a": {}}, "empty": []}\n',
  'a: "${database.main.url}"\nb: ${secret.X}\nc: $${literal} ${open\nd: >\n  ${a.b.c}\n  ${d\n',
  '# groundplan-ignore-next-line dns/ttl-high, app/x: because\na: 1\n# groundplan-ignore-next-line\n',
  'a: 1\nb: 2\na: 3\n"a": 4\n',
  'env: {\n  A: x\n  B: y,\n  C\n}\n',
  'topology v1\nname = shop\napps\n  web:\n    port:3000\n',
  'x: \u0000\ny: \u001f\u0002\u0018\nz: \ud800\n',
  'a: [&x 1, *x, &y { b: &z }, !t c]\nd: { &k e: &v f, g: *v, *k : h, i: &w, j: &z }\n',
  'a: &a\nb: *a\n&k c: d\ne: &l\n  - f\ng: &m\n  h: i\n',
  'a: # comment\n  # more\n  b # end\nc: [ # in\n  d, # after\n  # before end\n]\n',
];

/** The topologies below a folder of the repository, so that mutations begin from what people write. */
export function topologiesBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && file.name.endsWith('.yaml'))
    .map((file) => join(file.parentPath, file.name))
    .sort()
    .map((path) => readFileSync(path, 'utf8'));
}

/**
 * Endlessly yields broken, odd and sometimes sound variations of the texts of `corpus`; the same ones for the same seed.
 *
 * @param corpus at least one text
 */
export function* mutations(corpus: readonly string[], seed: number): Generator<string, never> {
  const numbers = randomNumbers(seed);
  const below = (limit: number) => (limit <= 0 ? 0 : numbers.next().value % limit);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  for (;;) {
    let text = pick(corpus);
    for (let round = below(4); round >= 0; round--) text = pick(changes)(text, { below, pick, corpus });
    yield text;
  }
}

interface Dice {
  readonly below: (limit: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly corpus: readonly string[];
}

type Change = (text: string, dice: Dice) => string;

const punctuation = [
  ':',
  ': ',
  '-',
  '- ',
  '?',
  '? ',
  ',',
  '{',
  '}',
  '[',
  ']',
  '#',
  ' #',
  '&a ',
  '*a',
  '!t ',
  '|\n',
  '>\n',
  '"',
  "'",
  '\\',
  '%',
  '@',
  '`',
  '---\n',
  '...\n',
  '<<: ',
  '=',
  '\t',
  ' ',
  '  ',
  '\n',
  '\r',
  '\r\n',
  '${',
  '}',
  '$${',
  '\u0000',
  '\ufeff',
  '\u2028',
  '\ud800',
  '~',
  'null',
];

const changes: readonly Change[] = [
  (text, { below, pick }) => insert(text, below(text.length + 1), pick(punctuation)),
  (text, { below, pick }) => insert(text, below(text.length + 1), pick(punctuation)),
  (text, { below }) => remove(text, below(text.length), 1),
  (text, { below }) => remove(text, below(text.length), 1 + below(20)),
  (text, { below }) => {
    const at = below(text.length);
    return insert(remove(text, at, 1), at, String.fromCharCode(text.charCodeAt(at) ^ (1 << below(7))));
  },
  (text, { below }) => text.slice(0, below(text.length + 1)),
  (text, { below }) => text.slice(below(text.length + 1)),
  onLines((lines, { below }) => {
    const [from, to] = [below(lines.length), below(lines.length)];
    const moved = lines[from] ?? '';
    lines[from] = lines[to] ?? '';
    lines[to] = moved;
  }),
  onLines((lines, { below }) => {
    const at = below(lines.length);
    lines.splice(at, 0, lines[at] ?? '');
  }),
  onLines((lines, { below }) => void lines.splice(below(lines.length), 1 + below(3))),
  onLines((lines, { below, pick }) => {
    const at = below(lines.length);
    lines[at] = pick([' ', '  ', '    ', '\t']) + (lines[at] ?? '');
  }),
  onLines((lines, { below }) => {
    const at = below(lines.length);
    lines[at] = (lines[at] ?? '').replace(/^ {1,2}/, '');
  }),
  onLines((lines, { below, pick }) => {
    const at = below(lines.length);
    const tokens = (lines[at] ?? '').split(/(\s+|[:,[\]{}"'])/);
    const token = below(tokens.length);
    tokens.splice(token, 0, pick([tokens[token] ?? '', pick(tokens)]));
    lines[at] = tokens.join('');
  }),
  (text, { below, pick, corpus }) => {
    const other = pick(corpus);
    return text.slice(0, below(text.length + 1)) + other.slice(below(other.length + 1));
  },
  (text, { below, pick, corpus }) => insert(text, text.indexOf('\n', below(text.length)) + 1, pick(corpus)),
];

function onLines(change: (lines: string[], dice: Dice) => void): Change {
  return (text, dice) => {
    const lines = text.split('\n');
    change(lines, dice);
    return lines.join('\n');
  };
}

function insert(text: string, at: number, what: string): string {
  return text.slice(0, at) + what + text.slice(at);
}

function remove(text: string, at: number, length: number): string {
  return text.slice(0, at) + text.slice(at + length);
}
