/**
 * Keeps text away from cdktn while it synthesises. cdktn looks for its own tokens in every string and every key
 * (`${TfToken[…]}`, anything that resembles `1e10`, the words of its constants), so that text of a topology could be taken for
 * one. Such text, and every expression, goes in as a mark of two private characters around a number, and comes out as it was.
 */
export interface RawText {
  /** What to hand to cdktn for `text`, which is to appear in the output exactly as it is. */
  protect(text: string): string;
  /** The text of a mark; anything else is returned as it is. */
  restore(text: string): string;
}

const open = '\u{E000}';
const close = '\u{E001}';
const suspicious = /[$%#&]\{|[-|.+\d]e[-|.+\deE]|Map Token|[\u{E000}\u{E001}]/u;

/** Of this length on, a mark costs less than the search through the text. */
const long = 256;

export function createRawText(): RawText {
  const texts: string[] = [];
  const known = new Map<string, string>();
  return {
    protect(text) {
      if (text.length < long && !suspicious.test(text)) return text;
      const before = known.get(text);
      if (before !== undefined) return before;
      const mark = `${open}${texts.push(text) - 1}${close}`;
      known.set(text, mark);
      return mark;
    },
    restore(text) {
      if (!text.startsWith(open)) return text;
      return texts[Number(text.slice(1, -1))] ?? text;
    },
  };
}
