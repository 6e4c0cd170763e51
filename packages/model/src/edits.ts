import type { Edit, Fix, Span } from '@groundplan/diagnostics';
import { type Entry, entryOf, type Mapping, type Node, type SyntaxTree } from '@groundplan/syntax';
import type { Sourced } from './model.js';

/*
 * Edits as a person would make them: a key goes into the map in the style the map is written in, an entry that is removed takes
 * its line with it. Every function gives undefined where no single edit would do, so that there is no fix rather than a wrong one.
 */

type Edits = readonly Edit[] | undefined;

/** The fix, or none when its edits could not be made; to be spread into `fixes`. */
export function fix(title: string, edits: Edits): Fix[] {
  return edits === undefined ? [] : [{ title, edits }];
}

/** Writes `text` in place of what stands at `span`. */
export function replaceAt(span: Span, text: string): readonly Edit[] {
  return [{ span, newText: text }];
}

/**
 * Changes a value of the model where it is written (also for one region, or in an anchor that several share), or writes it at
 * `path` when it is a default.
 */
export function setSourced(tree: SyntaxTree, sourced: Sourced<unknown>, path: readonly string[], text: string): Edits {
  const { kind, span } = sourced.origin;
  return kind === 'default' ? setValue(tree, path, text) : replaceAt(span, text);
}

/**
 * Writes `text`, a scalar or a flow collection, at a path of keys: replaces the value that is there, or adds the key and the
 * maps on the way to it. A new key comes last in its map, or behind the key `after`.
 */
export function setValue(tree: SyntaxTree, path: readonly string[], text: string, after?: string): Edits {
  let map = tree.root;
  for (const [index, key] of path.entries()) {
    if (map === undefined) return undefined;
    const rest = path.slice(index + 1);
    const entry = ownEntry(map, key);
    if (entry === undefined) {
      // A merged map on the way is shared: what is added to it would be added everywhere.
      if (rest.length > 0 && entryOf(map, key) !== undefined) return undefined;
      return insert(tree, map, `${keyText(key)}:${below(tree, map, rest, text)}`, after);
    }
    if (rest.length === 0) return replaceValue(tree, entry, text);
    if (isNull(entry)) return replaceValue(tree, entry, nest(rest, text));
    if (entry.alias !== undefined) return undefined;
    map = entry.value.kind === 'mapping' ? entry.value : undefined;
  }
  return undefined;
}

/** Adds a key with `text`, a scalar or a flow collection, before the others of its map. */
export function addFirst(tree: SyntaxTree, map: Mapping, key: string, text: string): Edits {
  const entry = `${keyText(key)}: ${text}`;
  return map.flow ? insertInFlow(tree, map, undefined, entry) : insertInBlock(tree, map, undefined, entry);
}

/** Calls an entry by another name, of letters, digits and hyphens, in the quotes that its key has. */
export function renameKey({ text }: SyntaxTree, { keySpan }: Entry, key: string): Edits {
  const quote = text[keySpan.start];
  return replaceAt(keySpan, quote === '"' || quote === "'" ? `${quote}${key}${quote}` : keyText(key));
}

/**
 * Removes the entry at a path of keys with its line; when it is the only one of its map, the map's own entry goes too, since an
 * empty map says something else than none.
 */
export function removeEntry(tree: SyntaxTree, path: readonly string[]): Edits {
  let map = tree.root;
  for (const key of path.slice(0, -1)) {
    const entry = map && ownEntry(map, key);
    if (entry === undefined || entry.alias !== undefined) return undefined;
    map = entry.value.kind === 'mapping' ? entry.value : undefined;
  }
  const entry = map && ownEntry(map, path.at(-1) ?? '');
  if (map === undefined || entry === undefined) return undefined;
  if (map.entries.length === 1 && path.length > 1) return removeEntry(tree, path.slice(0, -1));
  const span = map.flow ? inFlow(tree.text, entry) : inBlock(tree.text, entry);
  if (span === undefined || declaresAnchor(tree.text.slice(span.start, span.end))) return undefined;
  return [{ span, newText: '' }];
}

/** The text of a plain scalar, in quotes where YAML would read something else. Safe in flow and block style. */
export function scalar(text: string): string {
  const plain = /^[A-Za-z0-9/._-][A-Za-z0-9/._+@-]*(:[A-Za-z0-9/._+@-]+)*$/.test(text) && !readsAsOther.test(text);
  return plain ? text : JSON.stringify(text);
}

/** What YAML's core schema takes for null, a truth value or a number, and the marks of documents and list items. */
const readsAsOther =
  /^(null|true|false|[-+]?[.]?[0-9][0-9_.]*([eE][-+]?[0-9]+)?|0[ox][0-9a-f]+|[-+]?\.inf|\.nan|-|---|\.\.\.)$/i;

/** Replaces the text of a scalar by another one in the quotes that it has. */
export function rewriteScalar(node: Node, text: string): Edits {
  if (node.kind !== 'scalar' || node.style === 'literal' || node.style === 'folded') return undefined;
  if (node.style === 'single') return replaceAt(node.span, `'${text.replaceAll("'", "''")}'`);
  return replaceAt(node.span, node.style === 'double' ? JSON.stringify(text) : scalar(text));
}

function ownEntry(map: Mapping, key: string): Entry | undefined {
  const entry = entryOf(map, key);
  return entry?.merged ? undefined : entry;
}

function isNull({ value, alias }: Entry): boolean {
  return alias === undefined && value.kind === 'scalar' && value.value === null;
}

function keyText(key: string): string {
  return scalar(key);
}

/** What stands behind the colon of a new key: of a new section of the file its first entry on a line of its own. */
function below({ text, root }: SyntaxTree, map: Mapping, [first, ...rest]: readonly string[], value: string): string {
  const isSection = first !== undefined && map === root && !map.flow;
  return isSection
    ? `${lineBreak(text)}  ${keyText(first)}: ${nest(rest, value)}`
    : ` ${nest(first === undefined ? [] : [first, ...rest], value)}`;
}

/** `{ mode: acme }` for the path `mode`, and so on inwards. */
function nest(path: readonly string[], text: string): string {
  return path.reduceRight((inner, key) => `{ ${keyText(key)}: ${inner} }`, text);
}

/** Writes `text`, a scalar or a flow collection, as the value of an entry, also of one that has none. */
export function replaceValue(tree: SyntaxTree, entry: Entry, text: string): Edits {
  if (entry.alias !== undefined) return replaceAt(entry.alias, text);
  const { value } = entry;
  if (value.kind === 'scalar' && value.source === '') {
    const end = endOf(tree.text, entry);
    // An anchor or a tag of the value that is not there would end up behind the new one.
    const hasProperties = /^\s*[&!]/.test(tree.text.slice(end));
    return end === entry.keySpan.end || hasProperties ? undefined : replaceAt({ start: end, end }, ` ${text}`);
  }
  const inPlace = value.kind === 'scalar' ? value.style !== 'literal' && value.style !== 'folded' : value.flow;
  return inPlace ? replaceAt(value.span, text) : undefined;
}

function insert(tree: SyntaxTree, map: Mapping, text: string, after: string | undefined): Edits {
  const own = map.entries.filter((entry) => !entry.merged);
  const before = own.find((entry) => entry.key === after) ?? own.at(-1);
  return map.flow ? insertInFlow(tree, map, before, text) : insertInBlock(tree, map, before, text);
}

function insertInFlow({ text }: SyntaxTree, map: Mapping, before: Entry | undefined, entry: string): Edits {
  if (before === undefined) {
    const empty = text.slice(map.span.start + 1, map.span.end - 1).trim() === '';
    return empty
      ? replaceAt(map.span, `{ ${entry} }`)
      : replaceAt({ start: map.span.start + 1, end: map.span.start + 1 }, ` ${entry},`);
  }
  const end = endOf(text, before);
  const line = lineStart(text, before.keySpan.start);
  const lead = text.slice(line, before.keySpan.start);
  const onOwnLine = lead.trim() === '' && line > map.span.start;
  return replaceAt({ start: end, end }, onOwnLine ? `,${lineBreak(text)}${lead}${entry}` : `, ${entry}`);
}

function insertInBlock({ text, root }: SyntaxTree, map: Mapping, before: Entry | undefined, entry: string): Edits {
  const first = map.entries.find(({ merged }) => !merged)?.keySpan.start ?? map.span.start;
  const lead = text.slice(lineStart(text, first), first).replace('\uFEFF', '');
  if (!/^[ -]*$/.test(lead)) return undefined;
  const indent = ' '.repeat(lead.length);
  if (before === undefined) return replaceAt({ start: first, end: first }, `${entry}${lineBreak(text)}${indent}`);
  const end = endOf(text, before);
  const gap = map === root && standsApart(text, before) ? lineBreak(text) : '';
  if (text[end - 1] === '\n' && isBlockScalar(before.value)) {
    return replaceAt({ start: end, end }, `${gap}${indent}${entry}${lineBreak(text)}`);
  }
  const at = lineEnd(text, end);
  return replaceAt({ start: at, end: at }, `${lineBreak(text)}${gap}${indent}${entry}`);
}

/** The entry with one of the commas beside it. */
function inFlow(text: string, entry: Entry): Span | undefined {
  const start = entry.keySpan.start;
  const end = endOf(text, entry);
  const behind = /^\s*,[ \t]*/.exec(text.slice(end));
  if (behind !== null) return { start, end: end + behind[0].length };
  const ahead = /,\s*$/.exec(text.slice(0, start));
  if (ahead !== null) return { start: ahead.index, end };
  return /[{]\s*$/.test(text.slice(0, start)) ? { start, end } : undefined;
}

/** The lines of the entry, and one of two empty lines that would come to stand together. */
function inBlock(text: string, entry: Entry): Span | undefined {
  const start = lineStart(text, entry.keySpan.start);
  if (!/^[\uFEFF ]*$/.test(text.slice(start, entry.keySpan.start))) return undefined;
  const content = endOf(text, entry);
  const end = text[content - 1] === '\n' ? content : nextLine(text, content);
  if (end === text.length && text[end - 1] !== '\n') return { start: previousLineEnd(text, start), end };
  const apart = start === 0 || isBlank(lineBefore(text, start));
  const blankBehind = isBlank(text.slice(end, lineEnd(text, end)));
  if (apart && blankBehind && end < text.length) return { start, end: nextLine(text, end) };
  return apart && end === text.length && start > 0 ? { start: lineStart(text, start - 1), end } : { start, end };
}

/** Where an entry's text ends: its alias, the key alone when it has no value, else its value without what follows. */
export function endOf(text: string, entry: Entry): number {
  if (entry.alias !== undefined) return entry.alias.end;
  const { value } = entry;
  if (value.kind === 'scalar' && value.source === '') {
    const colon = /^\s*:/.exec(text.slice(entry.keySpan.end));
    return entry.keySpan.end + (colon?.[0].length ?? 0);
  }
  return endOfValue(text, value);
}

/** The span of a block may reach over comments that belong to what comes next, so that its last part decides. */
function endOfValue(text: string, value: Node): number {
  if (value.kind === 'scalar' || value.flow) return value.span.end;
  if (value.kind === 'mapping' && !value.entries.some(({ merged }) => merged)) {
    return value.entries.reduce((end, entry) => Math.max(end, endOf(text, entry)), value.span.start);
  }
  const item = value.kind === 'sequence' ? value.items.at(-1) : undefined;
  const inPlace = item !== undefined && value.span.start <= item.span.start && item.span.end <= value.span.end;
  if (inPlace) return endOfValue(text, item);
  return value.span.start + text.slice(value.span.start, value.span.end).trimEnd().length;
}

function isBlockScalar(node: Node): boolean {
  return node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
}

/** Whether sections of the file are set apart by empty lines, as far as this one shows. */
function standsApart(text: string, entry: Entry): boolean {
  const end = lineEnd(text, endOf(text, entry));
  const above = lineStart(text, entry.keySpan.start);
  const below = nextLine(text, end);
  return (
    (above > 0 && isBlank(lineBefore(text, above))) ||
    (below < text.length && isBlank(text.slice(below, lineEnd(text, below))))
  );
}

function declaresAnchor(text: string): boolean {
  return /(^|[\s[{,:-])&[^\s,[\]{}]/.test(text);
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** Where the line begins that an offset is on. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Before the line break of the line that `offset` is in. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function lineBefore(text: string, start: number): string {
  return text.slice(lineStart(text, start - 1), start);
}

function previousLineEnd(text: string, start: number): number {
  return start === 0 ? 0 : lineEnd(text, lineStart(text, start - 1));
}

/** The line break that the file uses. */
function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
