import type { Host, Model } from '@groundplan/model';
import type { BundleFile, BundlePart } from '../bundle/bundle.js';
import { file, script } from '../bundle/file.js';
import { runtimeRuleset } from '../nftables.js';
import { policyRcD } from '../policy-rc-d.js';
import { deployPublicKey } from '../secret-names.js';
import { authorizedKeysPath, sshdSettings } from '../sshd.js';
import type { Text } from '../text.js';
import { chrony } from './chrony.js';
import { journal } from './journal.js';
import { upgrades } from './upgrades.js';

/** What every host has, whatever its role; `opened` are the lines of the firewall that let in what its role serves. */
export function everyHost(model: Model, host: Host, opened: Text): BundlePart[] {
  return [
    firewall(model, host, opened),
    ssh(model),
    quietPackages(model),
    chrony(model),
    upgrades(model),
    journal(model),
  ];
}

function firewall(model: Model, host: Host, opened: Text): BundlePart {
  const path = '/etc/nftables.conf';
  return {
    packages: ['nftables'],
    files: [
      file(path, host.span, runtimeRuleset(model, host, opened), {
        mode: '0755',
        check: ['nft', '-c', '-f', path],
        action: { kind: 'reload', unit: 'nftables.service' },
      }),
    ],
    units: [{ name: 'nftables.service', state: 'running' }],
  };
}

function ssh(model: Model): BundlePart {
  const span = model.access?.keySpan ?? model.name.origin.span;
  return {
    files: [
      file('/etc/ssh/sshd_config.d/00-groundplan.conf', span, [sshdSettings], {
        check: ['sshd', '-t'],
        action: { kind: 'reload', unit: 'ssh.service' },
      }),
      ...(model.access === undefined ? [] : [authorizedKeys(model.access)]),
    ],
  };
}

/** Who may log in: a server was made with these keys as well, and would keep for ever what it was made with. */
function authorizedKeys({ sshKeys, keySpan }: NonNullable<Model['access']>): BundleFile {
  const users = sshKeys.flatMap(({ value }): Text => [{ file: value }, '\n']);
  return file(authorizedKeysPath, keySpan, [...users, deployPublicKey, '\n'], { mode: '0600' });
}

function quietPackages(model: Model): BundlePart {
  return { files: [script('/usr/sbin/policy-rc.d', model.name.origin.span, [policyRcD])] };
}
