/** Escape sequences, controls, and marks that turn the direction of text: shown as they are, they could rewrite what is on the screen. */
const unsafe = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** The text with a visible sign for each character that a terminal would act on, one for one; a tab becomes a space. */
export function visible(text: string): string {
  return text.replace(unsafe, signFor);
}

/** The sign of a control character from Unicode's block "Control Pictures", or the replacement character. */
function signFor(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 9) return ' ';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
