import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { type ProcessResult, runProcess } from '../../../../../test/support/process.js';
import type { Stage } from '../stage.js';

/** What is done on a staged host, as the user of its database unless another one is named. */
export interface Commands {
  /** Words for setpriv, which becomes that user and ends with this process. */
  readonly become: readonly string[];
  attempt(command: string, user?: string): Promise<ProcessResult>;
  /** What a command writes; it has to succeed. */
  shell(command: string, user?: string): Promise<string>;
}

export function commandsAs(owner: string, environment: () => Record<string, string>): Commands {
  const become = [`--reuid=${owner}`, `--regid=${owner}`, '--init-groups', '--pdeathsig=KILL'];
  const attempt = (command: string, user = owner) => {
    const options = { cwd: '/', env: environment(), timeoutMilliseconds: 90_000 };
    return user === 'root'
      ? runProcess('sh', ['-c', command], options)
      : runProcess('setpriv', [...become, 'sh', '-c', command], options);
  };
  return {
    become,
    attempt,
    shell: async (command, user) => {
      const { exitCode, stdout, stderr } = await attempt(command, user);
      assert.equal(exitCode, 0, `${command}\n${stdout}\n${stderr}`);
      return stdout.trim();
    },
  };
}

/** Writes something else into a file of a staged host; each of what is replaced has to be there. */
export function change(staged: Stage, path: string, changes: readonly (readonly [string | RegExp, string])[]): void {
  const changed = changes.reduce(
    (all, [from, to]) => {
      assert.notEqual(all.replaceAll(from, to), all, `${from} is in ${path}`);
      return all.replaceAll(from, to);
    },
    readFileSync(staged.at(path), 'utf8'),
  );
  writeFileSync(staged.at(path), changed);
}
