import { escaped } from './escaped.js';
import type { PromiseResult, Report, Result } from './report.js';

/** JUnit's XML as Jenkins reads it: a suite a scenario, a case a promise. A scenario that could not be carried out is an error. */
export function renderJunit({ topology, results }: Report): string {
  const promises = results.flatMap((result) => result.promises);
  const failures = promises.filter(({ kept }) => !kept).length;
  const errors = results.filter(({ outcome }) => outcome === 'broken').length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(topology)}" tests="${promises.length + errors}" failures="${failures}" errors="${errors}">`,
    ...results.flatMap(suite),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite({ scenario, outcome, what, seconds, promises }: Result): string[] {
  const failures = promises.filter(({ kept }) => !kept).length;
  const isBroken = outcome === 'broken';
  const name = escaped(scenario);
  return [
    `  <testsuite name="${name}" tests="${promises.length + (isBroken ? 1 : 0)}" failures="${failures}" errors="${isBroken ? 1 : 0}" time="${seconds}">`,
    ...promises.flatMap((promise) => testCase(name, promise)),
    ...(isBroken
      ? [
          `    <testcase name="it can be carried out" classname="${name}">`,
          `      <error message="${escaped(what)}"/>`,
          '    </testcase>',
        ]
      : []),
    '  </testsuite>',
  ];
}

function testCase(name: string, { promise, budget, measured, kept }: PromiseResult): string[] {
  const said = escaped(budget === '' ? measured : `${measured} (${budget})`);
  return [
    `    <testcase name="${escaped(promise)}" classname="${name}">`,
    kept ? `      <system-out>${said}</system-out>` : `      <failure message="${said}"/>`,
    '    </testcase>',
  ];
}
