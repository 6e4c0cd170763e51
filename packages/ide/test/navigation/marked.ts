import type { Span } from '@groundplan/diagnostics';

/** A text with marks: `«=name»` where it is declared, `«name»` where it is used, `⟨text⟩` what a rename adds. */
export interface Marked {
  readonly text: string;
  readonly places: readonly { readonly span: Span; readonly declares: boolean }[];
  /** The text in which the marked places say `newName`. */
  renamed(newName: string): string;
}

export function marked(source: string): Marked {
  const places: { span: Span; declares: boolean }[] = [];
  let text = '';
  let at = 0;
  for (const mark of source.matchAll(/«(=?)([^»]*)»|⟨[^⟩]*⟩/g)) {
    text += source.slice(at, mark.index);
    at = mark.index + mark[0].length;
    if (mark[0].startsWith('⟨')) continue;
    const start = text.length;
    text += mark[2];
    places.push({ span: { start, end: text.length }, declares: mark[1] === '=' });
  }
  text += source.slice(at);
  return {
    text,
    places,
    renamed: (newName) => source.replace(/«[^»]*»/g, newName).replace(/⟨([^⟩]*)⟩/g, '$1'),
  };
}
