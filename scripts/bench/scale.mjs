import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureScript, megabytes, milliseconds } from './processes.mjs';
import { writeRawSynth } from './raw-synth.mjs';
import { largeTopology } from './topologies.mjs';

const rounds = 5;

/** Compiling a thousand servers against raw synthesis of the same, and against a hundred servers. */
export async function measureScale(folder) {
  const small = compileOf(folder, 1);
  const large = compileOf(folder, 10);
  const peer = measureScript([writeRawSynth(folder, 'thousand-by-hand', large.out)], rounds);
  const bare = measureScript(['scripts/bench/compile.mjs', small.topology, small.out, key], 1);
  const factor = large.run.servers / small.run.servers;
  return [
    {
      what: `compile, ${large.run.servers} servers`,
      ours: milliseconds(large.run.milliseconds),
      peer: `${milliseconds(peer.milliseconds)} raw cdktn`,
      ratio: large.run.milliseconds / peer.milliseconds,
      target: 1.3,
    },
    {
      what: `compile, ${factor.toFixed(0)} × the input`,
      ours: milliseconds(large.run.milliseconds),
      peer: `${milliseconds(small.run.milliseconds)} for ${small.run.servers}`,
      ratio: large.run.milliseconds / small.run.milliseconds,
      target: 12,
    },
    {
      what: `peak memory, ${factor.toFixed(0)} × the input`,
      ours: megabytes(large.run.kilobytes),
      peer: `${megabytes(bare.kilobytes)} for ${small.run.servers}`,
      ratio: large.run.kilobytes / bare.kilobytes,
      target: factor,
    },
  ];
}

const key = 'samples/smallest/keys/ops.pub';

function compileOf(folder, regions) {
  const topology = join(folder, `large-${regions}.yaml`);
  const out = join(folder, `large-${regions}.tf.json`);
  writeFileSync(topology, largeTopology(regions));
  return { topology, out, run: measureScript(['scripts/bench/compile.mjs', topology, out, key], rounds) };
}
