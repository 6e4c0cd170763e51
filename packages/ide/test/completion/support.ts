import type { Edit } from '@groundplan/diagnostics';
import { complete } from '../../src/completion/complete.js';
import type { CompletionItem } from '../../src/results.js';
import { applied } from '../support/apply.js';
import { snapshotOf } from '../support/snapshot-of.js';

/** The folder that topologies of these tests are in. */
const folders: Readonly<Record<string, readonly string[]>> = {
  '': ['id.pub', 'keys/', 'scripts/', 'secrets.age', 'topology.yaml'],
  keys: ['dev.pub', 'ops.pub', 'README'],
  scripts: ['worker.sh'],
};

export function listFiles(folder: string): readonly string[] {
  return folders[folder] ?? [];
}

/** A text whose `▮` is where the cursor is. */
export function marked(text: string): { readonly text: string; readonly offset: number } {
  const offset = text.indexOf('▮');
  if (offset < 0) throw new Error('the text has no cursor');
  return { text: text.slice(0, offset) + text.slice(offset + 1), offset };
}

/** What is proposed at `▮`, in the order in which an editor shows it. */
export function completionsAt(
  source: string,
  { snippets = true, choices = true, asksAgain = false, folderName = 'my files' } = {},
): readonly CompletionItem[] {
  const { text, offset } = marked(source);
  const items = complete(snapshotOf(text), offset, { snippets, choices, asksAgain, folderName, listFiles });
  return [...items].sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0));
}

export interface Inserted {
  readonly text: string;
  /** Where the new text stands. */
  readonly start: number;
  readonly end: number;
  /** Where the cursor is then. */
  readonly cursor: number;
}

/** Which of the words of a choice a person takes. */
export type Choose = (choices: readonly string[]) => string;

const theFirst: Choose = ([first = '']) => first;

/** The words of `a,b\,c`. */
function choicesIn(list: string): readonly string[] {
  return (list.match(/(?:\\.|[^\\,])+/g) ?? []).map((each) => each.replace(/\\(.)/g, '$1'));
}

/**
 * A text after a completion as an editor makes it: with lines behind the first indented like the line that it is on, and the places of
 * a snippet filled with what stands in them.
 */
export function accept(
  text: string,
  { edit, snippet, additionalEdits = [] }: CompletionItem,
  choose: Choose = theFirst,
): Inserted {
  const lineStart = text.lastIndexOf('\n', edit.span.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, edit.span.start))?.[0] ?? '';
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const adjusted = edit.newText.replaceAll('\n', `${lineBreak}${indent}`);
  const { newText, stop } = snippet === true ? filled(adjusted, choose) : { newText: adjusted, stop: adjusted.length };
  const edits: readonly Edit[] = [...additionalEdits, { span: edit.span, newText }].sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  );
  const before = edits.filter(({ span }) => span.start < edit.span.start || span.end < edit.span.end);
  const shift = before
    .filter((each) => each.span !== edit.span)
    .reduce((sum, { span, newText: added }) => sum + added.length - (span.end - span.start), 0);
  const start = edit.span.start + shift;
  return { text: applied(text, edits), start, end: start + newText.length, cursor: start + stop };
}

/** A snippet with its places filled, those of one number alike; the cursor is in the first one that is empty, else at the end. */
function filled(snippet: string, choose: Choose): { readonly newText: string; readonly stop: number } {
  let newText = '';
  let stop: number | undefined;
  let at = 0;
  const places = new Map<string, string>();
  const fill = (number: string, value: string) => {
    places.set(number, value);
    newText += value;
  };
  while (at < snippet.length) {
    const rest = snippet.slice(at);
    const bare = /^\$(\d+)/.exec(rest);
    const place = /^\$\{(\d+):((?:\\.|[^\\}])*)\}/.exec(rest);
    const chosen = /^\$\{(\d+)\|((?:\\.|[^\\|])*)\|\}/.exec(rest);
    if (rest[0] === '\\') newText += rest[1] ?? '';
    else if (chosen !== null) fill(chosen[1] ?? '', choose(choicesIn(chosen[2] ?? '')));
    else if (place !== null) fill(place[1] ?? '', (place[2] ?? '').replace(/\\(.)/g, '$1'));
    else if (bare !== null) {
      const known = places.get(bare[1] ?? '');
      if (known === undefined) stop ??= newText.length;
      else newText += known;
    } else newText += rest[0];
    at += rest[0] === '\\' ? 2 : (chosen ?? place ?? bare ?? [' '])[0].length;
  }
  return { newText, stop: stop ?? newText.length };
}

/** The labels of what is proposed; what is struck out has a `†` behind it. */
export function labelsAt(source: string, options = {}): readonly string[] {
  return completionsAt(source, options).map(({ label, deprecated }) => (deprecated ? `${label} †` : label));
}

/** The text after the proposal of that label, with the cursor where it is then. */
export function acceptedAt(source: string, label: string, options = {}): string {
  const { text } = marked(source);
  const item = completionsAt(source, options).find((each) => each.label === label);
  if (item === undefined) throw new Error(`${label} is not proposed`);
  const { text: result, cursor } = accept(text, item);
  return `${result.slice(0, cursor)}▮${result.slice(cursor)}`;
}
