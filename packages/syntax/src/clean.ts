import { withoutLeadingTabs } from './tabs.js';

/**
 * What no text holds: control characters (YAML 1.2, chapter 5.1), halves of UTF-16 pairs, and a byte order mark that is not at the
 * beginning, which nobody sees.
 */
export const notText = /[^\P{Cc}\t\n\r\u0085]|\p{Surrogate}|[\ufffe\uffff]|(?<!^)\ufeff/u;

/** The same text, offset by offset, in which a lone CR is the end of a line that it is; the lexer of `yaml` knows only LF and CRLF. */
export function withLineFeeds(text: string): string {
  return /\r(?!\n)/.test(text) ? text.replace(/\r(?!\n)/g, '\n') : text;
}

/** The same, without tabs in front of lines, and without control characters, some of which the lexer uses as marks of its own. */
export function clean(text: string): string {
  const lines = withoutLeadingTabs(withLineFeeds(text));
  return notText.test(lines) ? lines.replace(new RegExp(notText.source, 'gu'), '\ufffd') : lines;
}
