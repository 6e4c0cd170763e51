const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for SVG, as content or between quotes. What XML 1.0 cannot hold at all becomes U+FFFD. */
export function escapeXml(text: string): string {
  return isPlain.test(text) ? text : escaped(text);
}

const isPlain = /^[ !#-%(-;=?-~\u00A0-\uD7FF]*$/;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character).replace(forbidden, '\uFFFD');
}

/** Control characters, lone surrogates and the two non-characters (https://www.w3.org/TR/xml/#charsets). */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** A coordinate: at most two decimals, so that every machine writes the same. */
export function coordinate(value: number): string {
  return Number.isInteger(value) ? `${value}` : `${Math.round(value * 100) / 100}`;
}
