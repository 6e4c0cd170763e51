import type { Span } from '@groundplan/diagnostics';
import { alignment } from './alignment.js';
import { finish, type Properties, readProperties } from './anchors.js';
import { beginsFlowNode, enter, isColonHere, leave, readFlowNode } from './flow.js';
import { addEntry, finishMap, type MapBuilder, mapBuilder, type Part } from './map-builder.js';
import { reportMissingColon, withoutColon } from './missing-colon.js';
import type { Mapping, Node, Scalar, Sequence } from './nodes.js';
import { add, broken, insertion, replacement, shown } from './problems.js';
import {
  advance,
  cutAfterFirstLine,
  isDocumentEnd,
  isLineStart,
  isMultiline,
  peek,
  type Reader,
  skipLine,
  textOf,
} from './reader.js';
import { emptyScalar, scalarOfPart } from './scalars.js';
import type { Token } from './tokens.js';

/**
 * Reads the value that is looked at.
 *
 * @param parent the column of the map or list that it belongs to, -1 at the root: what begins there or further left is no part of it
 * @param afterKey true for the value of a key, which may be a list in the key's own column
 */
export function readBlockNode(reader: Reader, parent: number, afterKey = false): Part {
  noteTab(reader);
  const properties = readProperties(reader);
  const isHere = properties === undefined || !isLineStart(reader.token);
  return isHere ? readBare(reader, parent, properties) : readUnder(reader, parent, properties, afterKey);
}

/** The value on the lines under the properties that stand alone: these belong to all of it, and its first key may have its own. */
function readUnder(reader: Reader, parent: number, properties: Properties, afterKey: boolean): Part {
  let inner: Properties | undefined;
  while (inner === undefined && belongs(reader.token, parent, afterKey)) {
    noteTab(reader);
    inner = readProperties(reader);
    if (inner === undefined || !isLineStart(reader.token)) break;
    refuseSecondAnchor(reader, inner);
    inner = undefined;
  }
  const isThere = inner !== undefined || belongs(reader.token, parent, afterKey);
  const part = isThere ? readBare(reader, parent, inner) : missing(reader, properties.end);
  if (inner !== undefined && (part.node.kind !== 'mapping' || part.node.flow)) refuseSecondAnchor(reader, inner);
  return { ...part, node: finish(reader, properties, part.node) };
}

function refuseSecondAnchor(reader: Reader, { token }: Properties): void {
  const reason = 'a value can have one anchor only: remove one';
  broken(reader, token, 'syntax/invalid-yaml', token, { reason });
}

/** @param properties those on the line of the value: of its first key, when it is a map */
function readBare(reader: Reader, parent: number, properties: Properties | undefined): Part {
  const { token } = reader;
  const { column } = properties?.token ?? token;
  switch (token.kind) {
    case '-':
      if (properties !== undefined) {
        broken(reader, token, 'syntax/list-item', token, {
          reason: 'an anchor of a list stands on the line above its first item',
        });
      }
      return whole(
        finish(reader, properties, readList(reader, token.column, token.column > parent ? parent : token.column - 1)),
      );
    case '?':
      if (properties !== undefined) {
        const reason = 'an anchor of a key stands after its "?"';
        broken(reader, properties.token, 'syntax/invalid-yaml', properties.token, { reason });
      }
      return whole(readMap(reader, column, parent, properties === undefined ? undefined : { properties }));
    case ':':
      return whole(readMap(reader, column, parent, properties === undefined ? undefined : { properties }));
    default:
      break;
  }
  if (!beginsFlowNode(token)) {
    if (!isLineStart(token)) unexpected(reader);
    const part = missing(reader, properties?.end ?? token.start);
    return { ...part, node: finish(reader, properties, part.node) };
  }
  if (token.kind === 'plain' && isMultiline(reader, token) && isColonHere(peek(reader))) cutAfterFirstLine(reader);
  const key = readFlowNode(reader, parent);
  const isKey = isColonHere(reader.token) || isFollowedByLines(reader, parent, token, key);
  if (isKey) return whole(readMap(reader, column, parent, { properties, key, token }));
  return { ...key, node: finish(reader, properties, key.node) };
}

/** True for a word with more lines of its map below, or alone in the file: a key that lacks its colon. */
function isFollowedByLines(reader: Reader, parent: number, token: Token, { node, isAlias }: Part): boolean {
  if (isAlias || node.kind !== 'scalar' || token.kind === 'block') return false;
  const { token: after } = reader;
  if (isDocumentEnd(after)) return parent === -1 && node.style === 'plain' && !node.source.includes('\n');
  return after.first && after.column > parent && after.kind !== '-';
}

/** True for what is indented far enough to belong to the key or item before it; the list of a key may begin in the key's column. */
function belongs(token: Token, parent: number, afterKey: boolean): boolean {
  if (isDocumentEnd(token)) return false;
  return token.column > parent || (afterKey && token.kind === '-' && token.column === parent);
}

/** What has been read of the first entry of a map before it was known to be one. */
interface Head {
  readonly properties?: Properties | undefined;
  readonly key?: Part;
  readonly token?: Token;
}

function readMap(reader: Reader, column: number, parent: number, head: Head | undefined): Mapping {
  const builder = mapBuilder();
  noteTabAfterMark(reader, head?.properties?.token ?? head?.token ?? reader.token);
  const start = head?.properties?.token.start ?? head?.key?.span.start ?? reader.token.start;
  let end = start;
  if (enter(reader)) {
    const lines = alignment(reader, column);
    end = readEntry(reader, builder, column, head);
    for (;;) {
      const { token } = reader;
      if (isDocumentEnd(token) || (token.first && token.column <= parent)) break;
      if (!token.first) {
        unexpected(reader);
        continue;
      }
      if (token.kind === '-') {
        end = strayItem(reader, token);
        continue;
      }
      lines.at(token);
      end = Math.max(end, readEntry(reader, builder, token.column, undefined));
    }
    lines.close();
  }
  leave(reader);
  return finishMap(reader, builder, { start, end }, false);
}

function strayItem(reader: Reader, token: Token): number {
  broken(reader, token, 'syntax/list-item', token, {
    reason: 'a list item cannot stand among the keys of a map: indent it under the key that the list belongs to',
  });
  return readList(reader, token.column, token.column - 1).span.end;
}

/** Reads one entry, or what stands in the place of one. Returns where it ends. */
function readEntry(reader: Reader, builder: MapBuilder, column: number, head: Head | undefined): number {
  noteTab(reader);
  const properties = head === undefined ? readProperties(reader) : head.properties;
  if (head?.key !== undefined && head.token !== undefined) {
    return readRest(reader, builder, column, properties, head.key, head.token);
  }
  const { token } = reader;
  if (head === undefined && properties !== undefined && token.first) {
    broken(reader, properties.token, 'syntax/invalid-yaml', properties.token, {
      reason: 'an anchor stands in front of a value, or on the line of its key',
    });
    return properties.end;
  }
  if (token.kind === '?') return readExplicit(reader, builder, column);
  if (token.kind === ':') {
    add(reader, 'syntax/key-not-text', token, {});
    return readValue(reader, column, advance(reader)).span.end;
  }
  if (!beginsFlowNode(token)) {
    unexpected(reader);
    return token.end;
  }
  if (token.kind === 'plain' && isMultiline(reader, token)) cutAfterFirstLine(reader);
  const cut = reader.token;
  return readRest(reader, builder, column, properties, readFlowNode(reader, column), cut);
}

/** The colon and the value, after the key. */
function readRest(
  reader: Reader,
  builder: MapBuilder,
  column: number,
  properties: Properties | undefined,
  head: Part,
  token: Token,
): number {
  const key = { ...head, node: finish(reader, properties, head.node) };
  const colon = reader.token;
  if (!isColonHere(colon)) return withoutColonHere(reader, builder, column, key, token);
  const source = textOf(reader, key.span);
  if (source.includes('\n') || colon.start - key.span.start > 1024) {
    const reason = source.includes('\n') ? 'a key stands on one line' : 'a key has at most 1024 characters';
    broken(reader, token, 'syntax/invalid-yaml', key.span, { reason });
  }
  const swallowed = token.kind === 'plain' ? /^([\w.-]+)[ \t]+[{[]/.exec(source)?.[1] : undefined;
  if (swallowed !== undefined) {
    const span = { start: token.start, end: token.start + swallowed.length };
    reportMissingColon(reader, token, span);
    builder.incomplete.push(scalarOfPart(reader, span));
    return skipLine(reader);
  }
  advance(reader);
  const value = readValue(reader, column, colon);
  addEntry(reader, builder, key, value);
  return Math.max(colon.end, value.span.end);
}

function withoutColonHere(reader: Reader, builder: MapBuilder, column: number, key: Part, token: Token): number {
  const { node, span, isAlias } = key;
  if (node.kind !== 'scalar' || isAlias) {
    const found = shown(textOf(reader, span));
    broken(reader, token, 'syntax/unexpected-text', span, { found, after: 'the lines above' });
    return skipLine(reader);
  }
  if (!isLineStart(reader.token)) {
    reportMissingColon(reader, token, span);
    builder.incomplete.push(node);
    return skipLine(reader);
  }
  const isParent = belongs(reader.token, column, true) && node.style === 'plain' && !/\s/.test(node.source);
  if (!isParent) {
    withoutColon(reader, builder, { ...token, end: span.end }, node);
    return span.end;
  }
  reportMissingColon(reader, token, span);
  const value = readBlockNode(reader, column, true);
  addEntry(reader, builder, key, value);
  return value.span.end;
}

/** `? key`, and `: value` on a line of its own. */
function readExplicit(reader: Reader, builder: MapBuilder, column: number): number {
  const mark = advance(reader);
  const key = reader.token.first ? belowOrNothing(reader, column, mark.end) : readBlockNode(reader, column);
  const { token } = reader;
  let value = missing(reader, key.span.end);
  if (token.kind === ':' && token.first && token.column === column) {
    advance(reader);
    value = reader.token.first ? belowOrNothing(reader, column, token.end) : readBlockNode(reader, column);
  }
  addEntry(reader, builder, key, value);
  return Math.max(mark.end, key.span.end, value.span.end);
}

function readValue(reader: Reader, column: number, colon: Token): Part {
  if (isLineStart(reader.token)) return belowOrNothing(reader, column, valueStart(reader, colon));
  const properties = readProperties(reader);
  if (properties !== undefined && isLineStart(reader.token)) return readUnder(reader, column, properties, true);
  const { token } = reader;
  if (token.kind === '-') {
    broken(reader, token, 'syntax/list-item', token, {
      reason: 'the items of a list stand on lines of their own, under the key: or write [a, b]',
    });
    return whole(readList(reader, token.column, column));
  }
  if (!beginsFlowNode(token)) {
    unexpected(reader);
    return missing(reader, valueStart(reader, colon));
  }
  if (token.kind === 'plain' && isMultiline(reader, token) && isColonHere(peek(reader))) cutAfterFirstLine(reader);
  const part = readFlowNode(reader, column);
  if (isColonHere(reader.token)) return whole(readAsText(reader, part.span, token));
  return { ...part, node: finish(reader, properties, part.node) };
}

/** `a: b: c`: the rest of the line is most likely text that lacks its quotes. */
function readAsText(reader: Reader, from: Span, token: Token): Scalar {
  const span = { start: from.start, end: skipLine(reader) };
  const source = textOf(reader, span);
  broken(
    reader,
    token,
    'syntax/quote-value',
    span,
    { because: 'a second colon stands in this value' },
    source.includes('\n') ? {} : replacement('Put it in quotes', span, JSON.stringify(source)),
  );
  reader.size += 1;
  return { kind: 'scalar', span, value: source, source, style: 'plain' };
}

function belowOrNothing(reader: Reader, column: number, at: number): Part {
  return belongs(reader.token, column, true) ? readBlockNode(reader, column, true) : missing(reader, at);
}

/** After the space that follows a colon, or after the colon. */
function valueStart(reader: Reader, colon: Token): number {
  return reader.text[colon.end] === ' ' ? colon.end + 1 : colon.end;
}

function readList(reader: Reader, column: number, parent: number): Sequence {
  const items: Node[] = [];
  const { start } = reader.token;
  let end = start;
  noteTabAfterMark(reader, reader.token);
  if (enter(reader)) {
    const lines = alignment(reader, column);
    let isFirst = true;
    for (;;) {
      const { token } = reader;
      if (isDocumentEnd(token) || (!isFirst && token.first && token.column <= parent)) break;
      if (token.kind === '-' && (isFirst || token.first)) {
        if (!isFirst) lines.at(token);
        const item = readListItem(reader, token.column);
        items.push(item.node);
        end = Math.max(end, token.end, item.span.end);
      } else if (!token.first) unexpected(reader);
      else if (token.column === column && parent === column - 1) break;
      else if (!strayLine(reader, token, column, items)) break;
      isFirst = false;
    }
    lines.close();
  }
  leave(reader);
  reader.size += 1;
  return { kind: 'sequence', span: { start, end }, items, flow: false };
}

function readListItem(reader: Reader, column: number): Part {
  noteTab(reader);
  const mark = advance(reader);
  const { token } = reader;
  if (isLineStart(token)) {
    return belongs(token, column, false) ? readBlockNode(reader, column) : missing(reader, valueStart(reader, mark));
  }
  return readBlockNode(reader, column);
}

/** A line among the items of a list that begins with no dash. */
function strayLine(reader: Reader, token: Token, column: number, items: Node[]): boolean {
  broken(
    reader,
    token,
    'syntax/list-item',
    token,
    { reason: 'each item of a list begins with "- "' },
    token.kind === 'plain' ? insertion('Add "- "', token.start, '- ') : {},
  );
  if (beginsFlowNode(token) || token.kind === 'anchor' || token.kind === 'tag') {
    const { node } = readBlockNode(reader, column - 1);
    if (node.kind === 'scalar') items.push(node);
  } else if (token.kind === '?' || token.kind === ':') readBlockNode(reader, column - 1);
  else unexpected(reader);
  return true;
}

/** Passes a token or the rest of a line that has no place in the text. */
function unexpected(reader: Reader): void {
  const { token } = reader;
  const wasFirst = token.first;
  let { end } = advance(reader);
  if (!isLineStart(reader.token)) end = skipLine(reader);
  if (token.kind === 'flow-error') return;
  const span = { start: token.start, end };
  const source = textOf(reader, span);
  const isBracket = source === ']' || source === '}';
  broken(
    reader,
    token,
    'syntax/unexpected-text',
    span,
    { found: shown(source), after: wasFirst ? 'the lines above' : 'the value' },
    isBracket ? replacement(`Remove "${source}"`, span, '') : {},
  );
}

function noteTab(reader: Reader): void {
  const { token } = reader;
  if (token.tab && token.first && token.kind !== 'end') reader.tabbed.push(token);
}

/** A tab between `- ` and a map or list on its line, which is indentation as well. */
function noteTabAfterMark(reader: Reader, token: Token): void {
  if (token.tab && !token.first) reader.tabbed.push(token);
}

function missing(reader: Reader, at: number): Part {
  return whole(emptyScalar(reader, at));
}

function whole(node: Node): Part {
  return { node, span: node.span, isAlias: false };
}
