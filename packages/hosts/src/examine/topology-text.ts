import { type Diagnostic, type Result, report } from '@groundplan/diagnostics';
import { decode } from '@groundplan/syntax';

/** Bytes of a topology or a configuration that are read: a hundred times the largest ones that are known. */
export const mostTextBytes = 16 * 1024 * 1024;

/**
 * The text of a topology or a configuration; bytes that are no text, or far too many, give an empty text and a diagnostic. So it
 * is enough to read one byte more than {@link mostTextBytes}.
 */
export function topologyText(bytes: Uint8Array): Result<string> {
  return bytes.length > mostTextBytes ? { value: '', diagnostics: [tooLarge()] } : decode(bytes);
}

function tooLarge(): Diagnostic {
  return report('syntax/too-large', { start: 0, end: 0 }, { limit: '16 MiB' });
}
