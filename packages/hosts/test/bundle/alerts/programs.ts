import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from '@groundplan/hosts/bundle';
import { afterEach, beforeEach } from 'mocha';
import { needs } from '../../../../../test/support/needs.js';
import { runProcess } from '../../../../../test/support/process.js';
import { type Stage, stage } from '../stage.js';
import { programs } from './hosts.js';

const queue = '/var/lib/groundplan/alerts/queue';

/** Runs a program several times; Python's own start takes longer than all the rest. */
const manyLooks = `import os, runpy, sys
sys.path.insert(0, os.path.dirname(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    runpy.run_path(sys.argv[1], run_name="__main__")
`;

/** A stage with fake programs in front of the system's, of a host whose programs wait for tenths of seconds only. */
export interface AlertPrograms {
  prepare(made: Bundle): void;
  /** Where a file of the host is. */
  at(path: string): string;
  /** Stands for a program of the system's. */
  fake(name: string, commands: string): void;
  /** What a program of the host has said. */
  run(program: string, ...args: string[]): Promise<string>;
  /** So many looks, one after another. */
  looks(count: number): Promise<string>;
  /** The texts that wait to be sent. */
  waiting(): string[];
  /** The files of those, the oldest first. */
  queued(): string[];
  /** A check that the host makes at each look. */
  check(name: string, commands: string): void;
  /** What happened a while ago was longer ago. */
  later(seconds: number): void;
}

/** For one group of tests: each of them prepares a host of its own. */
export function alertPrograms(): AlertPrograms {
  let staged: Stage;
  const at = (path: string) => staged.at(path);

  const prepare = (made: Bundle) => {
    staged = stage(made, 'own-folders', (path, content) => {
      if (path.endsWith('/alert-send')) return content.replace('PAUSE = 3, 20, 5, 600', 'PAUSE = 0.1, 0.1, 0.2, 0.4');
      if (path.endsWith('/watch')) return content.replace(/^PLACES = .*$/m, 'PLACES = []');
      return content;
    });
    mkdirSync(at(queue), { recursive: true });
    mkdirSync(at('/bin'));
    fake('journalctl', `echo 'it said <!channel> \`why\`'`);
    fake('chronyc', 'echo "C0000201,192.0.2.1,2,1.5,0.000012,0.0,0.0,0.0,0.0,0.0,0.0,0.0,64.0,Normal"');
    fake('systemctl', '[ "$1" != show ] || printf "Id=a.service\\nNRestarts=0\\n\\nId=b.service\\nNRestarts=3\\n"');
  };

  const fake = (name: string, commands: string) => {
    const path = at(`/bin/${name}`);
    writeFileSync(path, `#!/bin/sh\n${commands}\n`);
    chmodSync(path, 0o755);
  };

  const run = async (program: string, ...args: string[]) => {
    const env = { PATH: `${at('/bin')}:${process.env.PATH ?? ''}`, PYTHONDONTWRITEBYTECODE: '1' };
    const path = at(`${programs}/${program}`);
    const words = program === 'watch' ? ['-c', manyLooks, path, ...args] : [path, ...args];
    const { exitCode, stdout, stderr } = await runProcess('python3', words, { cwd: staged.root, env });
    assert.equal(exitCode, 0, stdout + stderr);
    return stdout;
  };

  const looks = (count: number) => run('watch', String(count));

  const queued = () =>
    readdirSync(at(queue))
      .sort()
      .map((name) => join(at(queue), name));

  const waiting = (): string[] => queued().map((path) => JSON.parse(readFileSync(path, 'utf8')).text);

  const check = (name: string, commands: string) => {
    mkdirSync(at(`${programs}/watch.d`), { recursive: true });
    writeFileSync(at(`${programs}/watch.d/${name}`), `#!/bin/sh\n${commands}\n`, { mode: 0o755 });
  };

  const later = (seconds: number) => {
    const path = at('/var/lib/groundplan/alerts/state.json');
    const aged = readFileSync(path, 'utf8').replace(/"(told|since)": ([\d.]+)/g, (_, name, time) => {
      return `"${name}": ${Number(time) - seconds}`;
    });
    writeFileSync(path, aged);
  };

  beforeEach(function () {
    for (const program of ['python3', 'openssl']) needs(this, program);
  });

  afterEach(() => staged?.remove());

  return { prepare, at, fake, run, looks, waiting, queued, check, later };
}
