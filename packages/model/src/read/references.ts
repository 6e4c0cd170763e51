import { report, type Span } from '@groundplan/diagnostics';
import { entryOf, isUnclosed, type Node, type Scalar, scanInterpolations } from '@groundplan/syntax';
import type { DeclarationKind, Reference } from '../names.js';
import { nearest } from '../nearest.js';
import { outputsOf } from '../outputs.js';
import type { Template, TemplatePart } from '../template.js';
import type { Reading } from './reading.js';
import { fieldOf, type Scope, text } from './scope.js';

/** The first word of a dotted reference, by kind. */
export const referenceWords: Readonly<Record<DeclarationKind, string>> = {
  region: 'region',
  load_balancer: 'load_balancer',
  app: 'app',
  database: 'database',
  storage: 'storage',
  bucket: 'bucket',
  external: 'external',
  secret: 'secret',
};

const kindNames: Readonly<Record<DeclarationKind, string>> = {
  region: 'a region',
  load_balancer: 'a load balancer',
  app: 'an app',
  database: 'a database',
  storage: 'a shared storage',
  bucket: 'a bucket',
  external: 'an external target',
  secret: 'a secret',
};

const secretName = /^[A-Z][A-Z0-9_]*$/;

/** Who refers, and from which field. */
type Place = Pick<Scope, 'reading' | 'owner'> & { readonly field: string };

/** The dotted reference under `key` (`backup: bucket.dumps`), which may name one of `kinds`. */
export function dottedReference(scope: Scope, key: string, kinds: readonly DeclarationKind[]): Reference | undefined {
  const node = entryOf(scope.node, key)?.value;
  return node && dottedReferenceAt({ ...scope, field: fieldOf(scope, key) }, node, kinds);
}

/** The dotted reference that `node` holds; undefined when it holds no text. */
export function dottedReferenceAt(place: Place, node: Node, kinds: readonly DeclarationKind[]): Reference | undefined {
  const written = text(node);
  if (node.kind !== 'scalar' || written === undefined) return undefined;
  const inner = innerSpan(node);
  const dot = written.indexOf('.');
  const kind = kindOfWord(dot < 0 ? '' : written.slice(0, dot));
  const name = written.slice(dot + 1);
  // Where offsets in the value are not those in the file (block scalars, escapes) the whole of it stands for its name.
  const nameSpan = isVerbatim(node, written) ? { start: inner.start + dot + 1, end: inner.end } : node.span;
  const alone = dot < 0 ? kindOfWord(written) : undefined;
  if (alone !== undefined && kinds.includes(alone)) {
    place.reading.diagnostics.push(lacksName(place.reading, node.span, written, alone, kinds));
    return add(place, { span: node.span, nameSpan, kind, name, output: undefined, target: undefined });
  }
  if (kind === undefined) {
    const secretOnly = kinds.every((each) => each === 'secret');
    const close = !secretOnly
      ? meant(place.reading, kinds, written)
      : secretName.test(written)
        ? `secret.${written}`
        : undefined;
    // The first letters of a reference are no secret.
    const isPlain = secretOnly && close === undefined && !'secret.'.startsWith(written);
    place.reading.diagnostics.push(
      isPlain
        ? plainSecret(place, node.span)
        : unknownName(node.span, isVerbatim(node, written) ? inner : node.span, written, close),
    );
    return add(place, { span: node.span, nameSpan, kind, name, output: undefined, target: undefined });
  }
  const found = { span: node.span, nameSpan, kind, name };
  return add(place, { ...found, output: undefined, target: targetOf(place, found, kinds) });
}

/** The plain name under `key` (`bastion: edge`), of the one kind that its field takes. */
export function plainReference(scope: Scope, key: string, kind: DeclarationKind): Reference | undefined {
  const node = entryOf(scope.node, key)?.value;
  return node && plainReferenceAt({ ...scope, field: fieldOf(scope, key) }, node, kind);
}

export function plainReferenceAt(place: Place, node: Node, kind: DeclarationKind): Reference | undefined {
  const name = text(node);
  if (node.kind !== 'scalar' || name === undefined) return undefined;
  return plainName(place, name, node.span, innerSpan(node), kind);
}

/** A name that stands as the key of a map, as under `regions.<region>.apps`. */
export function plainName(place: Place, name: string, span: Span, nameSpan: Span, kind: DeclarationKind): Reference {
  const { reading } = place;
  const target = reading.declarations.find(kind, name);
  if (target === undefined && !isReportedElsewhere(reading, kind, name)) {
    const close = nearest(name, proposable(reading, kind));
    reading.diagnostics.push(unknownName(span, nameSpan, `${referenceWords[kind]}.${name}`, close));
  }
  return add(place, { span, nameSpan, kind, name, output: undefined, target });
}

/** The text under `key` with its `${…}`; undefined when it is not written. */
export function template(scope: Scope, key: string): Template | undefined {
  const node = entryOf(scope.node, key)?.value;
  return node && templateAt({ ...scope, field: fieldOf(scope, key) }, node);
}

/** The same, where a whole value may also be a secret (`webhook: secret.ALERT_HOOK`). */
export function templateOrSecret(scope: Scope, key: string): Template | undefined {
  const node = entryOf(scope.node, key)?.value;
  if (node === undefined || !/^secret\.[^\s/]*$/.test(text(node) ?? '')) return template(scope, key);
  const reference = dottedReference(scope, key, ['secret']);
  return reference && { span: node.span, parts: [{ kind: 'reference', reference }] };
}

export function templateAt(place: Place, node: Node): Template | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  if (typeof node.value !== 'string') return { span: node.span, parts: [{ kind: 'text', text: node.source }] };
  const parts: TemplatePart[] = [];
  for (const part of scanInterpolations(node)) {
    if (part.kind === 'text') parts.push({ kind: 'text', text: part.text });
    else if (part.kind === 'problem') {
      if (isUnclosed(node)) continue;
      place.reading.diagnostics.push(report('reference/syntax', part.span, { found: part.text }, literally(part.span)));
    } else {
      const made = interpolation(place, part.expression, part.expressionSpan, part.span);
      if (made !== undefined) parts.push(made);
    }
  }
  return { span: node.span, parts };
}

/** What stands between `${` and `}`: `database.main.url`, `secret.NAME`, `region.name`. */
function interpolation(place: Place, expression: string, span: Span, whole: Span): TemplatePart | undefined {
  const { reading } = place;
  const words = expression.split('.');
  const kind = kindOfWord(words[0] ?? '');
  const nameStart = span.start + (words[0] ?? '').length + 1;
  if (kind === 'region' && words.length === 2) {
    const output = words[1] ?? '';
    if (output === 'name' || output === 'location') return { kind: 'here', output, span };
    const close = nearest(output, ['name', 'location']);
    reading.diagnostics.push(
      report(
        'reference/unknown-output',
        { start: nameStart, end: span.end },
        { name: 'region', output, outputs: ['name', 'location'], ...(close ? { nearest: close } : {}) },
        replacement({ start: nameStart, end: span.end }, close),
      ),
    );
    return undefined;
  }
  const wanted = kind === 'secret' ? 2 : 3;
  if (kind === undefined || kind === 'region' || outputsOf(kind).length === 0 || words.length !== wanted) {
    reportUnreadable(place, expression, span, kind, whole);
    return undefined;
  }
  const name = words[1] ?? '';
  const nameSpan = { start: nameStart, end: nameStart + name.length };
  const output = words[2];
  const target = targetOf(place, { span, nameSpan, kind, name }, interpolated);
  const reference = add(place, { span, nameSpan, kind, name, output, target });
  if (output !== undefined && !outputsOf(kind).includes(output) && reference.target !== undefined) {
    const outputSpan = { start: nameSpan.end + 1, end: span.end };
    const close = nearest(output, outputsOf(kind));
    reading.diagnostics.push(
      report(
        'reference/unknown-output',
        outputSpan,
        { name: `${kind}.${name}`, output, outputs: outputsOf(kind), ...(close ? { nearest: close } : {}) },
        replacement(outputSpan, close),
      ),
    );
  }
  return { kind: 'reference', reference };
}

const interpolated: readonly DeclarationKind[] = ['app', 'database', 'storage', 'bucket', 'secret'];

function reportUnreadable(
  place: Place,
  expression: string,
  span: Span,
  kind: DeclarationKind | undefined,
  whole: Span,
): void {
  const words = expression.split('.');
  const declared = kind && place.reading.declarations.find(kind, words[1] ?? '');
  if (kind !== undefined && declared !== undefined) {
    // It says what is used, though not what of it: for a rename, and so that nothing calls it unused.
    const nameStart = span.start + (words[0] ?? '').length + 1;
    const nameSpan = { start: nameStart, end: nameStart + declared.name.length };
    add(place, { span, nameSpan, kind, name: declared.name, output: undefined, target: declared });
  }
  const known = interpolated.flatMap((each) =>
    each === 'secret' ? [] : proposable(place.reading, each).map((name) => `${each}.${name}`),
  );
  const head = words.slice(0, 2).join('.');
  const close = kind === undefined ? nearest(head, known) : undefined;
  if (close !== undefined) {
    const headSpan = { start: span.start, end: span.start + head.length };
    add(place, { span: headSpan, nameSpan: headSpan, kind, name: head, output: undefined, target: undefined });
    place.reading.diagnostics.push(unknownName(headSpan, headSpan, head, close));
  } else {
    const details = kind === undefined ? literally(whole) : {};
    place.reading.diagnostics.push(report('reference/syntax', span, { found: expression }, details));
  }
}

/** `$${` for a `${` that was meant for the program itself. */
function literally({ start }: Span) {
  return { fixes: [{ title: 'Write a literal ${', edits: [{ span: { start, end: start }, newText: '$' }] }] };
}

type Found = Pick<Reference, 'span' | 'nameSpan' | 'name'> & { readonly kind: DeclarationKind };

/** Finds what a reference means, and says what is wrong with it. */
function targetOf(place: Place, found: Found, kinds: readonly DeclarationKind[]): Reference['target'] {
  const { reading } = place;
  const { kind, name } = found;
  const target = kind === 'secret' ? useSecret(reading, name, found.nameSpan) : reading.declarations.find(kind, name);
  if (!kinds.includes(kind)) reportWrongKind(place, found, kinds);
  else if (target === undefined && !isReportedElsewhere(reading, kind, name)) reportUnknown(place, found, kinds);
  return target;
}

function reportWrongKind({ reading }: Place, found: Found, kinds: readonly DeclarationKind[]): void {
  const { kind, name } = found;
  const full = `${referenceWords[kind]}.${name}`;
  const expected = kinds.map((each) => kindNames[each]).join(' or ');
  const close = kinds.find((each) => reading.declarations.find(each, name));
  const near = close === undefined ? undefined : `${referenceWords[close]}.${name}`;
  const span = dottedSpan(found);
  const facts = { name: full, kind: kindNames[kind], expected, ...(near ? { nearest: near } : {}) };
  reading.diagnostics.push(report('reference/wrong-kind', span, facts, replacement(span, near)));
}

function reportUnknown({ reading }: Place, found: Found, kinds: readonly DeclarationKind[]): void {
  const { kind, name } = found;
  const span = dottedSpan(found);
  if (name === '') {
    reading.diagnostics.push(lacksName(reading, span, `${referenceWords[kind]}.`, kind, kinds));
    return;
  }
  const close =
    kind === 'secret'
      ? undefined
      : (nearestOf(reading, kind, name) ??
        kinds
          .filter((each) => reading.declarations.find(each, name))
          .map((each) => `${referenceWords[each]}.${name}`)[0]);
  reading.diagnostics.push(unknownName(span, span, `${referenceWords[kind]}.${name}`, close));
}

/** The kind and the name of a reference, without what it may ask for of it. */
function dottedSpan({ span, nameSpan, kind }: Found): Span {
  const isWhole = nameSpan.start === span.start;
  return isWhole ? span : { start: nameSpan.start - referenceWords[kind].length - 1, end: nameSpan.end };
}

/** Whether what a reference names is missing for a mistake where it is declared, which has a diagnostic there. */
function isReportedElsewhere({ declarations }: Reading, kind: DeclarationKind, name: string): boolean {
  return declarations.isUnreadable(kind) || declarations.isMisnamed(kind, name);
}

/** A secret is named, not declared: its first use stands for the declaration. */
function useSecret(reading: Reading, name: string, span: Span): Reference['target'] {
  if (!secretName.test(name)) return undefined;
  const first = reading.secrets.get(name) ?? span;
  reading.secrets.set(name, first);
  return { kind: 'secret', name, span: first };
}

/** Where only the name of a secret may stand, anything else may be the secret itself, which no message repeats. */
function plainSecret({ owner, field }: Place, span: Span) {
  return report('secret/in-plain-sight', span, {
    where: `${field.split('.').at(-1)} of ${owner}`,
    what: 'a password or key',
    instead: 'write secret.NAME and keep it in the file of the secrets',
  });
}

function unknownName(span: Span, replaced: Span, name: string, close: string | undefined) {
  const plain = close !== undefined && !close.includes('.') && name.includes('.');
  return report(
    'reference/unknown',
    span,
    { name, ...(close === undefined ? {} : { nearest: close }) },
    close === undefined
      ? {}
      : { ...replacement(replaced, close), label: `did you mean ${plain ? `"${close}"` : close}?` },
  );
}

/** As many as one reads at a glance. */
const mostNames = 3;

/** A reference that stops behind its kind, with what it could be: something of that kind, else of another that fits. */
function lacksName(
  reading: Reading,
  span: Span,
  written: string,
  kind: DeclarationKind,
  kinds: readonly DeclarationKind[],
) {
  const own = dottedNames(reading, [kind]);
  const names =
    kind === 'secret' ? ['secret.NAME'] : (own.length > 0 ? own : dottedNames(reading, kinds)).slice(0, mostNames);
  const fixes =
    kind === 'secret' ? [] : names.map((name) => ({ title: `Change to ${name}`, edits: [{ span, newText: name }] }));
  return report('reference/unknown', span, { name: written, names }, { fixes });
}

function replacement(span: Span, text: string | undefined) {
  return text === undefined ? {} : { fixes: [{ title: `Change to ${text}`, edits: [{ span, newText: text }] }] };
}

function add(place: Place, reference: Omit<Reference, 'from' | 'field'>): Reference {
  const { span, nameSpan, kind, name, output, target } = reference;
  const complete = { span, nameSpan, kind, name, output, target, from: place.owner, field: place.field };
  place.reading.references.push(complete);
  return complete;
}

const kindsByWord: ReadonlyMap<string, DeclarationKind> = new Map(
  (Object.keys(referenceWords) as DeclarationKind[]).map((kind) => [referenceWords[kind], kind]),
);

function kindOfWord(word: string): DeclarationKind | undefined {
  return kindsByWord.get(word);
}

/** What was meant by a text that begins with no kind: something of that name, or of nearly that reference. */
function meant(reading: Reading, kinds: readonly DeclarationKind[], written: string): string | undefined {
  const named = kinds.find((kind) => reading.declarations.find(kind, written) !== undefined);
  return named === undefined ? nearest(written, dottedNames(reading, kinds)) : `${referenceWords[named]}.${written}`;
}

/** The name of a kind that is nearest to another, as a reference. The kind is right, so that only the letters of the name count. */
function nearestOf(reading: Reading, kind: DeclarationKind, name: string): string | undefined {
  const close = nearest(name, proposable(reading, kind));
  return close === undefined ? undefined : `${referenceWords[kind]}.${close}`;
}

function dottedNames(reading: Reading, kinds: readonly DeclarationKind[]): string[] {
  return kinds.flatMap((kind) => proposable(reading, kind).map((name) => `${referenceWords[kind]}.${name}`));
}

/** The names of a kind that a message may propose: those of the right form, since another one has to change anyway. */
function proposable(reading: Reading, kind: DeclarationKind): string[] {
  return reading.declarations.namesOf(kind).filter((name) => /^[a-z][a-z0-9-]*$/.test(name));
}

/** A scalar's span without its quotes. */
function innerSpan(node: Scalar): Span {
  const quoted = node.style === 'single' || node.style === 'double';
  return quoted ? { start: node.span.start + 1, end: node.span.end - 1 } : node.span;
}

/** Whether a scalar's value stands in the file letter by letter. */
function isVerbatim(node: Scalar, value: string): boolean {
  const { start, end } = innerSpan(node);
  return node.source.slice(start - node.span.start, end - node.span.start) === value;
}
