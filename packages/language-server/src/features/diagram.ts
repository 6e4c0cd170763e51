import type { Diagnostic } from '@groundplan/diagnostics';
import { type DrawnNode, drawTopology, type Effect, fail, failableThings, overlay } from '@groundplan/diagram';
import { costOf } from '@groundplan/model';
import type { Checked } from '../analyses.js';
import { type DiagramParams, diagramRequest, type Picture } from '../protocol.js';
import { rangeIn } from '../translate.js';
import type { Feature } from './index.js';

export const diagramFeature: Feature = ({ connection, answers }) => {
  connection.onRequest(diagramRequest, answers.about<DiagramParams, Picture | null>(null, draw));
  return {};
};

function draw(checked: Checked, params: DiagramParams): Picture {
  const { model, diagnostics, catalog } = checked.snapshot;
  const { expanded = [], failed = [], plan, trace, theme } = params;
  const effect = failed.length === 0 ? undefined : fail(model, failed);
  const planned = plan === undefined ? undefined : overlay(model, plan, trace);
  const drawing = drawTopology(model, {
    problems: diagnostics,
    cost: costOf(model, catalog),
    expanded: new Set(expanded),
    ...(effect === undefined ? {} : { effect }),
    ...(planned === undefined ? {} : { changes: planned.nodes }),
    ...(theme === undefined ? {} : { theme }),
  });
  const known = new Set(drawing.nodes.map(({ id }) => id));
  return {
    version: checked.version,
    title: model.name.value,
    svg: drawing.svg,
    width: drawing.width,
    height: drawing.height,
    nodes: drawing.nodes.map((node) => shownNode(checked, node)),
    problems: diagnostics.map((each) => shownProblem(checked, each, drawing.problemNodes.get(each) ?? [])),
    failable: failableThings(model),
    failed: effect?.failed ?? [],
    expanded: expanded.filter((id) => known.has(id)),
    statements: effect === undefined ? [] : shownStatements(effect),
    states: Object.fromEntries(effect?.states ?? []),
    changes: Object.fromEntries(planned?.nodes ?? []),
    otherChanges: (planned?.others ?? []).map(({ address, action, place }) => ({
      address,
      action,
      range: place === undefined ? null : { start: place.start, end: place.end },
    })),
    planProblems: planned?.problems ?? [],
  };
}

function shownNode(checked: Checked, node: DrawnNode): Picture['nodes'][number] {
  const { id, kind, title, subtitle, span, box, facts, problems, expandable, failable } = node;
  const range = rangeIn(checked, span);
  return { id, kind, title, subtitle, range, box, facts: facts(), problems, expandable, failable };
}

function shownProblem(checked: Checked, diagnostic: Diagnostic, nodes: readonly string[]): Picture['problems'][number] {
  const { severity, code, message, span } = diagnostic;
  return { severity, code, message, range: rangeIn(checked, span), nodes };
}

function shownStatements({ statements }: Effect): Picture['statements'] {
  return statements.map(({ kind, subject, state, text, because, within, lost }) => ({
    kind,
    subject,
    state,
    text,
    because,
    within: within?.text ?? null,
    lost: lost ?? null,
  }));
}
