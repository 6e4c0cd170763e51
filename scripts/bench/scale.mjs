import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternateScripts, megabytes, milliseconds } from './processes.mjs';
import { writeRawSynth } from './raw-synth.mjs';
import { largeTopology } from './topologies.mjs';

const rounds = 5;

/** Compiling a thousand servers against raw synthesis of the same, and against a hundred servers. */
export async function measureScale(folder) {
  const [smallArgs, largeArgs] = [compilation(folder, 1), compilation(folder, 10)];
  // Writes the output that the peer is made from.
  alternateScripts([largeArgs], 1);
  const peerArgs = [writeRawSynth(folder, 'thousand-by-hand', largeArgs[outIndex])];
  const [small, large, peer] = alternateScripts([smallArgs, largeArgs, peerArgs], rounds);
  const factor = large.servers / small.servers;
  return [
    {
      what: `compile, ${large.servers} servers`,
      ours: milliseconds(large.milliseconds),
      peer: `${milliseconds(peer.milliseconds)} raw cdktn`,
      ratio: large.milliseconds / peer.milliseconds,
      target: 1.3,
    },
    {
      what: `compile, ${factor.toFixed(0)} × the input`,
      ours: milliseconds(large.milliseconds),
      peer: `${milliseconds(small.milliseconds)} for ${small.servers}`,
      ratio: large.milliseconds / small.milliseconds,
      target: 12,
    },
    {
      what: `peak memory, ${factor.toFixed(0)} × the input`,
      ours: megabytes(large.kilobytes),
      peer: `${megabytes(small.kilobytes)} for ${small.servers}`,
      ratio: large.kilobytes / small.kilobytes,
      target: factor,
    },
  ];
}

const key = 'samples/smallest/keys/ops.pub';

const outIndex = 2;

/** Arguments of Node that compile a topology of so many regions. */
function compilation(folder, regions) {
  const topology = join(folder, `large-${regions}.yaml`);
  writeFileSync(topology, largeTopology(regions));
  return ['scripts/bench/compile.mjs', topology, join(folder, `large-${regions}.tf.json`), key];
}
