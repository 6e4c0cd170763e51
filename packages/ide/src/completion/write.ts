import type { Edit } from '@groundplan/diagnostics';
import type { KeyCursor, ValueCursor } from '../cursor/index.js';
import type { CompletionItem } from '../results.js';
import { indentOf, lineStartAt } from '../tree/indentation.js';
import { text, type Writing, writeBlock, writeFlow, writeScalar } from './body.js';
import type { Context, KeyProposal, ValueProposal } from './context.js';

/*
 * Lines behind the first one are indented relative to the line that the edit is on, as far as it is indented before the cursor: what the
 * Language Server Protocol calls InsertTextMode.adjustIndentation. They end in LF.
 */

/** A value at the cursor; undefined where it cannot be written, such as a number inside quotes. */
export function valueItem(
  context: Context,
  cursor: ValueCursor,
  proposal: ValueProposal,
  order: number,
): CompletionItem | undefined {
  const { body, companions = [] } = proposal;
  const { quote, closed, lacks, word } = cursor;
  if (quote === 'block') return undefined;
  const isText = body.kind === 'scalar' && !body.raw;
  if (quote !== '' && (!isText || companions.length > 0)) return undefined;
  const writing = newWriting(context);
  const written =
    body.kind === 'scalar' && quote !== ''
      ? `${writeScalar(writing, body, quote)}${closed ? '' : quote}`
      : writeFlow(writing, body);
  const before = lacks === 'dash' ? `${padding(cursor)}- ` : lacks === 'space' ? ' ' : '';
  const beside = besideKey(writing, companions, cursor.style, behindDash(context, cursor));
  const additional: Edit[] = [...(proposal.additionalEdits ?? []), ...outdent(context, cursor)];
  if (lacks === 'colon' && cursor.keySpan !== undefined) {
    const { end } = cursor.keySpan;
    additional.push({ span: { start: end, end }, newText: ':' });
  }
  const newText = `${before}${written}${beside}${cursor.commaAfter ? ',' : ''}`;
  return item(proposal, { span: word, newText }, writing, additional, order);
}

/** Further keys of the same map, on lines of their own that are indented by `indent`, or behind a comma. */
function besideKey(
  writing: Writing,
  companions: NonNullable<KeyProposal['companions']>,
  style: 'block' | 'flow',
  indent: string,
): string {
  return companions
    .map(([key, value]) =>
      style === 'flow'
        ? `, ${writeScalar(writing, text(key))}: ${writeFlow(writing, value)}`
        : `\n${indent}${key}:${writeBlock(writing, value, `${indent}  `)}`,
    )
    .join('');
}

/** How much further right than its line a key stands: behind the dash of an item. */
function behindDash({ tree }: Context, { word, column }: KeyCursor | ValueCursor): string {
  const indent = indentOf(tree.text.slice(lineStartAt(tree.text, word.start))).length;
  return ' '.repeat(Math.max(0, column - indent));
}

/** A key at the cursor, with what it needs. */
export function keyItem(
  context: Context,
  cursor: KeyCursor,
  proposal: KeyProposal,
  order: number,
): CompletionItem | undefined {
  const { quote, closed, word, hasColon, hasValue, style } = cursor;
  const { options } = context;
  const writing = newWriting(context);
  const key = writeScalar(writing, proposal.key, quote === '' ? undefined : quote);
  const additional: Edit[] = [...(proposal.additionalEdits ?? []), ...outdent(context, cursor)];
  if (hasColon) return item(proposal, { span: word, newText: key }, writing, additional, order);
  if (cursor.commaBefore !== undefined) {
    additional.push({ span: { start: cursor.commaBefore, end: cursor.commaBefore }, newText: ',' });
  }
  const span = quote !== '' && closed ? { start: word.start, end: word.end + 1 } : word;
  const name = `${padding(cursor)}${key}${quote}`;
  const [lead, trail] = style === 'flow' ? besideBrackets(context.tree.text, span) : ['', ''];
  const comma = cursor.commaAfter ? ',' : '';
  const { body, companions = [] } = proposal;
  if (hasValue) return item(proposal, { span, newText: `${lead}${name}:` }, writing, additional, order);
  if (body === undefined) {
    // Without snippets the cursor stays behind what is written, where the value is to come first.
    const stop = options.snippets && `${comma}${trail}` !== '' ? `$1${comma}${trail}` : '';
    const newText = `${lead}${name}: ${stop}`;
    const made = item({ ...proposal, continues: true }, { span, newText }, writing, additional, order);
    return stop === '' || made === undefined ? made : { ...made, snippet: true };
  }
  const isOneLine = style === 'flow' || cursor.column > cursor.wantedColumn;
  const value = isOneLine
    ? ` ${writeFlow(writing, body)}`
    : writeBlock(writing, body, `${padding(cursor)}${behindKeyDash(context, cursor)}  `);
  // Lines that are moved as a whole afterwards cannot have others of the same depth behind them.
  if (isOneLine && style === 'block' && companions.length > 0) return undefined;
  const beside = besideKey(writing, companions, style, `${padding(cursor)}${behindKeyDash(context, cursor)}`);
  const newText = `${lead}${name}:${value}${beside}${comma}${trail}`;
  return item(proposal, { span, newText }, writing, additional, order);
}

/** Behind a dash the lines below begin further right than the line's indentation says. */
function behindKeyDash(context: Context, cursor: KeyCursor): string {
  const { text } = context.tree;
  const isBehindDash = /^\s*-/.test(text.slice(lineStartAt(text, cursor.word.start), cursor.word.start));
  return isBehindDash ? behindDash(context, cursor) : '';
}

function newWriting({ tree, options }: Context): Writing {
  const { root, text } = tree;
  const json = root?.flow === true && /^\{\s*"/.test(text.slice(root.span.start));
  return { snippet: options.snippets, choices: options.choices !== false, json, slots: 0, links: new Map() };
}

/** What is missing before the word to bring it to its column. */
function padding({ column, wantedColumn }: KeyCursor | ValueCursor): string {
  return ' '.repeat(Math.max(0, wantedColumn - column));
}

/** The blanks that stand before the word and should not. */
function outdent({ tree }: Context, { column, wantedColumn, word, style }: KeyCursor | ValueCursor): Edit[] {
  const surplus = style === 'flow' ? 0 : column - wantedColumn;
  const start = word.start - surplus;
  const isBlank = surplus > 0 && tree.text.slice(start, word.start).trim() === '';
  return isBlank ? [{ span: { start, end: word.start }, newText: '' }] : [];
}

/** The blanks that belong between a brace and a key. */
function besideBrackets(
  text: string,
  span: { readonly start: number; readonly end: number },
): readonly [string, string] {
  return [/[{,]/.test(text[span.start - 1] ?? '') ? ' ' : '', text[span.end] === '}' ? ' ' : ''];
}

function item(
  {
    label,
    kind,
    detail,
    documentation,
    filterText,
    rank = 5,
    deprecated,
    preselect,
    continues,
  }: KeyProposal | ValueProposal,
  edit: Edit,
  writing: Writing,
  additionalEdits: readonly Edit[],
  order: number,
): CompletionItem | undefined {
  if (additionalEdits.some((each) => clashes(each, edit))) return undefined;
  return {
    label,
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation }),
    edit: writing.slots > 0 || !writing.snippet ? edit : { ...edit, newText: unescaped(edit.newText) },
    ...(writing.slots > 0 ? { snippet: true as const } : {}),
    ...(additionalEdits.length > 0 ? { additionalEdits } : {}),
    sortText: `${rank}${String(order).padStart(4, '0')}`,
    ...(filterText === undefined || filterText === label ? {} : { filterText }),
    ...(deprecated ? { deprecated } : {}),
    ...(preselect ? { preselect } : {}),
    ...(continues ? { continues } : {}),
  };
}

/** Edits that are applied together may not insert in one place, nor overlap. */
function clashes({ span }: Edit, main: Edit): boolean {
  if (span.start === span.end) return main.span.start <= span.start && span.start <= main.span.end;
  return span.start < main.span.end && main.span.start < span.end;
}

/** Without a place to fill in it is no snippet, so that nothing in it is escaped. */
function unescaped(text: string): string {
  return text.replace(/\\([\\$}])/g, '$1');
}
