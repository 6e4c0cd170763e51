import { type Diagnostic, type Fix, report } from '@groundplan/diagnostics';
import { type Node, nodeAt, type Scalar, type SyntaxTree } from '@groundplan/syntax';
import { fix, removeEntry, replaceAt } from '../../edits.js';
import type { Check, CheckContext } from '../context.js';
import { type Finding, knownIn, randomUnder, secretByName, withoutOverlap } from './judge.js';
import { mayHoldKnown } from './known-formats.js';
import { judgedByName, placeAt, placeText, type SecretPlace } from './places.js';

/**
 * Any value that looks like a key or a password: by its form anywhere in the file; by the name it stands under, or by its
 * randomness, in env, labels, the files of apps and the settings of a Terraform backend. The message never repeats it.
 */
export const inPlainSight: Check = (context) => {
  // A field that takes the name of a secret has been looked at when it was read.
  const judged = new Set(context.model.references.filter(({ kind }) => kind === undefined).map(({ span }) => span));
  const diagnostics: Diagnostic[] = [];
  for (const { node, step } of scalarsOf(context.tree)) {
    const text = masked(node.source);
    // Almost every value leaves here, so that its path is not even made.
    if (!judgedByName.has(step.section) && !mayHoldKnown(text)) continue;
    if (judged.has(node.span)) continue;
    const found: Found = { node, path: pathTo(step), inFlow: step.inFlow };
    const place = placeAt(found.path);
    for (const finding of findings(node, text, place)) {
      const start = node.span.start + finding.start;
      diagnostics.push(made(context, found, place, { ...finding, start, end: node.span.start + finding.end }));
    }
  }
  return diagnostics;
};

interface Found {
  readonly node: Scalar;
  readonly path: readonly string[];
  /** Inside of `{ }` or `[ ]`, where a plain `${` must be quoted. */
  readonly inFlow: boolean;
}

/** A node on the way to the scalars, with the way back. */
interface Step {
  readonly node: Node;
  readonly key: string;
  readonly from: Step | undefined;
  /** The first key on the way. */
  readonly section: string;
  readonly inFlow: boolean;
}

/** Every scalar of the file once, also where aliases repeat it. */
function scalarsOf({ root }: SyntaxTree): { readonly node: Scalar; readonly step: Step }[] {
  const found: { node: Scalar; step: Step }[] = [];
  const seen = new Set<Node>();
  const open: Step[] = root === undefined ? [] : [{ node: root, key: '', from: undefined, section: '', inFlow: false }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { node } = step;
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'scalar') {
      found.push({ node, step });
      continue;
    }
    const inFlow = step.inFlow || node.flow;
    const { section } = step;
    if (node.kind === 'sequence') {
      for (const [index, item] of node.items.entries()) {
        open.push({ node: item, key: String(index), from: step, section, inFlow });
      }
      continue;
    }
    for (const { key, value } of node.entries) {
      open.push({ node: value, key, from: step, section: step.from === undefined ? key : section, inFlow });
    }
  }
  return found;
}

function pathTo(step: Step): string[] {
  const path: string[] = [];
  for (let at = step; at.from !== undefined; at = at.from) path.push(at.key);
  return path.reverse();
}

/** The secrets in a value, at offsets of its text. */
function findings(node: Scalar, text: string, place: SecretPlace): Finding[] {
  const known = knownIn(text);
  if (place.isFile) return withoutOverlap([...known, ...namedInFile(text)]);
  if (known.length > 0 || place.name === undefined || text.includes('\0')) return known;
  const value = node.value === null ? '' : String(node.value);
  const what = secretByName(place.name, value) ?? (randomUnder(place.name, value) ? 'a random key' : undefined);
  return what === undefined ? [] : [{ start: 0, end: node.span.end - node.span.start, what, secretName: place.name }];
}

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
