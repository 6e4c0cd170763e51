import { indented, joined, type Placeholder, type Text, type TextPart } from './text.js';

type Value = string | number | Placeholder | Text;

/**
 * A file as it will be read: a backslash is a backslash, but for one before a backtick or `${`, and the line break after the
 * opening backtick is not part of it. A text that is alone on its line is a block: each of its lines gets that line's
 * indentation. An empty block takes its line away, and one of two blank lines.
 */
export function text(strings: TemplateStringsArray, ...values: readonly Value[]): TextPart[] {
  const parts: TextPart[] = [];
  let startsLine = true;
  strings.raw.forEach((raw, index) => {
    const written = raw.replace(/\\(`|\$\{)/g, '$1');
    const piece = startsLine ? written.replace(/^\n/, '') : written;
    const indent = (startsLine ? /(?:^|\n)([ \t]*)$/ : /\n([ \t]*)$/).exec(piece)?.[1];
    startsLine = false;
    const value = values[index];
    if (value === undefined) {
      parts.push(piece);
    } else if (indent !== undefined && isBlock(value) && endsLine(strings, index)) {
      const block = withoutLastBreak(joined(partsOf(value)));
      startsLine = block.length === 0;
      parts.push(piece.slice(0, piece.length - indent.length), ...indented(block, indent));
      if (startsLine && /^\n(\n|$)/.test(strings[index + 1] ?? '')) dropBlankLine(parts);
    } else {
      parts.push(piece, ...partsOf(value));
    }
  });
  return joined(parts);
}

/** Texts with a blank line between them. */
export function separated(texts: readonly Text[]): Text {
  return texts.flatMap((each, index) => (index === 0 ? each : ['\n', ...each]));
}

/** Of two blank lines one is enough. */
function dropBlankLine(parts: TextPart[]): void {
  const text = joined(parts);
  const last = text.at(-1);
  if (typeof last !== 'string' || !last.endsWith('\n\n')) return;
  parts.splice(0, parts.length, ...text.slice(0, -1), last.slice(0, -1));
}

function isBlock(value: Value): value is string | Text {
  return typeof value === 'string' || Array.isArray(value);
}

/** Whether nothing follows the value on its line. */
function endsLine(strings: TemplateStringsArray, index: number): boolean {
  const next = strings[index + 1] ?? '';
  return next.startsWith('\n') || (next === '' && index + 2 === strings.length);
}

function partsOf(value: Value): Text {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return [value];
  return isText(value) ? value : [value];
}

function isText(value: Placeholder | Text): value is Text {
  return Array.isArray(value);
}

function withoutLastBreak(parts: readonly TextPart[]): TextPart[] {
  const last = parts.at(-1);
  return typeof last === 'string' ? joined([...parts.slice(0, -1), last.replace(/\n$/, '')]) : [...parts];
}
