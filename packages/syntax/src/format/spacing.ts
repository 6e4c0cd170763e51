import type { Atom } from './atoms.js';

/** What stands between two atoms of one line, where the second is no comment. */
export function spaceBetween(before: Atom, after: Atom): '' | ' ' {
  switch (before.kind) {
    case '[':
      return '';
    case '{':
      return after.kind === '}' ? '' : ' ';
    default:
  }
  switch (after.kind) {
    case ']':
    case ',':
      // A colon right before these would be read as a part of the word in front of it.
      return before.kind === ':' ? ' ' : '';
    case ':':
      // An alias or an anchor would take the colon for a part of its name; after the other marks it begins an entry without a key.
      return before.kind === 'plain' || before.kind === 'single' || before.kind === 'double' ? '' : ' ';
    default:
      return ' ';
  }
}
