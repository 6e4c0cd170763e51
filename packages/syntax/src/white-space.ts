/** YAML's white space is narrower than JavaScript's: a no-break space or a byte order mark is text like any other. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

/** Where the text ends when the white space behind it is left out. */
export function contentEnd(text: string): number {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/** Where the text begins, from `from` on, when white space is passed over. */
export function contentStart(text: string, from = 0): number {
  let start = from;
  while (start < text.length && isSpace(text.charCodeAt(start))) start++;
  return start;
}

export function withoutTrailingSpace(text: string): string {
  return text.slice(0, contentEnd(text));
}

export function isBlank(text: string): boolean {
  return contentEnd(text) === 0;
}
