import { catalogue, documentationUrl, type Entry, isCode, touches } from '@groundplan/diagnostics';
import type { Hover } from '../results.js';
import type { Facts } from '../snapshot.js';
import { blocks } from './markdown.js';

/** The page of a code that a comment ignores. */
export function suppressionHover({ tree }: Facts, offset: number): Hover | undefined {
  for (const { codes, span } of tree.suppressions) {
    if (offset < span.start || span.end < offset) continue;
    const named = codes.find((each) => touches(each.span, offset));
    return named && isCode(named.code) ? { span: named.span, markdown: codePage(named.code) } : undefined;
  }
  return undefined;
}

/** What a diagnostic is about, by its code. */
export function codePage(code: keyof typeof catalogue): string {
  const { severity, title, docs } = catalogue[code] as Entry<never>;
  return blocks(`**\`${code}\`** · ${severity} · ${title}`, docs, `[${code}](${documentationUrl(code)})`);
}
