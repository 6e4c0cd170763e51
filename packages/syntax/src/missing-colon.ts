import type { Span } from '@groundplan/diagnostics';
import { addEntry, type MapBuilder, type Part } from './map-builder.js';
import type { Scalar } from './nodes.js';
import { broken, insertion, replacement, shown } from './problems.js';
import { type Reader, textOf } from './reader.js';
import { scalarOfPart } from './scalars.js';
import type { Token } from './tokens.js';

/** A key in front of a colon without a space, an equals sign, or only a space. */
const glued = /^([A-Za-z_][\w.-]*):(?!\/\/)(?=\S)/;
const equals = /^([A-Za-z_][\w.-]*)\s*=\s*/;
const apart = /^(\S+)[ \t]+(?=\S)/;

/**
 * Makes the best of a line without `: `. What looks like a key and a value becomes an entry, so that the value is checked as it was
 * meant; a lone word is kept apart, as a key that is being typed.
 */
export function withoutColon(reader: Reader, builder: MapBuilder, token: Token, node: Scalar): void {
  const source = textOf(reader, token);
  const start = token.start;
  const [whole, key] =
    (node.style === 'plain' ? (glued.exec(source) ?? equals.exec(source) ?? apart.exec(source)) : null) ?? [];
  if (whole === undefined || key === undefined) {
    reportMissingColon(reader, token, token);
    builder.incomplete.push(node);
    return;
  }
  const keySpan = { start, end: start + key.length };
  if (glued.test(source)) {
    const colon = { start: keySpan.end, end: keySpan.end + 1 };
    broken(reader, token, 'syntax/missing-space', colon, { key }, insertion('Add a space', colon.end, ' '));
  } else if (equals.test(source)) {
    const sign = { start: keySpan.end, end: start + whole.length };
    broken(
      reader,
      token,
      'syntax/missing-colon',
      keySpan,
      { key, equals: true },
      replacement('Write a colon', sign, ': '),
    );
  } else reportMissingColon(reader, token, keySpan);
  const valueSpan = { start: start + whole.length, end: token.end };
  const value = scalarOfPart(reader, valueSpan);
  addEntry(reader, builder, part(scalarOfPart(reader, keySpan)), part(value));
}

/** Reports the key at `span`, which has no colon after it. */
export function reportMissingColon(reader: Reader, token: Token, { start, end }: Span): void {
  const key = shown(textOf(reader, { start, end }));
  broken(reader, token, 'syntax/missing-colon', { start, end }, { key }, insertion('Add the colon', end, ':'));
}

function part(node: Scalar): Part {
  return { node, span: node.span, isAlias: false };
}
