/** A text without its mark `|`, and where the mark was. */
export function unmarked(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  if (offset < 0) throw new Error('the text has no mark');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
