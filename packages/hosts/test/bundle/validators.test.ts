import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Bundle, bundleOf } from '@groundplan/hosts/bundle';
import { analyse, type Model } from '@groundplan/model';
import fc from 'fast-check';
import { type Context, describe, it } from 'mocha';
import { findProgram } from '../../../../scripts/daemons.mjs';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { sampleNames, sampleText } from '../../../../test/support/compile-text.js';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { fileOf, filled, type Mapping, type Stage, stage } from './stage.js';

/** Every sample, and topologies that nobody thought of, of which those are passed over whose names clash by chance. */
const models: readonly Model[] = [
  ...sampleNames().map((name) => analyse(sampleText(name)).model),
  ...fc
    .sample(arbitraryTopology({ servers: 2 }), { numRuns: 16, seed: 20261124 })
    .map((text) => analyse(text))
    .filter(({ diagnostics }) => diagnostics.every(({ severity }) => severity !== 'error'))
    .map(({ model }) => model),
];

const bundles: readonly Bundle[] = models.flatMap((model) =>
  model.hosts.flatMap((host) => bundleOf(model, host) ?? []),
);

/** Bundles that have a file, one for each content of it but for the host's own name and address. */
function having(...paths: readonly string[]): Bundle[] {
  const all = new Map<string, Bundle>();
  for (const bundle of bundles) {
    const files = paths.flatMap((path) => bundle.files.find((file) => file.path === path) ?? []);
    const { name, address, key } = bundle.host;
    const contents = files.map(({ content }) =>
      filled(content).replaceAll(name, 'name').replaceAll(address, 'address').replaceAll(key, 'key'),
    );
    if (files.length > 0) all.set(contents.join('\0'), bundle);
  }
  assert.notEqual(all.size, 0, `no host has ${paths.join(' or ')}`);
  return [...all.values()];
}

async function accepts(program: string, args: readonly string[], staged: Stage): Promise<string> {
  const env = { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  const { exitCode, stdout, stderr } = await runProcess(program, args, { cwd: staged.root, env });
  assert.equal(exitCode, 0, `${program} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout + stderr;
}

async function onStage(bundle: Bundle, mapping: Mapping, work: (staged: Stage) => Promise<void>): Promise<void> {
  const staged = stage(bundle, mapping);
  try {
    await work(staged);
  } finally {
    staged.remove();
  }
}

function programOf(test: Context, name: string): string {
  // A dummy certificate is made by it.
  needs(test, 'openssl');
  return needs(test, name);
}

describe('the files of hosts', function () {
  this.timeout(300_000);

  it('are of every kind of host, of all images', () => {
    assert.deepEqual([...new Set(bundles.map(({ host }) => host.tier))].sort(), ['app', 'arbiter', 'db', 'lb']);
    assert.deepEqual([...new Set(models.map(({ image }) => image.value))].sort(), [
      'debian-12',
      'debian-13',
      'ubuntu-24.04',
    ]);
  });

  it('haproxy takes, without a warning', async function () {
    const haproxy = programOf(this, 'haproxy');
    const path = '/etc/haproxy/haproxy.cfg';
    for (const bundle of having(path)) {
      await onStage(bundle, 'own-folders', async (staged) => {
        const said = await accepts(haproxy, ['-c', '-f', staged.at(path)], staged);
        assert.doesNotMatch(said, /warning|alert/i, bundle.host.name);
      });
    }
  });

  it('nft takes', async function () {
    const nft = programOf(this, 'nft');
    const path = '/etc/nftables.conf';
    for (const bundle of having(path)) {
      await onStage(bundle, 'none', async (staged) => void (await accepts(nft, ['-c', '-f', staged.at(path)], staged)));
    }
  });

  it('keepalived takes', async function () {
    const keepalived = programOf(this, 'keepalived');
    const path = '/etc/keepalived/keepalived.conf';
    for (const bundle of having(path)) {
      await onStage(bundle, 'own-folders', async (staged) => {
        const said = await accepts(keepalived, ['-t', '-l', '-f', staged.at(path)], staged);
        assert.doesNotMatch(said, /unknown|disabling|error|warning/i, bundle.host.name);
      });
    }
  });

  it('bird takes', async function () {
    const bird = programOf(this, 'bird');
    const path = '/etc/bird/bird.conf';
    for (const bundle of having(path)) {
      await onStage(
        bundle,
        'none',
        async (staged) => void (await accepts(bird, ['-p', '-c', staged.at(path)], staged)),
      );
    }
  });

  it('patroni takes, with its etcd there and its own ports free', async function () {
    const patroni = programOf(this, 'patroni');
    const [unshare, socat, psql] = ['unshare', 'socat', 'psql'].map((program) => programOf(this, program));
    if (process.getuid?.() !== 0)
      leaveOut(this, 'it tries addresses, which only root can have in a network of its own');
    const path = '/etc/patroni/config.yml';
    for (const bundle of having(path)) {
      const { address } = bundle.host;
      await onStage(bundle, 'none', async (staged) => {
        // The version of PostgreSQL that is installed here.
        const here = /\d+/.exec(await accepts(psql ?? '', ['--version'], staged))?.[0];
        const config = staged.read(path).replace(/(bin_dir: .*\/)\d+(\/bin)/, `$1${here}$2`);
        writeFileSync(staged.at(path), config);
        const script = `ip link set lo up
ip address add ${address}/32 dev lo
${socat} TCP-LISTEN:2379,bind=${address},fork,reuseaddr /dev/null &
trap 'kill $!' EXIT
until ss -Htln 'sport = :2379' | grep -q 2379; do sleep 0.05; done
${patroni} --validate-config ${staged.at(path)}`;
        assert.equal(await accepts(unshare ?? '', ['--net', 'sh', '-euc', script], staged), '', bundle.host.name);
      });
    }
  });

  it('chronyd, apt and perl take', async function () {
    const chronyd = programOf(this, 'chronyd');
    const aptConfig = programOf(this, 'apt-config');
    const perl = programOf(this, 'perl');
    const [chrony, apt, needrestart] = [
      '/etc/chrony/chrony.conf',
      '/etc/apt/apt.conf.d/80groundplan',
      '/etc/needrestart/conf.d/groundplan.conf',
    ] as const;
    for (const bundle of having(chrony, apt, needrestart)) {
      await onStage(bundle, 'none', async (staged) => {
        assert.match(await accepts(chronyd, ['-p', '-f', staged.at(chrony)], staged), /makestep 1 3/);
        const settings = await accepts(aptConfig, ['-c', staged.at(apt), 'dump'], staged);
        assert.match(settings, /^Unattended-Upgrade::Package-Blacklist:: "\^postgresql";$/m);
        assert.match(settings, /^Unattended-Upgrade::Automatic-Reboot "false";$/m);
        await accepts(perl, ['-c', staged.at(needrestart)], staged);
      });
    }
  });

  it('shells take, and shellcheck has nothing to say of ours', async function () {
    const shellcheck = programOf(this, 'shellcheck');
    const ours = new Map<string, string>();
    for (const { path, content } of bundles.flatMap(({ files }) => files)) {
      const text = filled(content);
      if (text.startsWith('#!/bin/sh') && !content.some((part) => typeof part !== 'string' && 'file' in part))
        ours.set(text, path);
    }
    assert.deepEqual([...new Set(ours.values())].sort(), [
      '/etc/needrestart/restart.d/haproxy.service',
      '/usr/local/lib/groundplan/announce',
      '/usr/local/lib/groundplan/certificate',
      '/usr/local/lib/groundplan/drain',
      '/usr/local/lib/groundplan/fetch',
      '/usr/local/lib/groundplan/gate',
      '/usr/local/lib/groundplan/my-turn',
      '/usr/local/lib/groundplan/pgbackrest-push',
      '/usr/local/lib/groundplan/postgresql-folder',
      '/usr/local/lib/groundplan/pull',
      '/usr/local/lib/groundplan/volume',
      '/usr/local/lib/groundplan/vrrp-state',
      '/usr/local/lib/groundplan/watch.d/certificate',
      '/usr/local/lib/groundplan/watch.d/dns',
      '/usr/local/sbin/groundplan-dns',
      '/usr/local/sbin/groundplan-galera',
      '/usr/local/sbin/groundplan-maintenance',
      '/usr/local/sbin/groundplan-restic',
      '/usr/sbin/policy-rc.d',
    ]);
    const [first] = bundles;
    assert.ok(first);
    await onStage(first, 'none', async (staged) => {
      const files = [...ours.keys()].map((text, index) => {
        const file = join(staged.root, `script-${index}.sh`);
        writeFileSync(file, text);
        return file;
      });
      await accepts(shellcheck, files, staged);
    });
  });

  it('python takes', async function () {
    const python = programOf(this, 'python3');
    const ours = new Set<string>();
    for (const { path, content } of bundles.flatMap(({ files }) => files)) {
      const text = filled(content);
      if (path.endsWith('.py') || text.startsWith('#!/usr/bin/python3')) ours.add(text);
    }
    assert.ok(ours.size > 5);
    const [first] = bundles;
    assert.ok(first);
    await onStage(first, 'none', async (staged) => {
      const files = [...ours].map((text, index) => {
        const file = join(staged.root, `program_${index}.py`);
        writeFileSync(file, text);
        return file;
      });
      await accepts(python, ['-m', 'py_compile', ...files], staged);
    });
  });

  it('are JSON where they should be', () => {
    const settings = '/etc/groundplan/floating-ip.json';
    for (const bundle of having(settings)) {
      const { server, floating_ips, peers } = JSON.parse(fileOf(bundle, settings));
      assert.equal(typeof server, 'number');
      assert.equal(floating_ips.length, 2);
      assert.ok(peers.length >= 1);
    }
  });

  it('systemd takes: units, timers, users and temporary files', async function () {
    const analyze = programOf(this, 'systemd-analyze');
    const unitsOf = ({ files }: Bundle) =>
      files.map(({ path }) => path).filter((path) => path.startsWith('/etc/systemd/system/'));
    const paths = [...new Set(bundles.flatMap(unitsOf))].sort();
    for (const bundle of having(...paths)) {
      await onStage(bundle, 'none', async (staged) => {
        furnish(staged, bundle);
        const names = unitsOf(bundle).map((path) => path.replace(/\.d\/[^/]*$/, '').replace(/.*\//, ''));
        const verify = ['verify', `--root=${staged.root}`, '--recursive-errors=no', '--man=no'];
        assert.equal(await accepts(analyze, [...verify, ...names], staged), '', bundle.host.name);
      });
    }
    for (const bundle of having('/etc/sysusers.d/groundplan.conf')) {
      await onStage(bundle, 'none', async (staged) => {
        mkdirSync(staged.at('/etc/sysusers.d'), { recursive: true });
        await accepts('systemd-sysusers', ['--dry-run', staged.at('/etc/sysusers.d/groundplan.conf')], staged);
      });
    }
    for (const bundle of having('/etc/tmpfiles.d/groundplan.conf')) {
      await onStage(bundle, 'none', async (staged) => {
        const path = staged.at('/etc/tmpfiles.d/groundplan.conf');
        await accepts('systemd-tmpfiles', [`--root=${staged.root}`, '--create', path], staged);
        assert.ok(existsSync(staged.at('/run/groundplan')), 'made by systemd-tmpfiles');
      });
    }
  });

  it('systemd understands as the times that the topology means', async function () {
    const analyze = programOf(this, 'systemd-analyze');
    const calendars = bundles.flatMap(({ files }) =>
      files.flatMap(({ check }) => (check?.[1] === 'calendar' ? [check.slice(1)] : [])),
    );
    const [first] = bundles;
    assert.ok(first !== undefined && calendars.length > 0);
    await onStage(first, 'none', async (staged) => {
      for (const calendar of new Map(calendars.map((words) => [words.join(' '), words])).values())
        assert.match(await accepts(analyze, calendar, staged), /Next elapse/);
    });
  });
});

/** Stands for the packages of a host: what units refer to is there and does nothing. */
function furnish(staged: Stage, bundle: Bundle): void {
  const system = '/usr/lib/systemd/system';
  cpSync(existsSync(system) ? system : '/lib/systemd/system', staged.at(system), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const units = bundle.files.filter(({ path }) => path.startsWith('/etc/systemd/system/'));
  const programs = units.flatMap(({ path }) => [
    ...fileOf(bundle, path).matchAll(
      /^Exec(?:StartPre|StartPost|Start|StopPost|Stop|Reload|Condition)=[-+@:!]*(\/\S+)/gm,
    ),
  ]);
  for (const [, program = ''] of [
    ...programs,
    ['', '/usr/sbin/haproxy'],
    ['', '/usr/sbin/bird'],
    ['', '/usr/bin/patroni'],
    ['', '/bin/kill'],
    ['', '/usr/lib/bird/prepare-environment'],
  ]) {
    if (existsSync(staged.at(program))) continue;
    mkdirSync(dirname(staged.at(program)), { recursive: true });
    writeFileSync(staged.at(program), '#!/bin/sh\n');
    chmodSync(staged.at(program), 0o755);
  }
  assert.ok(findProgram('systemd-analyze'));
}
