import { touches } from '@groundplan/diagnostics';
import type { Declaration } from '@groundplan/model';
import type { Target } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { withoutQuotes } from '../tree/own.js';
import { declaringEntry } from '../tree/sections.js';
import { anchorThings } from './anchors.js';
import { hostThings } from './route-hosts.js';
import { inOrder, type Occurrence, type Thing } from './thing.js';

/** Everything with a name but anchors, with the places that name it. What is named but does not exist is no thing. */
export function thingsOf(snapshot: Snapshot): readonly Thing[] {
  const known = things.get(snapshot);
  if (known !== undefined) return known;
  const found = [...declaredThings(snapshot), ...hostThings(snapshot)];
  things.set(snapshot, found);
  return found;
}

const things = new WeakMap<Snapshot, readonly Thing[]>();

/** The thing that is named at an offset, and the place that names it; of several, the one that is named in the fewest letters. */
export function thingAt(
  snapshot: Snapshot,
  offset: number,
): { readonly thing: Thing; readonly occurrence: Occurrence } | undefined {
  let found: { thing: Thing; occurrence: Occurrence } | undefined;
  const candidates = isAtAnchor(snapshot.tree.text, offset) ? anchorThings(snapshot.tree) : thingsOf(snapshot);
  for (const thing of candidates) {
    for (const occurrence of thing.occurrences) {
      if (occurrence.whole.start > offset) break;
      if (!touches(occurrence.whole, offset)) continue;
      if (found === undefined || lengthOf(occurrence) < lengthOf(found.occurrence)) found = { thing, occurrence };
    }
  }
  return found;
}

/** Whether the word at an offset is one that an anchor or an alias could be: these are looked for only there. */
function isAtAnchor(text: string, offset: number): boolean {
  let start = Math.min(offset, text.length);
  while (start > 0 && /[^\s,[\]{}&*]/.test(text[start - 1] ?? '')) start--;
  return /[&*]/.test(text[start - 1] ?? '') || /[&*]/.test(text[offset] ?? '');
}

function lengthOf({ whole }: Occurrence): number {
  return whole.end - whole.start;
}

function declaredThings({ tree, model }: Snapshot): Thing[] {
  const places = new Map<Declaration, Occurrence[]>();
  const byKey = new Map(model.declarations.map((declaration) => [keyOf(declaration), declaration]));
  for (const declaration of model.declarations) {
    const own: Occurrence[] = [];
    if (declaration.kind !== 'secret') {
      own.push({ span: withoutQuotes(tree.text, declaration.span), whole: declaration.span, declares: true });
    }
    places.set(declaration, own);
  }
  for (const { kind, name, span, nameSpan, output, target } of model.references) {
    const declaration = target === undefined || kind === undefined ? undefined : byKey.get(keyOf({ kind, name }));
    if (declaration === undefined) continue;
    places.get(declaration)?.push({
      span: withoutQuotes(tree.text, nameSpan),
      whole: span,
      declares: false,
      ...(output === undefined ? {} : { output }),
    });
  }
  return [...places].map(([declaration, own]) => {
    const occurrences = inOrder(own);
    return {
      kind: declaration.kind,
      name: declaration.name,
      target: targetOf(tree, declaration, occurrences[0]),
      occurrences,
    };
  });
}

function keyOf({ kind, name }: Pick<Declaration, 'kind' | 'name'>): string {
  return `${kind}.${name}`;
}

function targetOf(
  tree: Snapshot['tree'],
  { kind, name, span }: Declaration,
  first: Occurrence | undefined,
): Target | undefined {
  // Nothing declares a secret: its first use stands for that.
  if (kind === 'secret') return first && { span: first.whole, nameSpan: first.span };
  const nameSpan = withoutQuotes(tree.text, span);
  const entry = declaringEntry(tree, kind, name)?.entry;
  return { span: entry?.keySpan === span ? entry.span : span, nameSpan };
}
