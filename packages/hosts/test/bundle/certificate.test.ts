import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bundleOf } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { sampleText } from '../../../../test/support/compile-text.js';
import { needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { type Stage, stage } from './stage.js';

const program = '/usr/local/lib/groundplan/certificate';
const certificate = '/var/lib/groundplan/tls/certificate.pem';

/** Signs what it is asked to, as acme-tiny does when all goes well. */
const acmeTiny = (folder: string) => `#!/bin/sh
echo "$@" >>${folder}/asked
while [ $# -gt 0 ]; do [ "$1" = --csr ] && request=$2; shift; done
openssl x509 -req -in "$request" -CA ${folder}/ca.pem -CAkey ${folder}/ca.key -copy_extensions copy -days 90 2>/dev/null
`;

describe('the certificate of balancers, with openssl and a certificate authority of the test', function () {
  this.timeout(20_000);

  let first: Balancer;
  let second: Balancer;

  beforeEach(async function () {
    for (const needed of ['openssl', 'curl']) needs(this, needed);
    first = await openBalancer('ashburn_lb_front_1', undefined);
    second = await openBalancer('ashburn_lb_front_2', first.port);
  });

  afterEach(() => Promise.all([first?.close(), second?.close()]));

  it('is one that nobody trusts until there is another, so that HAProxy can start', async () => {
    rmSync(first.staged.at(certificate));
    await first.run('first');
    assert.match(first.issuer(), /not issued yet/);
    const made = first.staged.read(certificate);
    await first.run('first');
    assert.equal(first.staged.read(certificate), made, 'one that fits the key is kept');
  });

  it('is asked for once, for all names, and taken into use', async () => {
    await first.run('renew');
    assert.match(first.issuer(), /Test Authority/);
    assert.match(first.names(), /DNS:wiki\.example\.net/);
    assert.deepEqual([first.asked(), first.reloads()], [1, 1]);
    await first.run('renew');
    assert.deepEqual([first.asked(), first.reloads()], [1, 1]);
  });

  it('is taken from the balancer that has it', async () => {
    await first.run('renew');
    await second.run('renew');
    assert.equal(second.staged.read(certificate), first.staged.read(certificate));
    assert.deepEqual([second.asked(), second.reloads()], [0, 1]);
  });

  it('is asked for by the second balancer only when the first has had half an hour', async () => {
    await second.run('renew');
    assert.equal(second.asked(), 0);
    const longAgo = new Date(Date.now() - 45 * 60_000);
    utimesSync(second.staged.at(certificate), longAgo, longAgo);
    await second.run('renew');
    assert.equal(second.asked(), 1);
    assert.match(second.issuer(), /Test Authority/);
  });

  it('is not asked for again within half an hour when it was refused', async () => {
    writeFileSync(join(first.tools, 'acme-tiny'), `#!/bin/sh\necho no >>${first.tools}/asked\nexit 1\n`, {
      mode: 0o755,
    });
    await assert.rejects(first.run('renew'));
    await first.run('renew');
    assert.deepEqual([first.asked(), first.reloads()], [1, 0]);
  });
});

interface Balancer {
  readonly staged: Stage;
  /** Where its certificate can be had by HTTP. */
  readonly port: number;
  /** The folder of the programs that stand for acme-tiny and systemctl. */
  readonly tools: string;
  run(what: 'first' | 'renew'): Promise<void>;
  asked(): number;
  reloads(): number;
  issuer(): string;
  names(): string;
  close(): Promise<void>;
}

async function openBalancer(key: string, peerPort: number | undefined): Promise<Balancer> {
  const { model } = analyse(sampleText('multi-region-postgresql'));
  const host = model.hosts.find((candidate) => candidate.key === key);
  const bundle = host && bundleOf(model, host);
  assert.ok(bundle);
  const peer = peerPort === undefined ? '127.0.0.1:1' : `127.0.0.1:${peerPort}`;
  const staged = stage(bundle, 'own-folders', (path, content) =>
    path.endsWith('/certificate') ? content.replace(/^(\d+\.){3}\d+$/gm, peer) : content,
  );
  const tools = staged.at('/tools');
  mkdirSync(tools);
  const name = ['-subj', '/CN=Test Authority', '-keyout', `${tools}/ca.key`, '-out', `${tools}/ca.pem`];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...name], {
    stdio: 'ignore',
  });
  writeFileSync(join(tools, 'acme-tiny'), acmeTiny(tools), { mode: 0o755 });
  writeFileSync(join(tools, 'systemctl'), `#!/bin/sh\necho "$@" >>${tools}/reloads\n`, { mode: 0o755 });
  const server: Server = createServer((request, response) => {
    assert.equal(request.url, '/_lb/certificate');
    response.end(staged.read(certificate));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const linesOf = (file: string) => {
    const path = join(tools, file);
    return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').length : 0;
  };
  const shown = (...what: string[]) =>
    execFileSync('openssl', ['x509', '-in', staged.at(certificate), '-noout', ...what], { encoding: 'utf8' });
  return {
    staged,
    tools,
    port: (server.address() as AddressInfo).port,
    run: async (what) => {
      const env = { PATH: `${tools}:${process.env.PATH ?? ''}` };
      const { exitCode, stderr } = await runProcess('sh', [staged.at(program), what], { cwd: staged.root, env });
      assert.equal(exitCode, 0, stderr);
    },
    asked: () => linesOf('asked'),
    reloads: () => linesOf('reloads'),
    issuer: () => shown('-issuer'),
    names: () => shown('-ext', 'subjectAltName'),
    close: () =>
      new Promise((resolve) => {
        staged.remove();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
