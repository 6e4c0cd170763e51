import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type RunningApi, startApi } from '@groundplan/hetzner-api';
import {
  attemptsOf,
  type CommandResult,
  checkLedger,
  isClean,
  type Outsider,
  openRehearsal,
  type Rehearsal,
  startLoad,
  startNameServer,
  summaryOf,
  zonesOf,
} from '@groundplan/rehearsal';
import { after, before, describe, it } from 'mocha';
import {
  hetznerToken,
  prepareTools,
  type S3Server,
  startS3,
  toolsTimeout,
} from '../../../../test/support/terraform.js';
import { needsHosts } from './support/here.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const database = 'shop-fsn1-db-main-1';

const topology = (recipient: string): string => `topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com, ttl: 60 }
load_balancers:
  edge: { count: 1, routes: { shop.example.com: app.web } }
apps:
  web: { count: 1, port: 3000, run: { script: shop.py }, env: { DATABASE_URL: "\${database.main.url}" } }
databases:
  main: { engine: postgresql, standby: 0, volume: { size: 10GB }, backup: bucket.dumps }
buckets:
  dumps: { location: hel1 }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24], bastion: edge }
secrets: { recipients: [${recipient}] }
`;

describe('a topology that is pushed to real hosts', function () {
  this.timeout(10 * 60_000);
  let rehearsal: Rehearsal;
  let api: RunningApi;
  let s3: S3Server;
  let operator: Outsider;
  let user: Outsider;
  let folder: string;
  let env: Record<string, string>;
  let terraform: string;

  /** The command line from its sources, where the operator is. */
  const groundplan = async (args: readonly string[], input = ''): Promise<CommandResult> => {
    const main = join(root, 'packages/cli/src/main.ts');
    // Node finds tsx from where it is, not from the user's project.
    const loader = process.execArgv.map((argument) =>
      argument === '--import=tsx' ? `--import=${import.meta.resolve('tsx')}` : argument,
    );
    const options = { env, input, timeoutMilliseconds: 5 * 60_000 };
    return operator.run(process.execPath, [...loader, main, '-C', folder, ...args], options);
  };
  const succeeds = async (args: readonly string[], input?: string): Promise<string> => {
    const { code, stdout, stderr } = await groundplan(args, input);
    assert.equal(code, 0, stdout.slice(-3000) + stderr);
    return stdout;
  };
  const apply = (...args: readonly string[]) => ['exec', '--', terraform, '-chdir=build', ...args];

  before(async function () {
    this.timeout(toolsTimeout);
    await needsHosts(this);
    const { cliConfig, tools } = await prepareTools();
    terraform = tools.at(-1)?.path ?? assert.fail('there is no tool');
    folder = await mkdtemp(join(tmpdir(), 'groundplan-shop-'));
    s3 = await startS3();
    rehearsal = await openRehearsal({ nameservers: ['192.0.2.53'] });
    api = await startApi({ driver: rehearsal.driver, zones: ['example.com'], quotas: { requestsPerHour: 1_000_000 } });
    operator = await rehearsal.addOutsider('operator', '198.51.100.10');
    user = await rehearsal.addOutsider('user', '192.0.2.10');
    await startNameServer({
      outsider: await rehearsal.addOutsider('dns', '192.0.2.53'),
      folder: join(rehearsal.folder, 'dns'),
      zones: () => zonesOf(api.snapshot(hetznerToken)),
    });
    for (const url of [api.url, s3.endpoint]) {
      const port = Number(new URL(url).port);
      await operator.expose('127.0.0.1', port, { port });
    }
    env = {
      HOME: folder,
      TF_CLI_CONFIG_FILE: cliConfig,
      CHECKPOINT_DISABLE: '1',
      HCLOUD_ENDPOINT: api.url,
      GROUNDPLAN_S3_ENDPOINT: s3.endpoint,
      GROUNDPLAN_S3_REGION: s3.region,
    };
    await mkdir(join(folder, 'keys'));
    await cp(join(root, 'samples/smallest/keys/ops.pub'), join(folder, 'keys/ops.pub'));
    await cp(new URL('fixtures/shop.py', import.meta.url), join(folder, 'shop.py'));
  });

  after(async () => {
    await rehearsal?.close();
    await api?.close();
    await s3?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it('is made and configured by one apply', async () => {
    const recipient = /age1[a-z0-9]+/.exec(await succeeds(['keys', 'identity']))?.[0] ?? '';
    await writeFile(join(folder, 'topology.yaml'), topology(recipient));
    await groundplan(['keys']);
    const given = {
      hcloud_token: hetznerToken,
      object_storage_access_key: s3.accessKey,
      object_storage_secret_key: s3.secretKey,
      backups_object_storage_access_key: s3.accessKey,
      backups_object_storage_secret_key: s3.secretKey,
    };
    for (const [name, value] of Object.entries(given)) await succeeds(['keys', 'set', name], value);
    await succeeds(['build']);
    await writeFile(
      join(folder, 'build/backend_override.tf.json'),
      '{ "terraform": { "backend": { "local": {} } } }\n',
    );
    await succeeds(apply('init', '-input=false', '-no-color'));
    await succeeds(apply('apply', '-input=false', '-auto-approve', '-no-color'));
    for (const host of rehearsal.hosts()) {
      assert.equal(await host.must(['systemctl', 'list-units', '--failed', '--plain', '--no-legend']), '', host.name);
    }
  });

  it('has nothing more to do then', async () => {
    await succeeds(apply('plan', '-input=false', '-no-color', '-detailed-exitcode'));
  });

  it('serves users by its name, and loses nothing that it acknowledged when the power of its database fails', async () => {
    const load = startLoad(user, {
      plan: {
        base: 'http://shop.example.com',
        perSecond: 20,
        seconds: 180,
        kinds: [
          { name: 'read', method: 'GET', path: '/', writes: false },
          { name: 'write', method: 'POST', path: '/writes/{id}', body: '{}', writes: true },
        ],
        idPrefix: 'w-',
      },
      client: { connectTimeout: 2000, timeout: 10_000 },
      names: { servers: ['192.0.2.53'] },
    });
    await sleep(5000);
    const host = rehearsal.host(database);
    await host.powerLoss();
    await sleep(3000);
    await host.boot();
    const began = Date.now();
    const isWritten = () =>
      load.events.some(({ writes, status, sentAt }) => writes && status === 201 && sentAt > began);
    for (let waited = 0; waited < 120 && !isWritten(); waited += 1) await sleep(1000);
    await sleep(3000);
    const events = await load.stop();
    const { stdout } = await user.run('curl', [
      '-s',
      '--resolve',
      await resolution(),
      'http://shop.example.com/writes',
    ]);
    const findings = checkLedger(attemptsOf(events), stdout.trim().split('\n'));
    assert.ok(isClean(findings), JSON.stringify(findings));
    assert.ok(isWritten(), 'the database does not come back');
    assert.ok(findings.acknowledged > 30, String(findings.acknowledged));
    const reads = summaryOf(events.filter(({ writes }) => !writes));
    assert.equal(reads.failed, 0, JSON.stringify(reads));
  });

  const resolution = async (): Promise<string> => {
    const server = api.snapshot(hetznerToken).servers.find(({ name }) => name.includes('-lb-'));
    return `shop.example.com:80:${server?.public_net.ipv4?.ip}`;
  };
});
