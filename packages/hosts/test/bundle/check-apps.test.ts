import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, type Context, describe, it } from 'mocha';
import { needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { bundle, programs, topology } from './alerts/hosts.js';
import { stage } from './stage.js';

describe('the check of the servers of apps', function () {
  this.timeout(90_000);

  const model = topology('');
  const open: { close(): void }[] = [];

  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  /** A real HAProxy with these servers, and what the check of a balancer finds there. */
  async function found(key: string, earlier: 'alive' | 'dead', test: Context): Promise<string[][]> {
    const [haproxy, python] = [needs(test, 'haproxy'), needs(test, 'python3')];
    const alive = createServer((_, response) => response.writeHead(earlier === 'alive' ? 200 : 503).end());
    await new Promise<void>((resolve) => alive.listen(0, '127.0.0.1', resolve));
    const { port } = alive.address() as AddressInfo;
    const staged = stage(bundle(model, key), 'own-folders', (path, content) =>
      path.endsWith('/apps') ? content.replace(/"10\.[\d.]+"/, `"127.0.0.1:${port}"`) : content,
    );
    const socket = staged.at('/run/haproxy/admin.sock');
    const configuration = staged.at('/haproxy.cfg');
    writeFileSync(
      configuration,
      `global
  stats socket ${socket}
defaults
  mode http
  timeout connect 1s
  timeout client 1s
  timeout server 1s
backend app.web
  server web-1 127.0.0.1:${port} check inter 100ms fall 1 rise 1
  server web-2 127.0.0.1:1 check inter 100ms fall 1 rise 1
backend app.web:once
  server web-1 127.0.0.1:${port} track app.web/web-1
  server web-2 127.0.0.1:1 track app.web/web-2
backend database.main
  server db-1 127.0.0.1:1 check inter 100ms fall 1
`,
    );
    const daemon = spawn(haproxy, ['-db', '-f', configuration], { stdio: 'ignore' });
    open.push({ close: () => daemon.kill('SIGKILL') }, alive, { close: staged.remove });
    const deadline = Date.now() + 60_000;
    const run = async () => {
      const path = staged.at(`${programs}/watch.d/apps`);
      return runProcess(python, [path], { cwd: '/', env: { PATH: process.env.PATH ?? '' } });
    };
    let ended = await run();
    // Until it listens, and has checked everything once.
    while ((ended.exitCode !== 0 || (ended.stdout === '' && earlier === 'dead')) && Date.now() < deadline) {
      await sleep(100);
      ended = await run();
    }
    assert.equal(ended.exitCode, 0, ended.stderr);
    return ended.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'));
  }

  it('says which are down, and how many are left', async function () {
    assert.deepEqual(
      (await found('fsn1_lb_edge_2', 'dead', this)).map(([key, subject]) => [key, subject]),
      [['web-2', 'web-2 does not answer its checks: 1 of 2 servers of app.web do']],
    );
  });

  it('leaves that to a balancer before it that is alive', async function () {
    assert.deepEqual(await found('fsn1_lb_edge_2', 'alive', this), []);
  });

  it('is for the first balancer to say without asking anybody', async function () {
    assert.equal((await found('fsn1_lb_edge_1', 'dead', this)).length, 1);
  });
});
