import { type NeededSecret, renewalDays, type Shortfall } from '@groundplan/secrets';
import { wrap } from '../terminal/wrap.js';

const columns = 100;

/** Names in lines, each indented under what is said about them. */
export function nameLines(secrets: readonly NeededSecret[]): string[] {
  if (secrets.length === 0) return [];
  return wrap(secrets.map(({ name }) => name).join(' '), columns).map((line) => `  ${line}`);
}

/** What the user has to give, with what it is and where to get it. */
export function givenLines(found: readonly Shortfall[]): string[] {
  const given = found.filter((each) => each.given);
  if (given.length === 0) return [];
  const width = Math.max(...given.map(({ secret }) => secret.name.length));
  return [
    'still to give, each by "groundplan keys set NAME":',
    ...given.flatMap((each) => {
      const { name, about, source } = each.secret;
      const sentence = each.kind === 'ends' ? `${about} It ends on ${each.ends}.` : about;
      const rows = [...wrap(sentence, columns - width), ...(source === undefined ? [] : [source])];
      return rows.map((row, index) => `  ${(index === 0 ? name : '').padEnd(width)}  ${row}`);
    }),
  ];
}

/** A shortfall in one line, for `--check`. */
export function shortfallLine(found: Shortfall): string {
  const { name, about } = found.secret;
  switch (found.kind) {
    case 'missing':
      return `${name} is missing: ${about}`;
    case 'other-address':
      return `${name} is not for the address ${found.address} that the host has`;
    case 'ends':
      return `${name} ends on ${found.ends}, in less than ${renewalDays} days`;
  }
}

/** In universal time, `2026-11-24`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
