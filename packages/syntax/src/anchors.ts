import type { Node, Scalar } from './nodes.js';
import { add, broken, replacement } from './problems.js';
import { type Anchor, advance, expansionLimit, type Reader, textOf } from './reader.js';
import type { Token } from './tokens.js';

/** The anchor and the tag in front of a value. */
export interface Properties {
  readonly token: Token;
  readonly anchor: Anchor | undefined;
  /** True for the tags that make text of anything. */
  readonly text: boolean;
  /** What the reader had counted before the value. */
  readonly sizeBefore: number;
  readonly end: number;
}

/** Reads what stands of `&anchor` and `!tag` on this line before a value. */
export function readProperties(reader: Reader): Properties | undefined {
  const { token } = reader;
  if (!isProperty(token)) return undefined;
  let anchor: Anchor | undefined;
  let text = false;
  let { end } = token;
  while (isProperty(reader.token) && (reader.token === token || !reader.token.first)) {
    const property = advance(reader);
    end = property.end;
    if (property.kind === 'tag') text = readTag(reader, property) || text;
    else anchor = readAnchor(reader, property, anchor);
    const { token: after } = reader;
    if (!after.first && !after.gap && !endsFlowValue(after)) {
      broken(reader, property, 'syntax/invalid-yaml', after, { reason: 'a space is missing after an anchor or a tag' });
    }
  }
  if (reader.token.kind === 'alias' && !reader.token.first) {
    const reason = 'an alias has the anchor of the value that it repeats, and none of its own';
    broken(reader, token, 'syntax/invalid-yaml', { start: token.start, end }, { reason });
  }
  return { token, anchor, text, sizeBefore: reader.size, end };
}

function endsFlowValue({ kind }: Token): boolean {
  return kind === ',' || kind === '}' || kind === ']' || kind === 'end';
}

function isProperty({ kind }: Token): boolean {
  return kind === 'anchor' || kind === 'tag';
}

function readTag(reader: Reader, token: Token): boolean {
  const tag = textOf(reader, token);
  const { token: after } = reader;
  const end = after.first ? token.end : Math.max(token.end, after.start);
  add(reader, 'syntax/tag', token, { tag }, replacement(`Remove ${tag}`, { start: token.start, end }, ''));
  return tag === '!!str' || tag === '!';
}

function readAnchor(reader: Reader, token: Token, before: Anchor | undefined): Anchor {
  const name = textOf(reader, token).slice(1);
  if (before !== undefined || name === '') {
    const reason = name === '' ? 'an anchor needs a name after "&"' : 'a value can have one anchor only: remove one';
    broken(reader, token, 'syntax/invalid-yaml', token, { reason });
  }
  const anchor: Anchor = { node: undefined, size: 0 };
  reader.anchors.set(name, anchor);
  return anchor;
}

/** Gives the anchor, if there is one, to the value that has been read. */
export function finish(reader: Reader, properties: Properties | undefined, node: Node): Node {
  if (properties === undefined) return node;
  const made: Node =
    properties.text && node.kind === 'scalar' && typeof node.value !== 'string'
      ? { ...node, value: node.source }
      : node;
  if (properties.anchor !== undefined) {
    properties.anchor.node = made;
    properties.anchor.size = reader.size - properties.sizeBefore;
  }
  return made;
}

/** The value that the alias stands for; nothing when it stands for none, or for too much. */
export function readAlias(reader: Reader): Node {
  const token = advance(reader);
  const name = textOf(reader, token).slice(1);
  const anchor = reader.anchors.get(name);
  if (anchor?.node === undefined) {
    add(reader, anchor === undefined ? 'syntax/unknown-alias' : 'syntax/cyclic-alias', token, { name });
    return unresolved(reader, token);
  }
  if (!expand(reader, token, anchor.size - 1)) return unresolved(reader, token);
  reader.size += anchor.size;
  return anchor.node;
}

/** Counts values that are written elsewhere; false when they are too many. */
export function expand(reader: Reader, at: { readonly start: number; readonly end: number }, size: number): boolean {
  if (reader.expanded > expansionLimit && size > 0) return false;
  reader.expanded += size;
  if (reader.expanded <= expansionLimit) return true;
  add(reader, 'syntax/alias-expansion', { start: at.start, end: at.end }, { limit: expansionLimit });
  return false;
}

function unresolved(reader: Reader, { start, end }: Token): Scalar {
  reader.size += 1;
  return { kind: 'scalar', span: { start, end }, value: null, source: textOf(reader, { start, end }), style: 'plain' };
}

/** True for what stands in the tree where an alias could not be followed; that has been reported. */
export function isUnresolved(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null && node.source.startsWith('*');
}
