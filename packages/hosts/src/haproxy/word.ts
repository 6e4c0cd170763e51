/**
 * A word of HAProxy's configuration: as it is where that is safe, else between single quotes, in which nothing has a meaning but
 * the quote itself (configuration.txt, "Quoting and escaping").
 */
export function word(text: string): string {
  return /^[A-Za-z0-9_.:/@,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
