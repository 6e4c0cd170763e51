import { type Diagnostic, type Fix, report } from '@groundplan/diagnostics';
import { type Mapping, type Node, nodeAt, type Scalar, type Sequence, type SyntaxTree } from '@groundplan/syntax';
import { fix, removeEntry, replaceAt } from '../../edits.js';
import type { Check, CheckContext } from '../context.js';
import { type Finding, knownIn, randomUnder, secretByName, withoutOverlap } from './judge.js';
import { mayHoldKnown } from './known-formats.js';
import { judgedOfApps, judgedSections, placeAt, placeText, type SecretPlace } from './places.js';

/**
 * Any value that looks like a key or a password: by its form anywhere in the file; by the name it stands under, or by its
 * randomness, in env, labels, the files of apps and the settings of a Terraform backend. The message never repeats it.
 */
export const inPlainSight: Check = (context) => {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<Node>();
  eachScalar(context.tree, (node, key, from) => {
    // Almost every value leaves here, so that its path is not even made.
    if (!from.isJudged && !mayHoldKnown(node.source)) return;
    const path = pathTo(from);
    path.push(key);
    const place = placeAt(path);
    const all = findings(node, place);
    // An alias repeats a value, which is wrong once.
    if (all.length === 0 || seen.has(node) || isReference(context, node)) return;
    seen.add(node);
    const found: Found = { node, path, inFlow: from.inFlow };
    for (const finding of all) {
      const start = node.span.start + finding.start;
      diagnostics.push(made(context, found, place, { ...finding, start, end: node.span.start + finding.end }));
    }
  });
  return diagnostics;
};

/** A field that takes the name of a secret has been looked at when it was read. */
function isReference({ model }: CheckContext, { span }: Scalar): boolean {
  return model.references.some((reference) => reference.kind === undefined && reference.span === span);
}

interface Found {
  readonly node: Scalar;
  readonly path: readonly string[];
  /** Inside of `{ }` or `[ ]`, where a plain `${` must be quoted. */
  readonly inFlow: boolean;
}

/** A map or list on the way to the scalars, with the way back. */
interface Step {
  readonly node: Mapping | Sequence;
  readonly key: string;
  readonly from: Step | undefined;
  readonly inFlow: boolean;
  /** Whether names say something of what stands in it. */
  readonly isJudged: boolean;
}

/** Calls `visit` for every scalar, with its key and what it stands in; what aliases repeat is met again. */
function eachScalar({ root }: SyntaxTree, visit: (node: Scalar, key: string, from: Step) => void): void {
  const open: Step[] =
    root === undefined ? [] : [{ node: root, key: '', from: undefined, inFlow: false, isJudged: false }];
  const seen = new Set<Node>();
  const meet = (node: Node, key: string, from: Step) => {
    if (node.kind === 'scalar') visit(node, key, from);
    else
      open.push({
        node,
        key,
        from,
        inFlow: from.inFlow || node.flow,
        isJudged: from.isJudged || isJudgedPlace(key, from),
      });
  };
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { node } = step;
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'sequence') for (const [index, item] of node.items.entries()) meet(item, String(index), step);
    else for (const { key, value } of node.entries) meet(value, key, step);
  }
}

/** Of what stands under `key`: `labels`, `terraform`, and `env` and `files` of an app. */
function isJudgedPlace(key: string, from: Step): boolean {
  if (from.from === undefined) return judgedSections.has(key);
  const section = from.from;
  return (
    section.key === 'apps' && section.from !== undefined && section.from.from === undefined && judgedOfApps.has(key)
  );
}

function pathTo(step: Step): string[] {
  const path: string[] = [];
  for (let at = step; at.from !== undefined; at = at.from) path.push(at.key);
  return path.reverse();
}

/** The secrets in a value, at offsets of its text. */
function findings(node: Scalar, place: SecretPlace): Finding[] {
  const known = mayHoldKnown(node.source) ? knownIn(masked(node.source)) : [];
  if (place.isFile) return withoutOverlap([...known, ...namedInFile(masked(node.source))]);
  if (known.length > 0 || place.name === undefined || referenceStart.test(node.source)) return known;
  const value = node.value === null ? '' : String(node.value);
  const what = secretByName(place.name, value) ?? (randomUnder(place.name, value) ? 'a random key' : undefined);
  return what === undefined ? [] : [{ start: 0, end: node.span.end - node.span.start, what, secretName: place.name }];
}

/** A `${` that is not the end of a literal `$${`. */
const referenceStart = /(?<!\$)\$\{/;

/** The text with each `${…}` blanked out, so that offsets stay and no pattern runs into one. */
function masked(source: string): string {
  if (!source.includes('${')) return source;
  return source.replaceAll('$${', '   ').replace(/\$\{[^}\n]*\}?/g, (match) => '\0'.repeat(match.length));
}

/** `name = value` and `name: value` at the beginning of a line of a file. */
const setting =
  /^[ \t]*(?:export[ \t]+)?["']?(?<name>[A-Za-z][\w.-]*)["']?[ \t]*[:=][ \t]*["']?(?<value>[^"'\s#;,]+)/dgm;

function namedInFile(text: string): Finding[] {
  return [...text.matchAll(setting)].flatMap((match) => {
    const { name = '', value = '' } = match.groups ?? {};
    const [start, end] = match.indices?.groups?.['value'] ?? [0, 0];
    const what = secretByName(name, value);
    return what === undefined ? [] : [{ start, end, what, secretName: name }];
  });
}

function made(context: CheckContext, found: Found, place: SecretPlace, finding: Finding): Diagnostic {
  const where = placeText(found.path);
  const { what } = finding;
  const span = { start: finding.start, end: finding.end };
  const name = nameFor(found, place, finding);
  switch (place.instead) {
    case 'interpolation':
      return report(
        'secret/in-plain-sight',
        span,
        { where, what, instead: `write \${secret.${name}} and keep it in the file of the secrets` },
        { fixes: naming(found, finding, name) },
      );
    case 'environment':
      return report(
        'secret/in-plain-sight',
        span,
        { where, what, instead: 'remove it, Terraform takes the credentials of a backend from the environment' },
        { fixes: removing(context, found) },
      );
    case 'nothing':
      return report('secret/in-plain-sight', span, {
        where,
        what,
        instead: 'remove it, this is for everybody to read',
      });
  }
}

/** Of a whole value the name it has; of a part of DATABASE_URL, DATABASE_PASSWORD. */
function nameFor({ node, path }: Found, { name, isFile }: SecretPlace, finding: Finding): string {
  const isWhole = finding.end - finding.start >= node.source.replace(/^["']|["']$/g, '').length;
  const stem = name?.replace(/_?(URL|URI|DSN)$/i, '');
  const file = path[3]?.split('/').at(-1) ?? '';
  if (isFile && finding.what === 'a private key') return screaming(file);
  // A single word such as "password" says too little: the file's name goes before it.
  if (isFile && !/[^A-Za-z0-9]/.test(finding.secretName)) {
    return screaming(`${file.replace(/\..*$/, '')}_${finding.secretName}`);
  }
  if (name === undefined || isFile) return screaming(finding.secretName);
  return screaming(isWhole ? name : `${stem}_${finding.secretName}`);
}

function screaming(text: string): string {
  const word = text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[^A-Z]+|_+$/g, '');
  return word === '' ? 'SECRET' : word;
}

/** The secret's name in place of the secret. A key of many lines is replaced only if the value is nothing else. */
function naming({ node, inFlow }: Found, finding: Finding, name: string): Fix[] {
  const title = `Replace by \${secret.${name}}`;
  const reference = `\${secret.${name}}`;
  if (finding.what === 'a private key') {
    const whole = /^\s*-----BEGIN [^\n]*-----[\s\S]*-----END [^\n]*-----\s*$/.test(String(node.value));
    return whole ? fix(title, replaceAt(node.span, quoted(reference, inFlow))) : [];
  }
  if (node.style === 'plain') {
    if (/[\r\n]/.test(node.source)) return [];
    const { start } = node.span;
    const text = node.source.slice(0, finding.start - start) + reference + node.source.slice(finding.end - start);
    return fix(title, replaceAt(node.span, quoted(text, inFlow)));
  }
  const isWhole = finding.start === node.span.start && finding.end === node.span.end;
  return fix(
    title,
    replaceAt({ start: finding.start, end: finding.end }, isWhole ? quoted(reference, inFlow) : reference),
  );
}

function quoted(text: string, inFlow: boolean): string {
  return inFlow ? JSON.stringify(text) : text;
}

/** Removes the setting; the last one of its map stays, since a backend without settings is another one. */
function removing({ tree }: CheckContext, { path }: Found): Fix[] {
  const parent = nodeAt(tree.root, path.slice(0, -1));
  return parent?.kind === 'mapping' && parent.entries.length > 1 ? fix('Remove it', removeEntry(tree, path)) : [];
}
