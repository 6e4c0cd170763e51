import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundleOf } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { sampleText } from '../../../../test/support/compile-text.js';
import { needs } from '../../../../test/support/needs.js';
import { type Stage, stage } from './stage.js';
import { until } from './until.js';

const [own, peer] = [1, 2];

/** The Hetzner API as far as the reconciler needs it, and the other balancer's public address. */
interface Outside {
  readonly port: number;
  /** Whom each address leads to. */
  readonly holders: Map<string, number | null>;
  readonly assigned: string[];
  readonly asked: string[];
  peerAnswers: boolean;
  close(): Promise<void>;
}

describe('the balancer that is in charge', function () {
  this.timeout(120_000);

  let outside: Outside;
  let staged: Stage;
  let stop: () => Promise<void>;

  beforeEach(async function () {
    const python = needs(this, 'python3');
    needs(this, 'openssl');
    outside = await openOutside();
    staged = stageOf(outside);
    stop = start(python, staged);
  });

  afterEach(async () => {
    await stop?.();
    await outside?.close();
    staged?.remove();
  });

  /** As keepalived says it, whose files are for root alone unless it is told otherwise (umask 0177). */
  const state = (word: string) => {
    const told = ['INSTANCE', 'public', word, '200'];
    // Where nothing takes log lines its last command fails.
    spawnSync('sh', ['-c', 'umask 0177; exec "$@"', 'sh', staged.at('/usr/local/lib/groundplan/vrrp-state'), ...told]);
    assert.equal(staged.read('/run/groundplan/vrrp'), `${word}\n`);
  };

  it('is known to daemons on it that are not root', () => {
    state('MASTER');
    assert.equal(statSync(staged.at('/run/groundplan/vrrp')).mode & 0o777, 0o644);
  });

  it('takes the addresses of one that answers nobody', async () => {
    outside.peerAnswers = false;
    state('MASTER');
    await until(async () => assert.deepEqual([...outside.holders.values()], [own, own]), 'the addresses are not taken');
    assert.deepEqual(outside.assigned, ['11 to 1', '12 to 1']);
  });

  it('takes addresses that nobody has', async () => {
    for (const number of outside.holders.keys()) outside.holders.set(number, null);
    state('MASTER');
    await until(async () => assert.deepEqual([...outside.holders.values()], [own, own]), 'the addresses are not taken');
  });

  it('leaves them to one that still serves users, until it does not', async () => {
    state('MASTER');
    await until(async () => assert.ok(outside.asked.length >= 2), 'nobody asks the other one');
    assert.deepEqual(outside.assigned, []);
    outside.peerAnswers = false;
    await until(async () => assert.deepEqual([...outside.holders.values()], [own, own]), 'the addresses are not taken');
  });

  it('is asked by nobody while another is in charge', async () => {
    outside.peerAnswers = false;
    state('BACKUP');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual([outside.asked, outside.assigned], [[], []]);
  });
});

function stageOf({ port }: Outside): Stage {
  const { model } = analyse(sampleText('active-standby'));
  const host = model.hosts.find(({ key }) => key === 'nbg1_lb_public_1');
  assert.ok(host);
  const bundle = bundleOf(model, host);
  assert.ok(bundle);
  return stage(bundle, 'own-folders', (path, content) => {
    if (!path.endsWith('/floating-ip.json')) return content;
    const settings = JSON.parse(content);
    settings.api = `http://127.0.0.1:${port}/v1`;
    settings.server = own;
    settings.floating_ips = [11, 12];
    settings.peers = [{ ...settings.peers[0], server: peer, address: `127.0.0.1:${port}` }];
    return JSON.stringify(settings);
  });
}

function start(python: string, staged: Stage): () => Promise<void> {
  mkdirSync(staged.at('/credentials'));
  writeFileSync(staged.at('/credentials/token'), `${staged.read('/etc/groundplan/hcloud-token')}`);
  const child = spawn(
    python,
    [staged.at('/usr/local/lib/groundplan/floating-ip'), staged.at('/etc/groundplan/floating-ip.json')],
    { stdio: 'ignore', env: { CREDENTIALS_DIRECTORY: staged.at('/credentials') } },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return async () => {
    child.kill();
    await ended;
  };
}

async function openOutside(): Promise<Outside> {
  const holders = new Map<string, number | null>([
    ['11', peer],
    ['12', peer],
  ]);
  const assigned: string[] = [];
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url === '/_lb/alive') {
      asked.push(url);
      response.writeHead(outside.peerAnswers ? 200 : 503).end();
      return;
    }
    assert.equal(request.headers.authorization, 'Bearer dummy');
    const [, number = ''] = /^\/v1\/floating_ips\/(\d+)/.exec(url) ?? [];
    if (request.method === 'GET') {
      response.end(JSON.stringify({ floating_ip: { id: Number(number), server: holders.get(number) } }));
      return;
    }
    assert.match(url, /\/actions\/assign$/);
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      holders.set(number, JSON.parse(body).server);
      assigned.push(`${number} to ${holders.get(number)}`);
      response.writeHead(201).end('{"action":{}}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const outside: Outside = {
    port: (server.address() as AddressInfo).port,
    holders,
    assigned,
    asked,
    peerAnswers: true,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return outside;
}
