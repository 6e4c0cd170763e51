import type { KeyText, Line } from './lines.js';

export type Path = readonly (string | number)[];

/** A map or list in block style that is open above a line. */
export interface Level {
  readonly kind: 'map' | 'list';
  /** Where its keys or dashes stand. */
  readonly column: number;
  /** The last line of it above. */
  readonly line: Line;
  /** The last key of a map. */
  readonly key: KeyText | undefined;
  /** How many items of a list are above. */
  readonly count: number;
}

/** Where something new on a line belongs. */
export interface Home {
  readonly kind: 'map' | 'list';
  /** Of the map, or of the list. */
  readonly path: Path;
  /** Where it has to stand. */
  readonly column: number;
  /** Of a list: the index of a new item. */
  readonly index: number;
  /** True when the key above has no value yet, so that what comes here decides what it is. */
  readonly fresh: boolean;
}

/** The maps and lists that are open above a line, the innermost first. */
export function levelsAbove(lines: readonly Line[], index: number): readonly Level[] {
  const levels: Level[] = [];
  let limit = Number.POSITIVE_INFINITY;
  for (let at = index - 1; at >= 0 && (limit > 0 || levels.at(-1)?.kind === 'list'); at--) {
    const line = lines[at];
    if (line === undefined || line.kind === 'marker') break;
    if (line.kind !== 'content') continue;
    const { key } = line;
    const top = levels.at(-1);
    const mayHoldList = top?.kind === 'list' && key?.column === limit && line.value === undefined;
    if (key !== undefined && (key.column < limit || mayHoldList)) {
      levels.push({ kind: 'map', column: key.column, line, key, count: 0 });
      limit = key.column;
    }
    for (const column of line.dashes.toReversed()) {
      const list = levels.at(-1);
      if (column < limit) {
        levels.push({ kind: 'list', column, line, key: undefined, count: 1 });
        limit = column;
      } else if (list?.kind === 'list' && list.column === column) {
        levels[levels.length - 1] = { ...list, count: list.count + 1 };
      }
    }
  }
  return levels;
}

/** The steps from the root to the value of the last entry of the innermost of these levels. */
export function pathThrough(levels: readonly Level[]): Path {
  return levels.map(({ kind, key, count }) => (kind === 'map' ? (key?.text ?? '') : count - 1)).toReversed();
}

/**
 * Where something belongs that stands at `column` of the line at `index`. What is indented like nothing above belongs to the innermost
 * map that is not further right; but where the lines from `below` on would become part of it, it belongs beside them.
 */
export function homeAt(lines: readonly Line[], index: number, column: number, below: Line | undefined): Home {
  const levels = levelsAbove(lines, index);
  const [last] = levels;
  if (last === undefined) {
    const kind = below !== undefined && below.dashes.length > 0 ? 'list' : 'map';
    return { kind, path: [], column: below?.column ?? column, index: 0, fresh: below === undefined };
  }
  const child = childOf(last, levels, below);
  if (below !== undefined && child?.column === below.column && column <= below.column) return child;
  const beside =
    below === undefined || below.column <= column ? -1 : levels.findIndex((level) => level.column === below.column);
  if (beside >= 0) return homeIn(levels, beside);
  if (child !== undefined && column > last.column) return child;
  const home = levels.findIndex((level) => level.column <= column);
  return homeIn(levels, home < 0 ? levels.length - 1 : home);
}

/** What would stand under the last line; its column is -1 when nothing stands there yet. */
function childOf(last: Level, levels: readonly Level[], below: Line | undefined): Home | undefined {
  const isEmpty = last.line.value === undefined && (last.kind === 'map' || last.line.key === undefined);
  if (!isEmpty) return undefined;
  const isList = below !== undefined && below.dashes.length > 0;
  const has =
    below !== undefined &&
    (below.column > last.column || (isList && last.kind === 'map' && below.column === last.column));
  return {
    kind: has && isList ? 'list' : 'map',
    path: pathThrough(levels),
    column: has ? below.column : -1,
    index: 0,
    fresh: !has,
  };
}

function homeIn(levels: readonly Level[], index: number): Home {
  const level = levels[index];
  const path = pathThrough(levels.slice(index + 1));
  return { kind: level?.kind ?? 'map', path, column: level?.column ?? 0, index: level?.count ?? 0, fresh: false };
}

/** The next line below that holds something of its own. */
export function contentBelow(lines: readonly Line[], index: number): Line | undefined {
  for (let at = index + 1; at < lines.length; at++) {
    const line = lines[at];
    if (line?.kind === 'content') return line;
    if (line?.kind === 'marker') return undefined;
  }
  return undefined;
}

/** The keys of the map in block style whose keys stand at `column` around the line at `index`, without those of that line. */
export function keysAround(lines: readonly Line[], index: number, column: number): readonly string[] {
  const above: string[] = [];
  const own = lines[index];
  const beginsHere = own?.kind === 'content' && own.dashes.length > 0 && own.key?.column === column;
  for (let at = index - 1; at >= 0 && !beginsHere; at--) {
    const line = lines[at];
    if (line === undefined || line.kind === 'marker') break;
    if (line.kind !== 'content') continue;
    if (line.key?.column === column) above.push(line.key.text);
    if (line.column < column) break;
  }
  const below: string[] = [];
  for (let at = index + 1; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || line.kind === 'marker') break;
    if (line.kind !== 'content') continue;
    if (line.column < column) break;
    if (line.key?.column === column && line.dashes.length === 0) below.push(line.key.text);
  }
  return [...above.toReversed(), ...below];
}
