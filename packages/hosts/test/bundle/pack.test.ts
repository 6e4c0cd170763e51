import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Text } from '@groundplan/hosts';
import { type Bundle, bundleOf, convergeProgram, type PackedBundle, packBundle } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { sampleText } from '../../../../test/support/compile-text.js';

const { model } = analyse(sampleText('single-region'));
const host = model.hosts.find(({ key }) => key === 'falkenstein_lb_edge_1') ?? assert.fail('no such host');
const balancer = model.loadBalancers[0] ?? assert.fail('no balancer');
const region = model.regions[0] ?? assert.fail('no region');
const given = {
  files: new Map([['mine', 'content «secret A» of mine\n']]),
  secrets: new Map([['A', { public: 'PUBLIC' }]]),
};

function packed(content: Text, path = '/etc/it'): PackedBundle {
  const span = { start: 0, end: 0 };
  const file = { path, mode: '0644', owner: 'root', group: 'root', check: undefined, action: undefined, content, span };
  const bundle: Bundle = { host, packages: [], files: [file], units: [] };
  return packBundle(bundle, given);
}

function entry(bundle: PackedBundle) {
  return JSON.parse(bundle.manifest).files[0];
}

describe('a packed file', () => {
  it('reads as on the host, with a placeholder for what is not known yet', () => {
    const bundle = packed([
      'key=',
      { secret: 'A' },
      ' "',
      { secret: 'A', within: 'double-quotes' },
      '" ',
      { publicAddress: host, version: 'ipv6' },
      ' ',
      { serverId: host },
      ' ',
      { floatingIp: { balancer, region, version: 'ipv4' }, as: 'id' },
      ' ',
      { interfaceWith: '10.10.0.2' },
      ' ',
      { publicPartOf: 'A', as: 'public' },
    ]);
    assert.equal(
      bundle.files.get('files/etc/it')?.text,
      'key=«secret A» "«secret A, escaped»" «falkenstein_lb_edge_1.ipv6» «falkenstein_lb_edge_1.server_id» «falkenstein_lb_edge_ipv4.floating_id» «interface with 10.10.0.2» PUBLIC',
    );
    assert.deepEqual(entry(bundle).placeholders, {
      '«secret A»': { secret: 'A' },
      '«secret A, escaped»': { secret: 'A', within: 'double-quotes' },
      '«falkenstein_lb_edge_1.ipv6»': { value: 'falkenstein_lb_edge_1.ipv6' },
      '«falkenstein_lb_edge_1.server_id»': { value: 'falkenstein_lb_edge_1.server_id' },
      '«falkenstein_lb_edge_ipv4.floating_id»': { value: 'falkenstein_lb_edge_ipv4.floating_id' },
      '«interface with 10.10.0.2»': { interface_with: '10.10.0.2' },
    });
    assert.deepEqual(bundle.secrets, ['A']);
    assert.deepEqual(
      [...bundle.values].map(([name, { kind }]) => [name, kind]),
      [
        ['falkenstein_lb_edge_1.ipv6', 'public-address'],
        ['falkenstein_lb_edge_1.server_id', 'server-id'],
        ['falkenstein_lb_edge_ipv4.floating_id', 'floating-ip'],
      ],
    );
  });

  it('has placeholders that nothing else in it looks like', () => {
    const bundle = packed(["«secret A» and «secret A'»", { secret: 'A' }, { file: 'mine' }]);
    assert.deepEqual(entry(bundle).placeholders, { "«secret A''»": { secret: 'A' } });
  });

  it('has a name that every file system takes', () => {
    const bundle = packed(['x'], '/etc/systemd/system/srv-a\\x2db:c%.mount');
    assert.deepEqual([...bundle.files.keys()], ['files/etc/systemd/system/srv-a%5Cx2db%3Ac%25.mount']);
    assert.equal(entry(bundle).path, '/etc/systemd/system/srv-a\\x2db:c%.mount');
  });

  it('becomes on the host what was meant, whatever is in it', function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'groundplan-pack-'));
    try {
      const program = join(folder, 'converge.py');
      writeFileSync(program, convergeProgram);
      const words = fc.constantFrom(
        '«',
        '»',
        "'",
        'secret A',
        '«secret A»',
        "«secret A'»",
        '$',
        '\\',
        '"',
        'é',
        '\n',
        '',
      );
      const secret = fc.constant({ secret: 'A' } as const);
      fc.assert(
        fc.property(fc.array(fc.oneof(words, secret), { maxLength: 12 }), words, (content, value) => {
          const bundle = packed(content);
          const at = join(folder, 'bundle');
          for (const [path, { text }] of bundle.files) {
            mkdirSync(dirname(join(at, path)), { recursive: true });
            writeFileSync(join(at, path), text);
          }
          writeFileSync(join(at, 'manifest.json'), bundle.manifest);
          const root = join(folder, 'root');
          rmSync(root, { recursive: true, force: true });
          mkdirSync(root);
          const options = ['--expect', bundle.address, '--root', root, '--commands', '/bin/true', '--given', '-'];
          execFileSync('python3', [program, at, ...options], { input: JSON.stringify({ secrets: { A: value } }) });
          const meant = content.map((part) => (typeof part === 'string' ? part : value)).join('');
          assert.equal(readFileSync(join(root, 'etc/it'), 'utf8'), meant);
        }),
        { numRuns: 25, seed: 1 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the release of an app', () => {
  const text = (before: string) => `topology: v1
name: shop
regions: { two: { location: hel1 }, one: { location: fsn1 } }
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { web: { count: 2, port: 3000, run: { container: shop }, health: { path: /up, rise: 3, interval: 2s } ${before} } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;
  const unitsOf = (topology: string) => {
    const made = analyse(topology).model;
    return made.hosts.flatMap((each) => {
      const unit = bundleOf(made, each)?.units.find(({ name }) => name === 'app-web.service');
      return unit === undefined ? [] : [[each.key, unit] as const];
    });
  };

  it('runs what comes before it on one host of all', () => {
    const units = unitsOf(text(', release: { before: ./migrate }'));
    assert.equal(units.length, 4);
    assert.deepEqual(
      units.flatMap(([key, { before }]) => (before === undefined ? [] : [[key, before]])),
      [['one_app_web_1', 'app-web-before.service']],
    );
    assert.ok(unitsOf(text('')).every(([, { before }]) => before === undefined));
  });

  it('is over on a host when the balancers believe that it is healthy', () => {
    const [[, { healthy }] = assert.fail('no unit')] = unitsOf(text(''));
    assert.match(healthy?.url ?? '', /^http:\/\/10\.[\d.]+:7080\/up$/);
    assert.equal(healthy?.steady, 7);
  });
});

describe('the converge tool', () => {
  it('is the one of src/converge', () => {
    const source = fileURLToPath(new URL('../../src/converge/converge.py', import.meta.url));
    assert.equal(convergeProgram, readFileSync(source, 'utf8'), 'run "npm run generate"');
  });
});
