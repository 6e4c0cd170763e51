import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { images } from '@groundplan/hosts';
import type { ImageName } from '@groundplan/model';
import { describe, it } from 'mocha';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';

const asked = {
  haproxy: { args: ['-v'], version: /HAProxy version (\d+\.\d+)/ },
  keepalived: { args: ['-v'], version: /Keepalived v(\d+\.\d+)/ },
  bird: { args: ['--version'], version: /BIRD version (\d+\.\d+)/ },
  chronyd: { args: ['-v'], version: /version (\d+\.\d+)/ },
  nft: { args: ['-v'], version: /nftables v(\d+\.\d+)/ },
  psql: { args: ['--version'], version: /PostgreSQL\) (\d+)/ },
  patroni: { args: ['--version'], version: /patroni (\d+\.\d+)/ },
  etcd: { args: ['--version'], version: /etcd Version: (\d+\.\d+)/ },
  'systemd-analyze': { args: ['--version'], version: /^systemd (\d+)/ },
} as const;
const daemonOf = { chronyd: 'chrony', psql: 'postgresql', nft: 'nftables', 'systemd-analyze': 'systemd' } as const;

/** The image that this machine is like; undefined for any other system. */
function thisImage(): ImageName | undefined {
  const release = readFileSync('/etc/os-release', 'utf8');
  const value = (key: string) => new RegExp(`^${key}="?([^"\n]*)`, 'm').exec(release)?.[1] ?? '';
  return (Object.keys(images) as ImageName[]).find((image) => image === `${value('ID')}-${value('VERSION_ID')}`);
}

describe('the table of images', () => {
  for (const [program, { args, version }] of Object.entries(asked)) {
    it(`has the version of ${program} that this system has`, async function () {
      const path = needs(this, program);
      const image = thisImage();
      if (image === undefined) leaveOut(this, 'this system is none of the images, and has versions of its own');
      const { stdout, stderr } = await runProcess(path, args, { cwd: '/', env: {} });
      const name = (daemonOf as Record<string, string>)[program] ?? program;
      assert.equal(version.exec(stdout + stderr)?.[1], (images[image].versions as Record<string, string>)[name]);
    });
  }
});
