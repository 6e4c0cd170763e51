import { finish, type Properties, readAlias, readProperties } from './anchors.js';
import { addEntry, finishMap, type MapBuilder, mapBuilder, type Part } from './map-builder.js';
import { withoutColon } from './missing-colon.js';
import type { Mapping, Node, Sequence } from './nodes.js';
import { add, broken, insertion, replacement, shown } from './problems.js';
import { closeQuote } from './quotes.js';
import { advance, depthLimit, isMultiline, peek, type Reader, stop, textOf } from './reader.js';
import { emptyScalar, readScalar } from './scalars.js';
import type { Token } from './tokens.js';
import { contentEnd, contentStart } from './white-space.js';

/** Reads a scalar, an alias or a collection in brackets, which is looked at. */
export function readFlowNode(reader: Reader, parent: number): Part {
  const { token } = reader;
  switch (token.kind) {
    case 'alias':
      return { node: readAlias(reader), span: { start: token.start, end: token.end }, isAlias: true };
    case '{':
    case '[': {
      const node = readCollection(reader, parent);
      return { node, span: node.span, isAlias: false };
    }
    case 'single':
    case 'double':
      closeQuote(reader, token.kind, parent);
      break;
    default:
  }
  const node = readScalar(reader, parent);
  return { node, span: node.span, isAlias: false };
}

/** True for what `readFlowNode` reads. */
export function beginsFlowNode({ kind }: Token): boolean {
  switch (kind) {
    case 'plain':
    case 'single':
    case 'double':
    case 'block':
    case 'alias':
    case '{':
    case '[':
      return true;
    default:
      return false;
  }
}

/** Counts one level down; false when that is too deep, and then the reading has ended. */
export function enter(reader: Reader): boolean {
  reader.depth += 1;
  if (reader.depth <= depthLimit) return true;
  add(reader, 'syntax/too-deep', reader.token, { limit: depthLimit });
  stop(reader);
  return false;
}

export function leave(reader: Reader): void {
  reader.depth -= 1;
}

function readCollection(reader: Reader, parent: number): Mapping | Sequence {
  const open = reader.token;
  const isMap = open.kind === '{';
  const builder = isMap ? mapBuilder() : undefined;
  const items: Node[] = [];
  let end = open.end;
  if (enter(reader)) {
    advance(reader);
    reader.brackets.push(open);
    end = readItems(reader, open, parent, builder ?? items);
    reader.brackets.pop();
  }
  leave(reader);
  const span = { start: open.start, end };
  if (builder !== undefined) return finishMap(reader, builder, span, true);
  reader.size += 1;
  return { kind: 'sequence', span, items, flow: true };
}

/** Reads up to and over the closing bracket. Returns where the collection ends. */
function readItems(reader: Reader, open: Token, parent: number, into: MapBuilder | Node[]): number {
  const close = open.kind === '{' ? '}' : ']';
  let last = open;
  let separated = true;
  for (;;) {
    const { token } = reader;
    switch (token.kind) {
      case 'end':
      case '---':
      case '...':
      case 'flow-error':
        reportUnclosed(reader, last);
        if (token.kind === 'flow-error' && reader.brackets.length === 1) advance(reader);
        return last.end;
      case '}':
      case ']':
        if (token.kind !== close && reader.brackets.some(({ kind }) => (kind === '{') === (token.kind === '}'))) {
          reportUnclosed(reader, last);
          return last.end;
        }
        if (token.kind !== close) {
          broken(
            reader,
            token,
            'syntax/unclosed-bracket',
            open,
            { open: open.kind, close },
            {
              ...replacement(`Close it with "${close}"`, token, close),
            },
          );
        }
        return advance(reader).end;
      case ',':
        if (separated) {
          broken(
            reader,
            token,
            'syntax/invalid-yaml',
            token,
            { reason: 'nothing stands before this comma: remove it' },
            {
              ...replacement('Remove the comma', token, ''),
            },
          );
        }
        last = advance(reader);
        separated = true;
        break;
      case '-':
        broken(reader, token, 'syntax/list-item', token, {
          reason: 'a list item with "- " cannot stand inside brackets: write [a, b]',
        });
        last = advance(reader);
        break;
      case 'directive':
      case 'junk':
        broken(reader, token, 'syntax/unexpected-text', token, {
          found: shown(textOf(reader, token)),
          after: 'a bracket',
        });
        last = advance(reader);
        break;
      default: {
        if (!separated) {
          // Right behind a quote it is rather a quote that is missing further left: a comma would make it worse.
          const isBehindQuote = token.start === last.end && /["']/.test(reader.text[last.end - 1] ?? '');
          const fix = isBehindQuote ? {} : insertion('Add the comma', last.end, ',');
          broken(reader, token, 'syntax/missing-comma', token, {}, fix);
        }
        separated = false;
        const end = Array.isArray(into) ? readItem(reader, parent, into) : readPair(reader, parent, into);
        last = { ...token, end };
      }
    }
  }
}

/** Reports once all the brackets that are still open. */
function reportUnclosed(reader: Reader, last: Token): void {
  const { token, brackets } = reader;
  const open = brackets.at(-1);
  if (open === undefined || reader.unclosedAt === token) return;
  reader.unclosedAt = token;
  const isEnd = token.kind !== '}' && token.kind !== ']';
  const close = [...(isEnd ? brackets : [open])]
    .reverse()
    .map(({ kind }) => (kind === '{' ? ' }' : ']'))
    .join('')
    .trimStart();
  if (reader.brokenLine === last.lineStart) return;
  const text = open.kind === '{' ? ` ${close}` : close;
  broken(
    reader,
    open,
    'syntax/unclosed-bracket',
    open,
    { open: open.kind, close },
    insertion(`Add "${close}"`, last.end, text),
  );
}

/** An item of `[ ]`, which may be a single pair `a: b`. Returns where it ends. */
function readItem(reader: Reader, parent: number, items: Node[]): number {
  const properties = readProperties(reader);
  const { token } = reader;
  if (isMark(token)) return readSinglePair(reader, parent, items, properties, undefined);
  if (!beginsFlowNode(token)) {
    const at = properties?.end ?? token.start;
    items.push(finish(reader, properties, emptyScalar(reader, at)));
    return at;
  }
  const head = readFlowNode(reader, parent);
  if (isColonHere(reader.token)) return readSinglePair(reader, parent, items, properties, head);
  items.push(finish(reader, properties, head.node));
  return head.span.end;
}

function readSinglePair(
  reader: Reader,
  parent: number,
  items: Node[],
  properties: Properties | undefined,
  key: Part | undefined,
): number {
  const start = key?.span.start ?? reader.token.start;
  const builder = mapBuilder();
  const end = readRestOfPair(reader, parent, builder, properties, key);
  items.push(finishMap(reader, builder, { start, end }, true));
  return end;
}

/** An entry of `{ }`. Returns where it ends. */
function readPair(reader: Reader, parent: number, builder: MapBuilder): number {
  const properties = readProperties(reader);
  const { token } = reader;
  if (isMark(token)) return readRestOfPair(reader, parent, builder, properties, undefined);
  if (!beginsFlowNode(token)) {
    const at = properties?.end ?? token.end;
    add(reader, 'syntax/key-not-text', { start: properties?.token.start ?? token.start, end: at }, {});
    return at;
  }
  if (token.kind === 'plain' && isMultiline(reader, token) && peek(reader).kind !== ':') cut(reader);
  const head = readFlowNode(reader, parent);
  if (reader.token.kind === ':') return readRestOfPair(reader, parent, builder, properties, head);
  finish(reader, properties, head.node);
  if (head.isAlias || head.node.kind !== 'scalar') broken(reader, token, 'syntax/key-not-text', head.span, {});
  else withoutColon(reader, builder, { ...token, end: head.span.end }, head.node);
  return head.span.end;
}

/** True for a colon on the line of what stands before it. */
export function isColonHere({ kind, first }: Token): boolean {
  return kind === ':' && !first;
}

function isMark({ kind }: Token): boolean {
  return kind === '?' || kind === ':';
}

/** From the `?` or the `:` on. */
function readRestOfPair(
  reader: Reader,
  parent: number,
  builder: MapBuilder,
  properties: Properties | undefined,
  before: Part | undefined,
): number {
  let key = before;
  const mark = reader.token;
  const isExplicit = mark.kind === '?';
  if (isExplicit) {
    advance(reader);
    const inner = readProperties(reader);
    if (beginsFlowNode(reader.token)) key = withProperties(reader, inner, readFlowNode(reader, parent));
  } else if (key !== undefined) key = withProperties(reader, properties, key);
  key ??= missing(reader, properties?.end ?? mark.end);
  let value = missing(reader, key.span.end);
  const colon = reader.token;
  if (colon.kind === ':') {
    advance(reader);
    value = readValue(reader, parent, colon);
  }
  addEntry(reader, builder, key, value);
  return Math.max(value.span.end, key.span.end, isMark(mark) ? mark.end : 0);
}

function readValue(reader: Reader, parent: number, colon: Token): Part {
  const properties = readProperties(reader);
  const { token } = reader;
  if (!beginsFlowNode(token)) {
    const empty = missing(reader, properties?.end ?? colon.end);
    return withProperties(reader, properties, empty);
  }
  const next = peek(reader);
  if (token.kind === 'plain' && next.kind === ':' && !next.first) cut(reader);
  const value = withProperties(reader, properties, readFlowNode(reader, parent));
  if (reader.token.kind !== ':') return value;
  broken(reader, token, 'syntax/quote-value', value.span, { because: 'a second colon follows this value' });
  advance(reader);
  if (beginsFlowNode(reader.token)) readFlowNode(reader, parent);
  return value;
}

function withProperties(reader: Reader, properties: Properties | undefined, part: Part): Part {
  if (properties === undefined) return part;
  return { ...part, node: finish(reader, properties, part.node) };
}

function missing(reader: Reader, at: number): Part {
  const node = emptyScalar(reader, at);
  return { node, span: node.span, isAlias: false };
}

/** Divides the plain scalar that is looked at, so that a value does not swallow the key after it: at its first line, or at its last word. */
function cut(reader: Reader): void {
  const { token } = reader;
  const source = textOf(reader, token);
  const lineBreak = source.indexOf('\n');
  const division = lineBreak < 0 ? Math.max(source.lastIndexOf(' '), source.lastIndexOf('\t')) : lineBreak;
  if (division < 0) return;
  const end = token.start + contentEnd(source.slice(0, division));
  const start = token.start + contentStart(source, division);
  const first = lineBreak >= 0;
  const lineStart = first ? reader.text.lastIndexOf('\n', start - 1) + 1 : token.lineStart;
  const rest: Token = { ...token, start, lineStart, column: start - lineStart, first, gap: true, tab: false };
  reader.token = { ...token, end, next: rest };
}
