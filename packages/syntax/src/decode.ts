import { type Diagnostic, type Result, report } from '@groundplan/diagnostics';

/**
 * The text of a file: UTF-8, without its byte order mark if it has one, so that offsets count from the first character. Bytes that
 * are no text (UTF-16, NUL, invalid UTF-8) give an empty text and `syntax/encoding` that says where.
 */
export function decode(bytes: Uint8Array): Result<string> {
  const found = utf16(bytes) ?? binary(bytes);
  if (found !== undefined) return refuse(found);
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostics: [] };
  } catch {
    return refuse(`byte ${positionOf(bytes, firstInvalid(bytes))} is not UTF-8`);
  }
}

function refuse(found: string): { value: string; diagnostics: Diagnostic[] } {
  return { value: '', diagnostics: [report('syntax/encoding', { start: 0, end: 0 }, { found })] };
}

/** By the byte order mark, or by the NUL bytes that ASCII in UTF-16 has at every second place. */
function utf16(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return 'the file is UTF-16 (little endian)';
  if (first === 0xfe && second === 0xff) return 'the file is UTF-16 (big endian)';
  if (first !== undefined && first !== 0 && second === 0 && third !== 0 && fourth === 0) {
    return 'the file is UTF-16 (little endian)';
  }
  if (first === 0 && second !== undefined && second !== 0 && third === 0) return 'the file is UTF-16 (big endian)';
  return undefined;
}

function binary(bytes: Uint8Array): string | undefined {
  const at = bytes.indexOf(0);
  return at < 0 ? undefined : `byte ${positionOf(bytes, at)} is NUL, as in a binary file`;
}

function positionOf(bytes: Uint8Array, offset: number): string {
  let line = 1;
  for (let at = 0; at < offset; at++) if (bytes[at] === 10) line++;
  return `${offset + 1} (line ${line})`;
}

/** The offset of the first byte that belongs to no character of UTF-8 (RFC 3629). */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  const continues = (from: number, to: number) => {
    for (let index = from; index < to; index++) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return false;
    return true;
  };
  if (first >= 0xc2 && first <= 0xdf) return continues(1, 2) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0;
    return continues(1, 3) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0;
    return continues(1, 4) ? 4 : 0;
  }
  return 0;
}
