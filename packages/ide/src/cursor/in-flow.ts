import type { Flow, Lexeme } from './flow.js';
import { inScalar } from './in-scalar.js';
import type { Path } from './levels.js';
import type { Cursor } from './types.js';

type ScalarLexeme = Extract<Lexeme, { kind: 'scalar' }>;

interface Frame {
  readonly isMap: boolean;
  key: ScalarLexeme | undefined;
  afterColon: boolean;
  index: number;
  readonly keys: ScalarLexeme[];
}

/** Where the walk over the brackets met the cursor. */
interface Met {
  readonly text: string;
  readonly offset: number;
  readonly frame: Frame;
  readonly key: ScalarLexeme | undefined;
  readonly afterColon: boolean;
  readonly path: Path;
  readonly before: Lexeme | undefined;
  /** The scalar that the cursor is in or beside. */
  readonly touched: ScalarLexeme | undefined;
  readonly after: Lexeme | undefined;
  /** Whether what follows is a key, with its colon. */
  readonly isKeyAfter: boolean;
}

/** The cursor in the collection in brackets that is the value at `base`. */
export function inFlow(text: string, flow: Flow, base: Path, offset: number): Cursor {
  const met = offset <= flow.start || (flow.closed && offset >= flow.end) ? undefined : walk(text, flow, base, offset);
  return (met && atPlace(met)) ?? { place: 'none', offset };
}

/** Walks to the cursor, and on to the end of the map or list that it is in, for the keys that follow. */
function walk(text: string, flow: Flow, base: Path, offset: number): Met | undefined {
  const lexemes = [...flow.lexemes];
  const frames: Frame[] = [];
  let met: Met | undefined;
  for (let index = 0; index <= lexemes.length; index++) {
    const top = frames.at(-1);
    const lexeme = lexemes[index];
    if (lexeme?.kind === 'scalar' && top?.isMap && !top.afterColon) splitGlued(text, lexemes, index, lexeme);
    const here = lexemes[index];
    const isHere = here === undefined || offset <= (here.kind === 'scalar' ? here.end : here.start);
    if (met === undefined && isHere) {
      if (top === undefined) return undefined;
      const touched = here?.kind === 'scalar' && here.start <= offset ? here : undefined;
      const path = frames.map((each) => (each.isMap ? keyText(text, each.key) : each.index));
      met = {
        ...{ text, offset, frame: top, key: top.key, afterColon: top.afterColon, path: [...base, ...path] },
        ...{ before: lexemes[index - 1], touched, after: touched === undefined ? here : lexemes[index + 1] },
        isKeyAfter: lexemes[touched === undefined ? index + 1 : index + 2]?.kind === ':',
      };
    }
    if (here !== undefined) step(frames, here);
    if (met !== undefined && !frames.includes(met.frame)) break;
  }
  return met;
}

function step(frames: Frame[], lexeme: Lexeme): void {
  const top = frames.at(-1);
  switch (lexeme.kind) {
    case '{':
    case '[':
      frames.push({ isMap: lexeme.kind === '{', key: undefined, afterColon: false, index: 0, keys: [] });
      break;
    case '}':
    case ']':
      frames.pop();
      break;
    case ',':
      if (top === undefined) break;
      top.key = undefined;
      top.afterColon = false;
      top.index++;
      break;
    case ':':
      if (top !== undefined) top.afterColon = true;
      break;
    case 'scalar':
      if (!top?.isMap || top.afterColon) break;
      top.key = lexeme;
      top.keys.push(lexeme);
      break;
  }
}

/** Divides `mode:acme`, where the blank behind the colon is missing. */
function splitGlued(text: string, lexemes: Lexeme[], index: number, lexeme: ScalarLexeme): void {
  const source = text.slice(lexeme.start, lexeme.end);
  const key = lexeme.quote === '' ? /^([A-Za-z_][\w.-]*):(?!\/\/)(?=\S)/.exec(source)?.[1] : undefined;
  if (key === undefined || lexemes[index + 1]?.kind === ':') return;
  const end = lexeme.start + key.length;
  lexemes.splice(index, 1, { ...lexeme, end }, { kind: ':', start: end, end: end + 1 }, { ...lexeme, start: end + 1 });
}

function keyText(text: string, key: ScalarLexeme | undefined): string {
  if (key === undefined) return '';
  const source = text.slice(key.start, key.end);
  return key.quote === '' ? source : source.slice(1, key.closed ? -1 : undefined);
}

function atPlace(met: Met): Cursor | undefined {
  const { text, offset, frame, afterColon, before, touched, after } = met;
  const isComplete = before !== undefined && !'{[,:'.includes(before.kind);
  if (touched === undefined && isComplete) {
    // Behind something complete only a comma can follow; on a line of its own it is the next entry.
    const isNewLine = text.slice(before.end, offset).includes('\n');
    return isNewLine && frame.isMap && afterColon ? atKey(met, before.end) : undefined;
  }
  if (frame.isMap && !afterColon) return atKey(met, touched !== undefined && isComplete ? before.end : undefined);
  // The value is there already, behind the cursor.
  if (touched === undefined && frame.isMap && needsComma(after) && !met.isKeyAfter) return undefined;
  return touched === undefined && (after?.kind === '{' || after?.kind === '[') ? undefined : atValue(met);
}

function atKey(
  { text, offset, frame, path, touched, after }: Met,
  commaBefore: number | undefined,
): Cursor | undefined {
  const scalar = touched && inScalar(text, touched, offset);
  if (touched !== undefined && scalar === undefined) return undefined;
  const hasColon = touched !== undefined && after?.kind === ':';
  return {
    place: 'key',
    offset,
    style: 'flow',
    word: scalar?.word ?? { start: offset, end: offset },
    typed: scalar?.typed ?? '',
    path: path.slice(0, -1),
    keys: frame.keys.filter((key) => key !== touched).map((key) => keyText(text, key)),
    quote: scalar?.quote ?? '',
    closed: scalar?.closed ?? true,
    hasColon,
    hasValue: hasColon,
    column: 0,
    wantedColumn: 0,
    fresh: false,
    commaBefore,
    commaAfter: needsComma(after) && !hasColon,
  };
}

function atValue({ text, offset, key, path, before, touched, after }: Met): Cursor | undefined {
  const empty = { start: offset, end: offset };
  const nothing = { word: empty, typed: '', quote: '', closed: true, interpolation: undefined, scalar: empty } as const;
  const scalar = touched === undefined ? nothing : inScalar(text, touched, offset);
  if (scalar === undefined) return undefined;
  return {
    place: 'value',
    offset,
    style: 'flow',
    ...scalar,
    path,
    keySpan: key && { start: key.start, end: key.end },
    hasBlock: false,
    lacks: before?.kind === ':' && before.end === scalar.scalar.start ? 'space' : '',
    column: 0,
    wantedColumn: 0,
    inItem: false,
    commaAfter: needsComma(after),
  };
}

function needsComma(after: Lexeme | undefined): boolean {
  return after !== undefined && after.start !== after.end && !',}]'.includes(after.kind);
}
