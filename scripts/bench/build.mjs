import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, milliseconds } from './processes.mjs';
import { writeRawSynth } from './raw-synth.mjs';

/** `groundplan build` of two regions in a new process, against one that imports cdktn and synthesises the same by hand. */
export async function measureBuild(folder) {
  const out = join(folder, 'two-regions');
  mkdirSync(out);
  const build = [
    'packages/cli/bin/groundplan.js',
    'build',
    '--quiet',
    '--force',
    'samples/multi-region-galera',
    '--out',
    out,
  ];
  alternate([build], 0);
  const peer = writeRawSynth(folder, 'two-regions-by-hand', join(out, 'main.tf.json'));
  const [ours, theirs] = alternate([build, [peer]], 11);
  return [
    {
      what: 'build, two regions, cold',
      ours: milliseconds(ours),
      peer: `${milliseconds(theirs)} raw cdktn`,
      ratio: ours / theirs,
      target: 1.3,
    },
  ];
}
