import type { Effect, State, Statement } from './effect.js';

const headings: Readonly<Record<State, string>> = {
  dark: 'dark',
  degraded: 'degraded',
  'carries-on': 'carries on',
};

const indent = ' '.repeat('carries on'.length + 2);

/** An effect as plain lines, not wrapped: a heading for each statement, then why, how long, and what may be lost. */
export function describeEffect({ failed, unknown, statements }: Effect): string[] {
  return [
    ...unknown.map((id) => `${id}: nothing of this name can fail; it is left out`),
    ...(failed.length > 0 && statements.length === 0 ? ['nobody notices'] : []),
    ...statements.flatMap(lines),
  ];
}

function lines({ state, text, because, within, lost, fault }: Statement): string[] {
  const facts = [
    ...(within === undefined ? [] : [within.text]),
    ...(lost === undefined ? [] : [`may be lost: ${lost}`]),
    ...(fault === undefined ? [] : [`fault ${fault}`]),
  ];
  return [
    `${headings[state].padEnd(indent.length)}${text}`,
    ...(because === '' ? [] : [`${indent}because ${because}`]),
    ...(facts.length === 0 ? [] : [`${indent}${facts.join('; ')}`]),
  ];
}
