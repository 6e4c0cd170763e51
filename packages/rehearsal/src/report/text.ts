import type { Report, Result } from './report.js';

/** What came of a rehearsal, for a terminal: a block for each scenario, then one line. */
export function renderText(report: Report): string {
  const kept = report.results.filter(({ outcome }) => outcome === 'kept').length;
  const of = report.results.length;
  const end = kept === of ? `all promises were kept in ${count(of)}` : `promises were kept in ${kept} of ${count(of)}`;
  return [...report.results.map(block), end, ''].join('\n');
}

function block(result: Result): string {
  const { scenario, fault, outcome, what, promises } = result;
  const head = `${mark(outcome === 'kept')} ${scenario}${fault === null ? '' : ` (${fault})`}: ${what}`;
  const lines = promises.map(({ kept, promise, budget, measured }) => {
    return `    ${mark(kept)} ${promise}: ${measured}${budget === '' ? '' : ` (${budget})`}`;
  });
  return `${[head, ...lines].join('\n')}\n`;
}

function mark(isKept: boolean): string {
  return isKept ? '✓' : '✗';
}

function count(scenarios: number): string {
  return scenarios === 1 ? '1 scenario' : `${scenarios} scenarios`;
}
