import type { Budget, Planned } from '@groundplan/rehearsal';

/** A few lines for each scenario: what happens to whom, and what is promised. */
export function scenarioTable(planned: readonly Planned[]): string {
  return planned
    .map(({ scenario, drill }) => {
      const fault = scenario.fault === undefined ? '' : ` (${scenario.fault})`;
      return `${scenario.name}\n    ${scenario.title}${fault}: ${drill.subject}\n    ${promises(drill.budget)}\n`;
    })
    .join('');
}

function promises({ reads, writes, lost, whole, record }: Budget): string {
  return [
    `reads: ${allowed(reads)}`,
    `writes: ${allowed(writes)}`,
    `lost of what was acknowledged: ${lost}`,
    ...(record === undefined ? [] : [`out of DNS in ${record.seconds} s`]),
    ...(whole === undefined ? [] : [`whole again in ${whole} s`]),
  ].join('; ');
}

function allowed(seconds: number | undefined): string {
  if (seconds === undefined) return 'back by themselves';
  return seconds === 0 ? 'none fails' : `back in ${seconds} s`;
}
