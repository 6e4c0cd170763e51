import { type Diagnostic, indexLines, normalise, type Result, report } from '@groundplan/diagnostics';
import { clean, notText } from './clean.js';
import type { Comment, Mapping, SyntaxTree } from './nodes.js';
import type { Reader } from './reader.js';
import { readStream } from './stream.js';
import { readSuppressions } from './suppressions.js';
import { reportTabs } from './tabs.js';
import { scan } from './tokens.js';

/** The longest text that is read, in UTF-16 units. */
export const lengthLimit = 2 * 1024 * 1024;

/** Trees without a mistake and without anchors: each node stands in one place, and what is between two keys means the same anywhere. */
const plainTrees = new WeakSet<SyntaxTree>();

export function isPlainTree(tree: SyntaxTree): boolean {
  return plainTrees.has(tree);
}

/** The tree, which is said to be plain. */
export function plain(tree: SyntaxTree): SyntaxTree {
  plainTrees.add(tree);
  return tree;
}

/**
 * Reads a topology. Takes any text, in time and memory that grow with its length; what is broken is reported, and what could be read
 * around it is in the tree.
 */
export function parse(text: string): Result<SyntaxTree> {
  const lines = indexLines(text);
  if (text.length > lengthLimit) {
    const tree = { text, lines, root: undefined, comments: [], suppressions: [] };
    return { value: tree, diagnostics: [report('syntax/too-large', { start: 0, end: 0 }, { limit: '2 MiB' })] };
  }
  const { root, comments, diagnostics, isPlain } = readText(text);
  const suppressions = readSuppressions(comments, lines);
  // What was found in half a text that is an attack, or no topology at all, would only distract.
  const tooDeep = diagnostics.filter(({ code }) => code === 'syntax/too-deep');
  if (tooDeep.length > 0) {
    return { value: { text, lines, root: undefined, comments, suppressions }, diagnostics: tooDeep };
  }
  const tree = { text, lines, root, comments, suppressions };
  return { value: isPlain ? plain(tree) : tree, diagnostics: normalise(diagnostics) };
}

interface Read {
  readonly root: Mapping | undefined;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether there is neither a mistake nor an anchor in it. */
  readonly isPlain: boolean;
}

/** @param depth of the maps in which the text stands */
export function readText(text: string, depth = 0): Read {
  const reader = startReading(text, depth);
  const root = readStream(reader);
  reportTabs(reader, root?.flow === true);
  const { diagnostics, anchors } = reader;
  return {
    root,
    comments: reader.scanner.comments,
    diagnostics,
    isPlain: root !== undefined && diagnostics.length === 0 && anchors.size === 0,
  };
}

function startReading(text: string, depth: number): Reader {
  const diagnostics = controlCharacters(text);
  const cleaned = clean(text);
  const scanner = scan(cleaned, (comment) => {
    const before = { start: comment.start, end: comment.start };
    const fixes = [{ title: 'Add a space', edits: [{ span: before, newText: ' ' }] }];
    const reason = 'a comment needs a space before its "#"';
    diagnostics.push(report('syntax/invalid-yaml', comment, { reason }, { fixes }));
  });
  return {
    text: cleaned,
    original: text,
    scanner,
    token: scanner.next(),
    diagnostics,
    anchors: new Map(),
    size: 0,
    expanded: 0,
    depth,
    brokenLine: -1,
    unclosedAt: undefined,
    restarts: 0,
    tabbed: [],
    brackets: [],
  };
}

function controlCharacters(text: string): Diagnostic[] {
  const found = notText.exec(text);
  if (found === null) return [];
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const span = { start: found.index, end: found.index + found[0].length };
  return [report('syntax/encoding', span, { found: `the character U+${code} is no text` })];
}
