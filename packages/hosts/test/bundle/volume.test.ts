import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { bundleOf } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { fileOf, type Stage, stage } from './stage.js';

const bundle = (filesystem: string) => {
  const { model } = analyse(`topology: v1
name: shop
region: fsn1
databases: { main: { volume: { size: 20GB, filesystem: ${filesystem} }, backup: bucket.dumps } }
buckets: { dumps: { location: hel1 } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);
  const [host] = model.hosts.filter(({ tier }) => tier === 'db');
  const made = host && bundleOf(model, host);
  assert.ok(made);
  return made;
};

describe('the volume of a database', () => {
  it('is mounted from the device that Hetzner names after its number', () => {
    const unit = fileOf(bundle('ext4'), '/etc/systemd/system/srv-data.mount');
    assert.match(unit, /^What=\/dev\/disk\/by-id\/scsi-0HC_Volume_43$/m);
    assert.match(unit, /^Where=\/srv\/data$/m);
    // Without nofail systemd orders it before the boot is over, and what prepares the volume after that: a circle.
    assert.match(unit, /^Options=noatime,nodev,nosuid,nofail$/m);
  });

  it('is there before what keeps its data on it, which starts late when the volume comes late', () => {
    const made = bundle('ext4');
    const names = made.units.map(({ name }) => name);
    assert.ok(names.indexOf('groundplan-volume.service') < names.indexOf('srv-data.mount'));
    assert.match(fileOf(made, '/etc/systemd/system/groundplan-volume.service'), /^Wants=srv-data\.mount$/m);
    assert.match(fileOf(made, '/etc/systemd/system/srv-data.mount'), /^Requires=groundplan-volume\.service$/m);
  });

  for (const [filesystem, tool] of [
    ['ext4', 'e2fsprogs'],
    ['xfs', 'xfsprogs'],
  ] as const)
    it(`brings ${tool} for ${filesystem}`, () => assert.ok(bundle(filesystem).packages.includes(tool)));
});

/** A staged host whose volume is a file, in a mount namespace that goes with each command. */
describe('the volume program on a loop device', function () {
  this.timeout(60_000);

  let staged: Stage;

  beforeEach(function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) leaveOut(this, 'only root mounts');
    for (const program of ['losetup', 'unshare', 'mkfs.ext4', 'mkfs.xfs', 'openssl']) needs(this, program);
  });

  afterEach(() => staged?.remove());

  /** Prepares a stage with a volume of so many megabytes. */
  const withVolume = (filesystem: string, megabytes: number) => {
    staged = stage(bundle(filesystem), 'own-folders', (_, content) =>
      content.replace(/\/dev\/disk\/by-id\/\S+/g, '/dev/groundplan-no-volume'),
    );
    writeFileSync(volume(), '');
    truncateSync(volume(), megabytes * 1024 * 1024);
    mkdirSync(staged.at('/dev'), { recursive: true });
  };

  const volume = () => staged.at('/volume');

  /** Runs lines of a shell in which `$program`, `$device` and `$mount_point` are the host's, and `attach` attaches the volume. */
  const run = async (lines: string) => {
    const prelude = `set -eu
export PATH="$PATH:/usr/sbin:/sbin" GROUNDPLAN_PATIENCE=0 GROUNDPLAN_VOLUME=${staged.at('/etc/groundplan/volume')}
program='sh ${staged.at('/usr/local/lib/groundplan/volume')}'
. "$GROUNDPLAN_VOLUME"
attach() {
  loop=$(losetup --find --show ${volume()})
  sed -i "s#^device=.*#device=$loop#" "$GROUNDPLAN_VOLUME"
  . "$GROUNDPLAN_VOLUME"
}
leave() {
  umount "$mount_point" 2>/dev/null || true
  chattr -i "$mount_point" 2>/dev/null || true
  [ -z "\${loop:-}" ] || losetup -d "$loop"
}
trap leave EXIT
`;
    const env = { PATH: process.env.PATH ?? '' };
    return runProcess('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', prelude + lines], {
      cwd: staged.root,
      env,
      timeoutMilliseconds: 30_000,
    });
  };

  const succeeds = async (lines: string) => {
    const { exitCode, stdout, stderr } = await run(lines);
    assert.equal(exitCode, 0, `${stdout}\n${stderr}`);
    return stdout;
  };

  for (const [filesystem, megabytes] of [
    ['ext4', 64],
    ['xfs', 400],
  ] as const) {
    it(`formats a new one with ${filesystem}, once`, async () => {
      withVolume(filesystem, megabytes);
      const said = await succeeds(`attach
$program prepare
mount -t ${filesystem} -o noatime,nodev,nosuid "$device" "$mount_point"
echo kept >"$mount_point/file"
umount "$mount_point"
$program prepare
mount -t ${filesystem} "$device" "$mount_point"
cat "$mount_point/file"
`);
      assert.equal(said.match(/formatted with/g)?.length, 1);
      assert.match(said, /^kept$/m);
    });

    it(`makes ${filesystem} as large as the volume has become, while it is in use`, async () => {
      withVolume(filesystem, megabytes);
      const { exitCode, stdout, stderr } = await run(`attach
$program prepare
mount -t ${filesystem} "$device" "$mount_point"
df --output=size -m "$mount_point" | tail -1
truncate -s ${2 * megabytes}M ${volume()}
losetup -c "$loop"
$program settle >/dev/null
df --output=size -m "$mount_point" | tail -1
`);
      if (filesystem === 'ext4' && !mayResize()) {
        assert.notEqual(exitCode, 0, 'what does not work is not passed over');
        assert.match(stderr, /Permission denied to resize/);
        return;
      }
      assert.equal(exitCode, 0, stderr);
      const sizes = [...stdout.matchAll(/^\s*(\d+)$/gm)].map(([, size]) => Number(size));
      assert.equal(sizes.length, 2, stdout);
      assert.ok((sizes[1] ?? 0) > 1.5 * (sizes[0] ?? 0), sizes.join(' → '));
    });
  }

  it('leaves alone what has another file system, or a partition table', async () => {
    withVolume('ext4', 400);
    const said = await succeeds(`attach
mkfs.xfs -q "$device"
$program prepare
blkid -p -s TYPE -o value "$device"
wipefs -qa "$device"
echo 'label: gpt' | sfdisk -q "$device"
$program prepare
blkid -p -s PTTYPE -o value "$device"
`);
    assert.doesNotMatch(said, /formatted/);
    assert.match(said, /^xfs$/m);
    assert.match(said, /^gpt$/m);
  });

  it('fails while the volume is not attached, and lets nobody write to the empty mount point', async () => {
    withVolume('ext4', 64);
    const { exitCode, stderr } = await run(`$program prepare || code=$?
! touch "$mount_point/file" 2>/dev/null || code=written
exit "$code"
`);
    assert.match(stderr, /is not attached: nothing is mounted, and what needs it does not start/);
    assert.equal(exitCode, 1);
  });

  it('refuses a mount point with something in it', async () => {
    withVolume('ext4', 64);
    const { exitCode, stderr } = await run(`mkdir -p "$mount_point/postgresql"
attach
$program prepare
`);
    assert.equal(exitCode, 1);
    assert.match(stderr, /is not empty though nothing is mounted there/);
  });

  it('does nothing about a volume that is not mounted', async () => {
    withVolume('ext4', 64);
    assert.equal(await succeeds('$program settle\n'), '');
  });
});

/** ext4 grows in use for whoever has CAP_SYS_RESOURCE (bit 24), which root in a container may lack. */
function mayResize(): boolean {
  const mask = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${mask}`) >> 24n) & 1n) === 1n;
}
