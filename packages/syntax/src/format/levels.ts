import type { Atom } from './atoms.js';

/** A map or list that is open: the column of its entries as they are written, and as they will be. */
interface Level {
  readonly kind: 'map' | 'list';
  readonly old: number;
  readonly indent: number;
}

/** Follows the nesting of a text, and tells where each line begins. */
export interface Levels {
  /** How far a line is indented that begins with the token `at`. */
  lineOf(at: number): number;
  /** The same for a comment on a line of its own, before the lines that `lineOf` has not been asked about. */
  commentOf(comment: Atom, next: Atom | undefined, nextIndent: number): number;
  /** Tells of every token, after `lineOf`. */
  pass(at: number): void;
  /** How far the lines of a value are indented that goes on over several lines. */
  continuation(): number;
  /** The column, as written, of the innermost map or list: what a block's own indentation counts from. */
  parentColumn(): number;
  /** The same column as it will be. */
  parentIndent(): number;
}

const step = 2;

export function levelsOf(atoms: readonly Atom[]): Levels {
  const levels: Level[] = [];
  let depth = 0;
  let flowBase = 0;
  let afterBody = false;
  /** The levels as they were before the token that was asked about last. */
  let before: readonly Level[] = [];

  const top = () => levels.at(-1);
  const deeper = () => (top() === undefined ? 0 : (top()?.indent ?? 0) + step);

  function enter(kind: 'map' | 'list', old: number, indent: number): number {
    levels.push({ kind, old, indent });
    return indent;
  }

  /** The first token of a map's entry or of a list's item, at the beginning of a line. */
  function lineOfEntry(kind: 'map' | 'list', old: number): number {
    while ((top()?.old ?? -1) > old) levels.pop();
    if (kind === 'map' && top()?.kind === 'list' && top()?.old === old) levels.pop();
    const level = top();
    return level?.old === old && level.kind === kind ? level.indent : enter(kind, old, deeper());
  }

  function lineOf(at: number): number {
    const atom = atoms[at];
    before = [...levels];
    if (atom === undefined) return 0;
    if (depth > 0) return flowBase + step * (atom.kind === '}' || atom.kind === ']' ? depth - 1 : depth);
    if (atom.kind === '---' || atom.kind === '...' || atom.kind === 'directive') {
      levels.length = 0;
      return 0;
    }
    const kind = entryKind(atoms, at);
    return kind === undefined ? deeper() : lineOfEntry(kind, atom.column);
  }

  function commentOf(comment: Atom, next: Atom | undefined, nextIndent: number): number {
    if (depth > 0) return flowBase + step * depth;
    if (next !== undefined && comment.column <= next.column) return nextIndent;
    const level = before.findLast(({ old }) => old <= comment.column);
    if (level === undefined) return nextIndent;
    const isInside = level === before.at(-1) && level.old < comment.column && !afterBody;
    return level.indent + (isInside ? step : 0);
  }

  function pass(at: number): void {
    const atom = atoms[at];
    if (atom === undefined) return;
    afterBody = atom.kind === 'body';
    switch (atom.kind) {
      case '{':
      case '[':
        if (depth === 0) flowBase = atom.first ? deeper() : (top()?.indent ?? 0);
        depth++;
        return;
      case '}':
      case ']':
        depth--;
        return;
      case '-':
      case '?':
      case ':':
        if (depth === 0) passMark(at, atom);
        return;
      default:
    }
  }

  /** A map or a list may begin on the line of the dash, the question mark or the leading colon that holds it. */
  function passMark(at: number, mark: Atom): void {
    const next = atoms[at + 1];
    if (mark.kind === ':' && !mark.first) return;
    if (next === undefined || next.first) return;
    const kind = entryKind(atoms, at + 1);
    if (kind !== undefined) enter(kind, next.column, (top()?.indent ?? 0) + step);
  }

  return {
    lineOf,
    commentOf,
    pass,
    continuation: () => (depth > 0 ? flowBase + step * (depth + 1) : deeper()),
    parentColumn: () => top()?.old ?? 0,
    parentIndent: () => top()?.indent ?? 0,
  };
}

/** What an atom begins: the item of a list, the entry of a map, or neither. */
function entryKind(atoms: readonly Atom[], from: number): 'map' | 'list' | undefined {
  let at = from;
  while (atoms[at]?.kind === 'anchor' || atoms[at]?.kind === 'tag') {
    at++;
    if (atoms[at]?.first) return undefined;
  }
  switch (atoms[at]?.kind) {
    case '-':
      return 'list';
    case '?':
    case ':':
      return 'map';
    case 'plain':
    case 'single':
    case 'double':
    case 'alias':
      return atoms[at + 1]?.kind === ':' && !atoms[at + 1]?.first ? 'map' : undefined;
    default:
      return undefined;
  }
}
