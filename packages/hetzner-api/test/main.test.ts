import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'mocha';

/** Starts the command from its sources, as `bin/hetzner-api.js` starts it from what was built. */
function start(args: readonly string[]): ChildProcess {
  const script = `import { main } from '${new URL('../src/main.ts', import.meta.url)}';
    process.exitCode = await main(process.argv.slice(1));`;
  const node = ['--conditions=source', '--import', 'tsx', '--input-type=module', '--eval', script, '--', ...args];
  return spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 15_000 });
}

async function run(args: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = start(args);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

describe('the command', () => {
  it('prints its help', async () => {
    const { code, stdout } = await run(['--help']);
    assert.equal(code, 0);
    for (const option of ['--port', '--state', '--zone', '--action-time', '--help']) assert.ok(stdout.includes(option));
  });

  it('serves until it is interrupted', async () => {
    const child = start(['--zone', 'example.com']);
    const [line] = await once(child.stdout ?? assert.fail(), 'data');
    const url = String(line).trim();
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    const answer = await fetch(`${url}/zones/example.com`, { headers: { Authorization: `Bearer ${'0'.repeat(64)}` } });
    assert.equal(answer.status, 200);
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    assert.equal(code, 0);
  });

  for (const args of [
    ['--port', '99999'],
    ['--port', 'x'],
    ['--zone', 'www.example.com'],
    ['--action-time', '-1'],
    ['--unknown'],
    ['--state', '/dev/null/state.json'],
  ]) {
    it(`refuses ${args.join(' ')} with one line and exit code 2`, async () => {
      const { code, stdout, stderr } = await run(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^hetzner-api: [^\n]+\n$/);
    });
  }
});
