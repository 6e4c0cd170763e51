import assert from 'node:assert/strict';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { bundleOf } from '@groundplan/hosts/bundle';
import { analyse, type Host, type Model } from '@groundplan/model';
import { afterEach, beforeEach, type Context, describe, it } from 'mocha';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { dummyPair } from './stage.js';
import { loopback, ownRegion, type RunningHost, startHost } from './traffic/daemon.js';
import { freePort } from './traffic/program.js';
import { until } from './until.js';

const topology = (engine: string, port: number) => `topology: v1
name: shop
${ownRegion}
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { web: { port: 3000, run: { container: x }, env: { DATABASE_URL: "\${database.main.url}" } } }
databases: { main: { engine: ${engine}, port: ${port}, backup: bucket.dumps } }
buckets: { dumps: { location: hel1 } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;

/** A database server that says its name to whoever connects, and what stands beside it and says whether it may be written to. */
interface Database {
  readonly name: string;
  isPrimary: boolean;
  close(): Promise<void>;
}

const engines = [
  { engine: 'postgresql', checkPort: 8008, check: 'Patroni over TLS', path: '/primary' },
  { engine: 'mariadb', checkPort: 9200, check: 'the Galera check', path: '/' },
] as const;

for (const { engine, checkPort, check, path } of engines) {
  describe(`an app's way to ${engine}, with real HAProxy and a stand-in for ${check}`, function () {
    this.timeout(120_000);

    let port: number;
    let databases: Database[] = [];
    let app: RunningHost;

    beforeEach(async function (this: Context) {
      const haproxy = needs(this, 'haproxy');
      for (const program of ['socat', 'openssl']) needs(this, program);
      if (process.platform !== 'linux') leaveOut(this, 'only Linux has all of 127.0.0.0/8');
      port = await freePort();
      const { model } = analyse(topology(engine, port));
      const hosts = model.hosts.filter(({ tier }) => tier === 'db');
      databases = await Promise.all(hosts.map((host) => openDatabase(host, port, checkPort, path)));
      setPrimary(0);
      app = await startHost(haproxy, model, appHost(model), await freePort());
      await until(async () => assert.deepEqual(await statuses(), ['UP', 'DOWN']), 'the primary is not found');
    });

    afterEach(async () => {
      await app?.stop();
      await Promise.all(databases.map((database) => database.close()));
    });

    const setPrimary = (wanted: number) => {
      for (const [index, database] of databases.entries()) database.isPrimary = index === wanted;
    };

    /** What HAProxy thinks of the two servers. */
    const statuses = async () => {
      const lines = (await app.command('show stat')).split('\n').map((line) => line.split(','));
      const servers = lines.filter(([proxy, server]) => proxy === 'database.main' && server?.startsWith('shop-'));
      return servers.map((columns) => columns[17]);
    };

    const greeting = () =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1');
        socket.once('data', (data) => {
          resolve(String(data));
          socket.destroy();
        });
        socket.once('error', reject);
        socket.once('close', () => reject(new Error('it was closed')));
      });

    it('leads to the primary wherever it is, and cuts connections to the old one', async () => {
      const old = connect(port, '127.0.0.1');
      const cut = new Promise<void>((resolve) => old.once('close', () => resolve()));
      old.on('error', () => undefined);
      await new Promise((resolve) => old.once('data', resolve));
      setPrimary(1);
      await cut;
      assert.equal(await greeting(), databases[1]?.name);
    });

    it('goes on leading to the primary while HAProxy is reloaded', async () => {
      setPrimary(1);
      await until(async () => assert.deepEqual(await statuses(), ['DOWN', 'UP']), 'it does not follow the primary');
      await app.reload();
      for (let attempt = 0; attempt < 20; attempt += 1) assert.equal(await greeting(), databases[1]?.name);
    });

    it('leads nowhere without a primary', async () => {
      setPrimary(-1);
      await until(() => assert.rejects(greeting()), 'it leads to a server that is no primary');
    });
  });
}

function appHost(model: Model): Host {
  const host = model.hosts.find(({ tier }) => tier === 'app');
  assert.ok(host && bundleOf(model, host));
  return host;
}

async function openDatabase(host: Host, port: number, checkPort: number, path: string): Promise<Database> {
  const address = loopback(host.address);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.write(host.name);
  });
  const answer: Parameters<typeof createHttp>[1] = (request, response) => {
    response.writeHead(request.url === path && database.isPrimary ? 200 : 503).end();
  };
  const { key, certificate: cert } = dummyPair();
  const checks = path === '/primary' ? createHttps({ key, cert }, answer) : createHttp({}, answer);
  const database: Database = {
    name: host.name,
    isPrimary: false,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      checks.closeAllConnections();
      await Promise.all([server, checks].map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };
  await Promise.all([listen(server, port, address), listen(checks, checkPort, address)]);
  return database;
}

function listen(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
}
