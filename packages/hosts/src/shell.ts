/** A word of a shell's, taken as it is. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_.:/@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
