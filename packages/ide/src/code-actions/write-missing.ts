import { compareSpans, type Diagnostic, type Edit, type Span } from '@groundplan/diagnostics';
import { addFirst, setValue } from '@groundplan/model';
import { fieldSchema } from '@groundplan/model/language';
import { type Mapping, toData } from '@groundplan/syntax';
import { bodyFor, finishedBodyFor } from '../completion/bodies.js';
import { type Body, text, type Writing, writeFlow, writeScalar } from '../completion/body.js';
import type { Context } from '../completion/context.js';
import { choosableKeys, type Data, missingKeys } from '../completion/schema.js';
import { listed } from '../facts/words.js';
import type { CodeAction } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { indentOf, lineStartAt } from '../tree/indentation.js';
import { ownEntries, ownValue } from '../tree/own.js';
import { lineBreakOf } from './edits.js';
import { diagnosticsAt } from './quick-fixes.js';

/**
 * Writes what a diagnostic says is missing, as completion would begin it. The values are a start that a person looks at, so that they
 * are nothing that fixing all may write.
 */
export function writeMissing(snapshot: Snapshot, span: Span): readonly CodeAction[] {
  return diagnosticsAt(snapshot, span).flatMap((diagnostic) => makerOf(diagnostic)?.(snapshot, diagnostic) ?? []);
}

type Maker = (snapshot: Snapshot, diagnostic: Diagnostic) => readonly CodeAction[];

function makerOf({ code, fixes }: Diagnostic): Maker | undefined {
  switch (code) {
    case 'syntax/empty':
      return begin;
    case 'schema/missing-key':
      return addMissing;
    case 'schema/choose-one':
      return addOneOf;
    case 'backup/missing':
      return fixes.length === 0 ? addBackup : undefined;
    default:
      return undefined;
  }
}

/** A map of the text, with its path. */
interface Holder {
  readonly path: readonly string[];
  readonly map: Mapping;
}

interface Addition {
  readonly entries: readonly (readonly [key: string, value: Body])[];
  /** What has to be added elsewhere. */
  readonly edits: readonly Edit[];
}

/** A file without a topology gets one that lacks nothing. */
function begin(snapshot: Snapshot, diagnostic: Diagnostic): readonly CodeAction[] {
  const entries = ['topology', 'name', 'region', 'access'].flatMap((key) => additionFor(snapshot, [], key).entries);
  const { text: source } = snapshot.tree;
  const lineBreak = lineBreakOf(source);
  const lines = entries.map((entry) => `${entryText(snapshot, entry)}${lineBreak}`).join('');
  const isApart = source === '' || /[\r\n\uFEFF]$/.test(source);
  const end = source.length;
  return [
    action(
      'Begin a topology',
      [{ span: { start: end, end }, newText: `${isApart ? '' : lineBreak}${lines}` }],
      diagnostic,
    ),
  ];
}

function addMissing(snapshot: Snapshot, diagnostic: Diagnostic): readonly CodeAction[] {
  const found = holdersAt(snapshot, diagnostic.span)
    .map((holder) => ({ holder, keys: inOrder(holder, namedIn(diagnostic, missingOf(holder))) }))
    .find(({ keys }) => keys.length > 0);
  // What has one value only is written by a fix of the diagnostic's own.
  if (found === undefined || found.keys.length === diagnostic.fixes.length) return [];
  return adding(snapshot, diagnostic, found.holder, found.keys);
}

/** One action for each way, since it is for a person to choose. */
function addOneOf(snapshot: Snapshot, diagnostic: Diagnostic): readonly CodeAction[] {
  const found = holdersAt(snapshot, diagnostic.span)
    .map((holder) => ({ holder, keys: namedIn(diagnostic, choosableKeys(schemaOf(holder), dataOf(holder))) }))
    .find(({ keys }) => keys.length > 0);
  return found === undefined ? [] : found.keys.flatMap((key) => adding(snapshot, diagnostic, found.holder, [key]));
}

/** A backup to what can take it, or to a new bucket. */
function addBackup(snapshot: Snapshot, diagnostic: Diagnostic): readonly CodeAction[] {
  return holdersAt(snapshot, diagnostic.span)
    .filter(({ path }) => path.length === 2)
    .flatMap((holder) => adding(snapshot, diagnostic, holder, ['backup']));
}

function adding(
  snapshot: Snapshot,
  diagnostic: Diagnostic,
  { path, map }: Holder,
  keys: readonly string[],
): readonly CodeAction[] {
  const { tree } = snapshot;
  const additions = keys.map((key) => additionFor(snapshot, path, key));
  if (additions.some(({ entries }) => entries.length === 0)) return [];
  const entries = additions.flatMap((each) => each.entries);
  const [version] = entries.filter(([key]) => key === 'topology');
  const [first, ...others] = entries.filter(([key]) => key !== 'topology');
  const ahead =
    version === undefined ? [] : addFirst(tree, map, version[0], writeFlow(writingFor(snapshot), version[1]));
  const behind = first === undefined ? [] : written(snapshot, { path, map }, first, others);
  if (ahead === undefined || behind === undefined) return [];
  const edits = [...ahead, ...behind, ...additions.flatMap((each) => each.edits)].sort((a, b) =>
    compareSpans(a.span, b.span),
  );
  if (edits.some(({ span }, index) => index > 0 && span.start < (edits[index - 1]?.span.end ?? 0))) return [];
  const whole = entries.map((entry) => entryText(snapshot, entry)).join(', ');
  return [action(`Add ${whole.length > mostTitle ? listed(entries.map(([key]) => key)) : whole}`, edits, diagnostic)];
}

/** Characters of a title that shows what is written. */
const mostTitle = 60;

/** Entries at the end of a map, as it is written. */
function written(
  snapshot: Snapshot,
  { path, map }: Holder,
  first: Addition['entries'][number],
  others: Addition['entries'],
): readonly Edit[] | undefined {
  const { tree } = snapshot;
  const last = ownEntries(map).at(-1);
  const indent = last === undefined ? '' : indentOf(tree.text.slice(lineStartAt(tree.text, last.keySpan.start)));
  const apart = map.flow ? ', ' : `${lineBreakOf(tree.text)}${indent}`;
  const values = [writeFlow(writingFor(snapshot), first[1]), ...others.map((entry) => entryText(snapshot, entry))];
  return setValue(tree, [...path, first[0]], values.join(apart));
}

function action(title: string, edits: readonly Edit[], diagnostic: Diagnostic): CodeAction {
  return { title, kind: 'quickfix', edits, diagnostics: [diagnostic] };
}

/** What a key begins with; no entries where nobody can know what it could be. */
function additionFor(snapshot: Snapshot, path: readonly string[], key: string): Addition {
  const end = snapshot.tree.text.length;
  const context: Context = { ...snapshot, options: { snippets: false }, typed: '', word: { start: end, end } };
  const made = bodyFor(context, [...path, key]);
  const body = made?.body ?? finishedBodyFor(context, [...path, key]);
  return {
    entries: body === undefined ? [] : [[key, body], ...(made?.companions ?? [])],
    edits: made?.additionalEdits ?? [],
  };
}

function entryText(snapshot: Snapshot, [key, value]: Addition['entries'][number]): string {
  const writing = writingFor(snapshot);
  return `${writeScalar(writing, text(key))}: ${writeFlow(writing, value)}`;
}

function writingFor({ tree: { root, text: source } }: Snapshot): Writing {
  const json = root?.flow === true && /^\{\s*"/.test(source.slice(root.span.start));
  return { snippet: false, choices: false, json, slots: 0, links: new Map() };
}

/** The maps that a mark may be about: those whose key it stands on, and the whole file. */
function holdersAt({ tree: { root } }: Snapshot, span: Span): readonly Holder[] {
  if (root === undefined) return [];
  const found: Holder[] = [];
  const visit = (map: Mapping, path: readonly string[]) => {
    for (const entry of ownEntries(map)) {
      const value = ownValue(entry);
      if (value?.kind !== 'mapping') continue;
      const own = [...path, entry.key];
      if (entry.keySpan.start === span.start && entry.keySpan.end === span.end) found.push({ path: own, map: value });
      if (value.span.start <= span.start && span.end <= value.span.end) visit(value, own);
    }
  };
  visit(root, []);
  return [{ path: [], map: root }, ...found];
}

/** The keys that a diagnostic's message names. */
function namedIn({ message }: Diagnostic, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => message.includes(`"${key}"`));
}

/** As the language lists them. */
function inOrder(holder: Holder, keys: readonly string[]): readonly string[] {
  return Object.keys(schemaOf(holder).properties ?? {}).filter((key) => keys.includes(key));
}

function missingOf(holder: Holder): readonly string[] {
  return missingKeys(schemaOf(holder), dataOf(holder));
}

function schemaOf({ path }: Holder) {
  return fieldSchema(path) ?? {};
}

function dataOf({ map }: Holder): Data {
  return toData(map) as Data;
}
