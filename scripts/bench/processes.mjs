import { spawnSync } from 'node:child_process';
import { root } from '../run.mjs';

/** Milliseconds of the middle one of `rounds` runs of each command, taken in turns so that both meet the same noise. */
export function alternate(commands, rounds) {
  const times = commands.map(() => []);
  for (let round = -1; round < rounds; round++) {
    commands.forEach((args, index) => {
      const begin = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
      const time = performance.now() - begin;
      if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`);
      // The first round fills caches of files and of compiled code.
      if (round >= 0) times[index].push(time);
    });
  }
  return times.map(median);
}

/** What each script prints as JSON: the middle one of `rounds` runs by its `milliseconds`, taken in turns as above. */
export function alternateScripts(scripts, rounds) {
  const results = scripts.map(() => []);
  for (let round = 0; round < rounds; round++) {
    scripts.forEach((args, index) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`);
      results[index].push(JSON.parse(stdout));
    });
  }
  return results.map((runs) => runs.sort((a, b) => a.milliseconds - b.milliseconds)[Math.floor(rounds / 2)]);
}

export function median(values) {
  return percentile(values, 0.5);
}

/** The least value that `share` of all are not above. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const milliseconds = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const megabytes = (kilobytes) => `${Math.round(kilobytes / 1024)} MB`;
