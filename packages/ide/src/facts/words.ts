/** `1 server`, `3 servers`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The first `most` of a list, and how many more there are. */
export function shortened(words: readonly string[], most: number): string {
  const left = words.length - most;
  return left > 0 ? `${words.slice(0, most).join(', ')} and ${left} more` : listed(words);
}

/** Text of the user's as code in Markdown: one line, without a backtick that would end it. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line === '' ? '` `' : `\`${line}\``;
}

/** A cell of a table in Markdown. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
