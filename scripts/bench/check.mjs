import { alternate, milliseconds } from './processes.mjs';

/** `groundplan check` in a new process, against a process that does nothing. */
export async function measureCheck() {
  const check = ['packages/cli/bin/groundplan.js', 'check', '--quiet', 'samples/multi-region-galera'];
  const [ours, peer] = alternate([check, ['-e', '0']], 15);
  return [
    {
      what: 'check, two regions, cold',
      ours: milliseconds(ours),
      peer: `${milliseconds(peer)} node -e 0`,
      ratio: ours / peer,
      target: 3,
    },
  ];
}
