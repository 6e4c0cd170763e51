import type { Host } from '@groundplan/model';

/** A piece of text, or a host: then its public IPv4 address stands there, which is known only when the host is made. */
export type TextPart = string | Host;

export type Text = readonly TextPart[];

/** The longest an IPv4 address gets. */
const longestAddress = '255.255.255.255';

/** Each line of the text behind `indent`; empty lines stay empty. */
export function indented(text: Text, indent: string): TextPart[] {
  let atLineStart = true;
  return text.map((part) => {
    if (typeof part !== 'string') {
      atLineStart = false;
      return part;
    }
    const lines = part.split('\n');
    const shown = lines.map((line, index) => (line !== '' && (index > 0 || atLineStart) ? indent + line : line));
    atLineStart = part === '' ? atLineStart : part.endsWith('\n');
    return shown.join('\n');
  });
}

/** Neighbouring pieces of text joined, so that equal texts are equal values. */
export function joined(text: Text): TextPart[] {
  const parts: TextPart[] = [];
  for (const part of text) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

/** The text with every address as long as it can get. */
export function longestForm(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : longestAddress)).join('');
}
