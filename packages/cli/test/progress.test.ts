import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { bundled, type Ended, program, runProgram } from './support/groundplan.js';
import { inProject } from './support/project.js';
import { project } from './support/topologies.js';

/** `groundplan check -` with a topology that takes its time to arrive. */
async function slowCheck(option: string, seconds: number): Promise<Ended> {
  await bundled();
  return inProject(project(), (folder) => {
    const script = `(sleep ${seconds}; cat topology.yaml) | "$0" "$1" check - ${option}`;
    return runProgram('bash', ['-c', script, process.execPath, program], { folder });
  });
}

describe('progress', () => {
  it('is said on standard error after a second, with --progress', async () => {
    const { code, stdout, stderr } = await slowCheck('--progress', 3);
    assert.deepEqual([code, stdout, stderr], [0, '0 errors, 0 warnings in 1 file\n', 'checking …\n']);
  });

  it('is not said where nobody looks', async () => {
    assert.equal((await slowCheck('', 2)).stderr, '');
  });
});
