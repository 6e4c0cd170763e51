import assert from 'node:assert/strict';
import { bundleOf, packBundle, secretsIn } from '@groundplan/hosts/bundle';
import { analyse, type Host, type Model, namedFiles, sha256Hex } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { sampleNames, sampleText } from '../../../../test/support/compile-text.js';
import { configOf, fileOf as firstBootFileOf } from '../support.js';
import { fileOf } from './stage.js';

const texts = [
  ...sampleNames().map(sampleText),
  ...fc.sample(arbitraryTopology({ servers: 2 }), { numRuns: 40, seed: 7 }),
].filter((text) => analyse(text).diagnostics.every(({ severity }) => severity !== 'error'));

function modelOf(text: string): Model {
  const { model, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
  return model;
}

function hostOf(model: Model, key: string): Host {
  const host = model.hosts.find((candidate) => candidate.key === key);
  assert.ok(host, `there is no ${key}`);
  return host;
}

function bundle(model: Model, key: string) {
  const made = bundleOf(model, hostOf(model, key));
  assert.ok(made);
  return made;
}

/** The addresses of all bundles of a topology, by host. */
function addresses(text: string): Record<string, string> {
  const model = modelOf(text);
  const files = new Map(namedFiles(model).map(({ path }) => [path, `content of ${path}\n`]));
  const lock = { public: 'public\n', fingerprint: 'fingerprint' };
  const secrets = new Map(['member_authority', 'acme_account_key', 'deploy_ssh_key'].map((name) => [name, lock]));
  return Object.fromEntries(
    model.hosts.flatMap((host) => {
      const made = bundleOf(model, host);
      return made === undefined ? [] : [[host.key, packBundle(made, { files, secrets }).address]];
    }),
  );
}

/** No more than every host needs. */
const nothing = { files: new Map([['ops.pub', 'key']]), secrets: new Map([['deploy_ssh_key', { public: 'key' }]]) };

const shop = (web: string, rest = '') => `topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { web: { port: 3000, run: { container: shop }, ${web} } ${rest} }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;

describe('a bundle', function () {
  this.timeout(60_000);

  it('has its files sorted, each with what in the topology it comes from', () => {
    for (const text of texts) {
      const model = modelOf(text);
      const theirs = new Set(model.apps.flatMap(({ files }) => files.map(({ path }) => path)));
      for (const host of model.hosts) {
        const made = bundleOf(model, host);
        if (made === undefined) continue;
        const paths = made.files.map(({ path }) => path);
        assert.deepEqual(paths, [...new Set(paths)].sort());
        for (const { path, mode, span, content } of made.files) {
          assert.match(mode, /^0[0-7]{3}$/, path);
          assert.ok(span.start < span.end && span.end <= text.length, `${path} comes from nowhere`);
          const last = content.at(-1);
          if (!theirs.has(path) && typeof last === 'string') assert.match(last, /(^|[^\n])\n$/, path);
        }
      }
    }
  });

  it('is readable by root alone where a secret is in it', () => {
    let found = 0;
    for (const text of texts) {
      const model = modelOf(text);
      for (const host of model.hosts) {
        for (const { path, mode, content } of bundleOf(model, host)?.files ?? []) {
          const secrets = secretsIn(content).filter(
            (name) => !['member_authority', 'acme_account_thumbprint'].includes(name),
          );
          // The modes of files in `files:` are the user's own.
          if (secrets.length === 0 || path.startsWith('/etc/shop/') || path.endsWith('/certificate.pem')) continue;
          found += 1;
          assert.match(mode, /^0(600|640)$/, `${path} holds ${secrets.join(', ')}`);
        }
      }
    }
    assert.ok(found > 20, 'secrets were looked at');
  });

  it('is the same for the same topology, and for one with another comment', () => {
    for (const text of texts.slice(0, 12)) assert.deepEqual(addresses(text), addresses(`# a comment\n${text}`));
  });

  it('changes with one more server on balancers and on that server only', () => {
    const [two, three] = [addresses(shop('count: 2')), addresses(shop('count: 3'))];
    const changed = Object.keys(three).filter((key) => two[key] !== three[key]);
    assert.deepEqual(changed, ['fsn1_app_web_3', 'fsn1_lb_edge_1', 'fsn1_lb_edge_2']);
  });

  it('names each content by its SHA-256, once for all that is the same', () => {
    const made = bundle(modelOf(shop('count: 2')), 'fsn1_app_web_1');
    const { manifest, files: packed } = packBundle(made, nothing);
    const { files, host } = JSON.parse(manifest);
    assert.equal(host, 'shop-fsn1-app-web-1');
    assert.deepEqual(
      files.filter(
        ({ source, sha256 }: { source: string; sha256: string }) =>
          sha256Hex(packed.get(source)?.text ?? '') !== sha256,
      ),
      [],
    );
    assert.deepEqual([...packed.keys()], [...packed.keys()].sort());
  });

  it('needs what the lock file says of keys that it trusts', () => {
    const text = sampleText('single-region');
    const made = bundle(modelOf(text), 'falkenstein_lb_edge_1');
    assert.throws(
      () => packBundle(made, nothing),
      /the public part of (member_authority|acme_account_key) is not given/,
    );
  });

  it('says which of its files are missing', () => {
    const made = bundle(modelOf(shop('files: { /etc/a: { from: a.ini } }')), 'fsn1_app_web_1');
    assert.throws(() => packBundle(made, nothing), /a\.ini/);
    assert.ok(packBundle(made, { ...nothing, files: new Map([...nothing.files, ['a.ini', 'a']]) }).address);
  });

  it('keeps its own files where the user has one at the same path', () => {
    const made = bundle(modelOf(shop('files: { /etc/nftables.conf: { content: "flush ruleset" } }')), 'fsn1_app_web_1');
    assert.match(fileOf(made, '/etc/nftables.conf'), /policy drop/);
  });
});

describe('a host that is configured', () => {
  it('keeps the SSH settings and the quiet packages of its first boot', () => {
    const model = modelOf(shop('count: 2'));
    const made = bundle(model, 'fsn1_app_web_1');
    const config = configOf(model, made.host);
    for (const path of ['/etc/ssh/sshd_config.d/00-groundplan.conf', '/usr/sbin/policy-rc.d'])
      assert.equal(fileOf(made, path), firstBootFileOf(config, path));
  });
});

describe('who may log in', () => {
  it('is whom the topology names, and Terraform', () => {
    const made = bundle(modelOf(shop('count: 2')), 'fsn1_lb_edge_1');
    const { files } = packBundle(made, {
      files: new Map([['ops.pub', 'ssh-ed25519 A ops']]),
      secrets: new Map([['deploy_ssh_key', { public: 'ssh-ed25519 B' }]]),
    });
    assert.equal(files.get('files/root/.ssh/authorized_keys')?.text, 'ssh-ed25519 A ops\nssh-ed25519 B\n');
    assert.equal(made.files.find(({ path }) => path === '/root/.ssh/authorized_keys')?.mode, '0600');
  });
});

describe('the environment of a program', () => {
  it('has its references put in, and is taken as it is whatever is in it', () => {
    const text = shop(
      'env: { TEXT: "a \\"b\\" $c `d` \\\\ e", KEY: "${secret.KEY}", API: "${app.api.url}/v1", HERE: "${region.location}" }',
      ', api: { port: 8000, run: { container: api }, slot: 3 }',
    );
    const lines = fileOf(bundle(modelOf(text), 'fsn1_app_web_1'), '/etc/groundplan/app.env')
      .split('\n')
      .slice(1, -1);
    assert.deepEqual(lines, [
      'PORT="3000"',
      'TEXT="a \\"b\\" \\$c \\`d\\` \\\\ e"',
      'KEY="dummy"',
      'API="http://127.0.0.1:7103/v1"',
      'HERE="fsn1"',
    ]);
  });
});

describe('the firewall of a host', () => {
  const model = modelOf(`topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers:
  edge: { slot: 0, mode: active-standby, tls: { mode: acme, email: ops@example.com }, routes: { shop.example.com: app.web } }
  staff: { slot: 1, routes: { staff.example.com: app.web } }
apps:
  web: { port: 3000, run: { container: a }, env: { API: "\${app.api.url}" }, slot: 0 }
  api: { port: 8000, run: { container: b }, slot: 1 }
  mailer: { run: { container: c }, slot: 2 }
  report: { schedule: daily, run: { container: c }, slot: 3 }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24], bastion: edge }
`);

  const opened: Readonly<Record<string, readonly string[]>> = {
    fsn1_lb_edge_1: [
      'tcp dport { 80, 443 }',
      'ip saddr { 10.10.128.0/28 } ip protocol vrrp',
      'ip saddr { 10.10.0.128/25, 10.10.128.0/28, 10.10.128.16/28 } tcp dport 7053',
    ],
    fsn1_lb_staff_1: [
      'tcp dport { 80 }',
      'ip saddr { 10.10.0.128/25, 10.10.128.0/28, 10.10.128.16/28 } tcp dport 7053',
    ],
    fsn1_app_web_1: ['ip saddr { 10.10.128.0/28, 10.10.128.16/28 } tcp dport { 3000, 7080 }'],
    fsn1_app_api_1: [
      'ip saddr { 10.10.0.0/25 } tcp dport { 7080, 8000 }',
      'ip saddr { 10.10.128.0/28, 10.10.128.16/28 } tcp dport 7053',
    ],
    fsn1_app_mailer_1: [],
    fsn1_app_report_1: ['ip saddr { 10.10.1.128/25 } tcp dport 7080'],
  };

  for (const [key, rules] of Object.entries(opened)) {
    it(`of ${key} lets in ${rules.length === 0 ? 'nothing' : 'what it serves'} but SSH`, () => {
      const ruleset = fileOf(bundle(model, key), '/etc/nftables.conf');
      const found = ruleset.split('\n').filter((line) => /(dport|vrrp)/.test(line) && !/dport (22|68)/.test(line));
      assert.deepEqual(
        found.map((line) => line.trim().replace(/ accept .*/, '')),
        rules,
      );
    });
  }
});
