import type { Sum } from '@groundplan/catalog';
import type { Diagnostic, Span } from '@groundplan/diagnostics';
import type { Reference } from '@groundplan/model';
import { costIn, monthly, sumOf } from '../facts/cost.js';
import { dotted, entities, hasServers } from '../facts/entities.js';
import { counted } from '../facts/words.js';
import { problemWords } from '../problem-summary/problem-words.js';
import type { CodeLens } from '../results.js';
import type { Snapshot } from '../snapshot.js';

/** Above each entity and region, and at the top of the file: servers and cost, problems, uses. */
export function codeLenses(snapshot: Snapshot): readonly CodeLens[] {
  const { model, tree, diagnostics } = snapshot;
  const cost = costIn(snapshot);
  const uses = usesByName(model.references);
  const first = tree.root?.entries.find(({ merged }) => !merged);
  const lenses: CodeLens[] = [];
  if (first !== undefined) {
    lenses.push(
      ...serverLens(first.keySpan, model.hosts.length, cost.total),
      ...problemLens(first.keySpan, diagnostics),
    );
  }
  for (const region of model.regions) {
    const hosts = model.hosts.filter((host) => host.region === region);
    const sum = cost.regions.find(({ name }) => name === region.name)?.sum;
    if (sum !== undefined) lenses.push(...serverLens(region.keySpan, hosts.length, sum));
    lenses.push(...problemLens(region.keySpan, within(diagnostics, region.span)));
    if (!model.singleRegionForm) lenses.push(...useLens(region.keySpan, uses.get(`region.${region.name}`)));
  }
  for (const entity of entities(model)) {
    const name = dotted(entity);
    if (hasServers(entity)) {
      const count = entity.inRegions.reduce((total, place) => total + place.count.value, 0);
      lenses.push(...serverLens(entity.keySpan, count, sumOf(cost.entities.filter(({ owner }) => owner === name))));
    }
    lenses.push(
      ...problemLens(entity.keySpan, within(diagnostics, entity.span)),
      ...useLens(entity.keySpan, uses.get(name)),
    );
  }
  return lenses.sort((a, b) => a.span.start - b.span.start);
}

function serverLens(span: Span, count: number, sum: Sum): readonly CodeLens[] {
  return count === 0
    ? []
    : [{ span, title: `${counted(count, 'server')} · ${monthly(sum)}`, command: { kind: 'preview' } }];
}

function problemLens(span: Span, diagnostics: readonly Diagnostic[]): readonly CodeLens[] {
  const title = problemWords(diagnostics);
  return title === undefined ? [] : [{ span, title, command: { kind: 'problems' } }];
}

function useLens(span: Span, spans: readonly Span[] | undefined): readonly CodeLens[] {
  return spans === undefined
    ? []
    : [{ span, title: counted(spans.length, 'reference'), command: { kind: 'references', spans } }];
}

function within(diagnostics: readonly Diagnostic[], span: Span): readonly Diagnostic[] {
  return diagnostics.filter((diagnostic) => span.start <= diagnostic.span.start && diagnostic.span.end <= span.end);
}

function usesByName(references: readonly Reference[]): ReadonlyMap<string, readonly Span[]> {
  const uses = new Map<string, Span[]>();
  for (const { target, span } of references) {
    if (target === undefined) continue;
    const name = `${target.kind}.${target.name}`;
    const known = uses.get(name);
    if (known === undefined) uses.set(name, [span]);
    else known.push(span);
  }
  return uses;
}
