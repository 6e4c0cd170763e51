import {
  catalogue,
  type Diagnostic,
  type Fix,
  isCode,
  lineText,
  positionAt,
  report,
  type Span,
} from '@groundplan/diagnostics';
import type { Suppression, SyntaxTree } from '@groundplan/syntax';
import { type Config, emptyConfig } from './config.js';
import { nearest } from './nearest.js';

/** What a comment's code was met by on its line: something that it hides, or an error, which it cannot hide. */
type Met = ReadonlyMap<NamedCode, 'hidden' | 'error'>;

type NamedCode = Suppression['codes'][number];

/** Codes that only a later stage can make, so that it is not known here whether a comment hides one. */
const madeLater = /^(?:file|host|plan)\//;

/**
 * Applies the comments `# groundplan-ignore-next-line` of a file and the severities of its configuration, and says what is
 * wrong with the comments.
 */
export function applySuppressions(
  tree: SyntaxTree,
  diagnostics: readonly Diagnostic[],
  config: Config = emptyConfig,
): Diagnostic[] {
  const { kept, met } = hide(tree, diagnostics);
  // An error can be why a warning is missing, so that nothing is called unused then.
  const complete = kept.every(({ severity }) => severity !== 'error');
  const aboutComments = tree.suppressions.flatMap((suppression) => judge(tree, suppression, met, complete));
  return withSeverities([...kept, ...aboutComments], config);
}

/** The same for the diagnostics of a later stage about the same file; about the comments nothing is said again. */
export function suppress(tree: SyntaxTree, diagnostics: readonly Diagnostic[], config: Config): Diagnostic[] {
  return withSeverities(hide(tree, diagnostics).kept, config);
}

/** What the comments leave, and what each code in them was met by. */
function hide(tree: SyntaxTree, diagnostics: readonly Diagnostic[]): { kept: Diagnostic[]; met: Met } {
  const codesOfLine = new Map<number, NamedCode[]>();
  for (const { line, codes } of tree.suppressions) codesOfLine.set(line, [...(codesOfLine.get(line) ?? []), ...codes]);
  const met = new Map<NamedCode, 'hidden' | 'error'>();
  const kept = diagnostics.filter(({ code, severity, span }) => {
    const named = codesOfLine.get(positionAt(tree.lines, span.start).line)?.find((each) => each.code === code);
    if (named === undefined) return true;
    const isError = severity === 'error';
    if (isError || !met.has(named)) met.set(named, isError ? 'error' : 'hidden');
    return isError;
  });
  return { kept, met };
}

function withSeverities(diagnostics: readonly Diagnostic[], config: Config): Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const rule = config.rules.get(diagnostic.code);
    if (rule === undefined || diagnostic.severity === 'error') return [diagnostic];
    return rule === 'off' ? [] : [{ ...diagnostic, severity: rule }];
  });
}

function judge(tree: SyntaxTree, suppression: Suppression, met: Met, complete: boolean): Diagnostic[] {
  const { codes, reason, span } = suppression;
  if (codes.length === 0) return [report('suppression/no-code', span, {}, { fixes: [removal(tree, suppression)] })];
  const found = codes.flatMap((named) => {
    const { code, span: own } = named;
    if (!isCode(code)) return [unknownCode(named)];
    if (met.get(named) === 'error') return [report('suppression/error', own, { code })];
    if (met.has(named) || !complete || madeLater.test(code)) return [];
    const fixes = [codes.length === 1 ? removal(tree, suppression) : removalOfCode(suppression, named)];
    return [report('suppression/unused', own, { code }, { unnecessary: true, fixes })];
  });
  return found.length === 0 && reason === undefined ? [withoutReason(codes)] : found;
}

function unknownCode({ code, span }: NamedCode): Diagnostic {
  const close = nearest(code, Object.keys(catalogue));
  return close === undefined
    ? report('suppression/unknown-code', span, { code })
    : report(
        'suppression/unknown-code',
        span,
        { code, nearest: close },
        {
          label: `did you mean ${close}?`,
          fixes: [{ title: `Change to ${close}`, edits: [{ span, newText: close }] }],
        },
      );
}

function withoutReason(codes: readonly NamedCode[]): Diagnostic {
  const start = codes[0]?.span.start ?? 0;
  const end = codes.at(-1)?.span.end ?? start;
  return report('suppression/no-reason', { start, end }, { code: codes.map(({ code }) => code).join(', ') });
}

/** Removes the comment, with its line when nothing else stands there. */
function removal(tree: SyntaxTree, { span }: Suppression): Fix {
  const { line } = positionAt(tree.lines, span.start);
  const start = tree.lines.starts[line] ?? span.start;
  const before = lineText(tree.lines, line).slice(0, span.start - start);
  const removed: Span =
    before.trim() === ''
      ? { start, end: tree.lines.starts[line + 1] ?? span.end }
      : { start: start + before.trimEnd().length, end: span.end };
  return { title: 'Remove the comment', edits: [{ span: removed, newText: '' }] };
}

/** Removes one of several codes, with the comma or blank that divides it from its neighbour. */
function removalOfCode({ codes }: Suppression, named: NamedCode): Fix {
  const index = codes.indexOf(named);
  const next = codes[index + 1];
  const span =
    next === undefined
      ? { start: codes[index - 1]?.span.end ?? named.span.start, end: named.span.end }
      : { start: named.span.start, end: next.span.start };
  return { title: `Remove ${named.code}`, edits: [{ span, newText: '' }] };
}
