import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bootstrapUserData, checkUserData } from '@groundplan/hosts';
import { analyse, type Host, type Model } from '@groundplan/model';
import { describe, it } from 'mocha';
import { needs } from '../../../test/support/needs.js';
import { runProcess } from '../../../test/support/process.js';
import { accepted, configOf, fileOf, shown } from './support.js';

const tiers = `topology: v1
name: shop
regions: { one: { location: fsn1 }, two: { location: hel1 } }
arbiter: { location: nbg1 }
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { count: 2, routes: { shop.example.com: app.web } }, back: { count: 1, routes: { b.example.com: app.web } } }
apps: { web: { port: 3000, run: { container: x } } }
databases: { main: { engine: mariadb, backup: bucket.dumps } }
buckets: { dumps: { location: nbg1 } }
`;

function modelOf(sshFrom: readonly string[], image = 'debian-12'): Model {
  const access = `access: { ssh_keys: [ops.pub], bastion: edge, ssh_from: ${JSON.stringify(sshFrom)} }`;
  const { model, diagnostics } = analyse(`${tiers}image: ${image}\n${access}\n`);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  return model;
}

function hostOf(model: Model, key: string): Host {
  const host = model.hosts.find((candidate) => candidate.key === key);
  assert.ok(host, `there is no ${key}`);
  return host;
}

/** The rules that let SSH in. */
function sshRules(model: Model, key: string): string[] {
  return fileOf(configOf(model, hostOf(model, key)), '/etc/nftables.conf')
    .split('\n')
    .filter((line) => line.includes('dport 22'))
    .map((line) => line.trim().replace(/ comment .*/, ''));
}

const one = modelOf(['198.51.100.0/24', '192.0.2.1/32', '2001:db8::/32']);

describe('user-data', () => {
  it('says what cloud-init does at the first boot, and nothing else', () => {
    const { write_files, ...config } = configOf(one, hostOf(one, 'one_app_web_1'));
    assert.deepEqual(config, {
      hostname: 'shop-one-app-web-1',
      disable_root: false,
      ssh_pwauth: false,
      package_update: true,
      packages: ['nftables'],
      runcmd: [
        ['systemctl', 'enable', 'nftables.service'],
        ['systemctl', 'restart', 'nftables.service'],
        ['systemctl', 'try-reload-or-restart', 'ssh.service'],
      ],
    });
    assert.deepEqual(
      write_files.map(({ path, permissions }) => [path, permissions]),
      [
        ['/etc/nftables.conf', '0755'],
        ['/etc/ssh/sshd_config.d/00-groundplan.conf', '0644'],
        ['/usr/sbin/policy-rc.d', '0755'],
      ],
    );
    assert.match(
      fileOf(configOf(one, hostOf(one, 'one_app_web_1')), '/usr/sbin/policy-rc.d'),
      /^#!\/bin\/sh\n.*\nexit 101\n$/,
    );
  });

  it('is the same text for the same host', () => {
    const again = modelOf(['198.51.100.0/24', '192.0.2.1/32', '2001:db8::/32']);
    for (const { key } of one.hosts) {
      assert.equal(
        shown(bootstrapUserData(again, hostOf(again, key))),
        shown(bootstrapUserData(one, hostOf(one, key))),
      );
    }
  });

  it('lets SSH from the allow list to the bastion only', () => {
    const allowed = [
      'ip saddr { 198.51.100.0/24, 192.0.2.1/32 } tcp dport 22 accept',
      'ip6 saddr { 2001:db8::/32 } tcp dport 22 accept',
    ];
    const fromBastion = 'ip saddr { 10.10.128.240/28 } tcp dport 22 accept';
    assert.deepEqual(sshRules(one, 'one_lb_edge_1'), [...allowed, fromBastion]);
    for (const key of ['one_lb_back_1', 'one_app_web_2', 'one_db_main_1'])
      assert.deepEqual(sshRules(one, key), [fromBastion]);
  });

  it('lets SSH from the bastion of the same region by its block of addresses, so that one more bastion changes nothing', () => {
    assert.deepEqual(sshRules(one, 'two_app_web_1'), ['ip saddr { 10.30.128.240/28 } tcp dport 22 accept']);
  });

  it('lets SSH from the public addresses of the bastions to the arbiter, which are filled in when they are known', () => {
    const hosts = bootstrapUserData(one, hostOf(one, 'arbiter')).filter((part) => typeof part !== 'string');
    assert.deepEqual(
      hosts.map(({ publicAddress }) => publicAddress.key),
      ['one_lb_edge_1', 'one_lb_edge_2', 'two_lb_edge_1', 'two_lb_edge_2'],
    );
    const address = '203.0.113.7';
    assert.deepEqual(sshRules(one, 'arbiter'), [
      `ip saddr { ${[address, address, address, address].join(', ')} } tcp dport 22 accept`,
    ]);
  });

  it('closes every interface to everything else', () => {
    const ruleset = fileOf(configOf(one, hostOf(one, 'one_db_main_1')), '/etc/nftables.conf');
    assert.match(ruleset, /hook input priority filter; policy drop;/);
    assert.match(ruleset, /hook forward priority filter; policy drop;/);
    assert.match(ruleset, /ip daddr 169\.254\.169\.254 meta skuid != root reject/);
    assert.doesNotMatch(ruleset, /iifname/);
  });

  it('refuses passwords', () => {
    const settings = fileOf(configOf(one, hostOf(one, 'one_lb_edge_1')), '/etc/ssh/sshd_config.d/00-groundplan.conf');
    assert.match(settings, /^PasswordAuthentication no$/m);
    assert.match(settings, /^KbdInteractiveAuthentication no$/m);
    assert.match(settings, /^PermitRootLogin prohibit-password$/m);
  });
});

describe('the size of user-data', () => {
  const ranges = (count: number) =>
    Array.from({ length: count }, (_, index) => `100.${100 + (index >> 8)}.${index & 255}.129/32`);

  it('is no matter in any usual topology', () => {
    assert.deepEqual(checkUserData(modelOf(ranges(1000))), []);
    for (const host of one.hosts) assert.ok(shown(bootstrapUserData(one, host)).length < 4096, host.key);
  });

  const limits = [
    { count: 1450, severity: 'warning' },
    { count: 1800, severity: 'error' },
  ] as const;
  for (const { count, severity } of limits) {
    it(`is one ${severity} for an allow list of ${count} ranges`, () => {
      const diagnostics = checkUserData(modelOf(ranges(count)));
      assert.deepEqual(
        diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.severity]),
        [['host/user-data-size', severity]],
      );
      assert.match(diagnostics[0]?.message ?? '', /^the first boot of shop-one-lb-edge-1 takes \d+ of the 32768 bytes/);
    });
  }
});

describe('real validators', () => {
  const images = ['debian-12', 'debian-13', 'ubuntu-24.04'];
  const kinds = ['one_lb_edge_1', 'one_app_web_1', 'one_db_main_1', 'arbiter'];

  async function makeHostKey(sshKeygen: string): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'groundplan-hosts-'));
    const path = join(folder, 'key');
    const args = ['-q', '-t', 'ed25519', '-N', '', '-f', path];
    const { exitCode, stderr } = await runProcess(sshKeygen, args, {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '' },
    });
    assert.equal(exitCode, 0, stderr);
    return path;
  }

  it('cloud-init takes the user-data of every kind of host and image', async function () {
    this.timeout(120_000);
    const cloudInit = needs(this, 'cloud-init');
    for (const image of images) {
      const model = modelOf(['198.51.100.0/24', '2001:db8::/32'], image);
      for (const key of kinds) {
        const text = shown(bootstrapUserData(model, hostOf(model, key)));
        const said = await accepted(cloudInit, (file) => ['schema', '--config-file', file], 'user-data', text);
        assert.match(said, /Valid/);
        assert.doesNotMatch(said, /deprecat/i);
      }
    }
  });

  it('nft takes the ruleset of every kind of host', async function () {
    const nft = needs(this, 'nft');
    for (const key of kinds) {
      await accepted(
        nft,
        (file) => ['-c', '-f', file],
        'nftables.conf',
        fileOf(configOf(one, hostOf(one, key)), '/etc/nftables.conf'),
      );
    }
  });

  it('sshd takes its settings, and forbids passwords by them', async function () {
    const sshd = needs(this, 'sshd');
    // What the distribution's service makes before it starts sshd, which wants it even for a test when root runs it.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    const hostKey = await makeHostKey(needs(this, 'ssh-keygen'));
    const settings = fileOf(configOf(one, hostOf(one, 'one_lb_edge_1')), '/etc/ssh/sshd_config.d/00-groundplan.conf');
    const said = await accepted(sshd, (file) => ['-T', '-f', file, '-h', hostKey], 'sshd_config', settings);
    rmSync(dirname(hostKey), { recursive: true });
    assert.match(said, /^passwordauthentication no$/m);
    assert.match(said, /^permitrootlogin (without-password|prohibit-password)$/m);
  });

  it('shellcheck has nothing to say', async function () {
    const shellcheck = needs(this, 'shellcheck');
    await accepted(
      shellcheck,
      (file) => [file],
      'policy-rc.d',
      fileOf(configOf(one, hostOf(one, 'one_app_web_1')), '/usr/sbin/policy-rc.d'),
    );
  });
});
