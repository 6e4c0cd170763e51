import { analyse } from '@groundplan/model';
import { parseDocument } from 'yaml';
import { median, milliseconds } from './processes.mjs';
import { longTopology } from './topologies.mjs';

const rounds = 15;

/** The whole check of a long text, warm, against the parser of the `yaml` package alone. */
export async function measureText() {
  const rows = [];
  for (const lines of [1000, 5000]) {
    const text = longTopology(lines);
    const ours = [];
    const theirs = [];
    for (let round = -3; round < rounds; round++) {
      const first = timeOf(() => analyse(text));
      const second = timeOf(() => parseDocument(text));
      if (round >= 0) {
        ours.push(first);
        theirs.push(second);
      }
    }
    const [mine, peer] = [median(ours), median(theirs)];
    rows.push({
      what: `check, ${text.split('\n').length} lines, warm`,
      ours: milliseconds(mine),
      peer: `${milliseconds(peer)} parseDocument`,
      ratio: mine / peer,
      target: 2,
    });
  }
  return rows;
}

function timeOf(work) {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}
