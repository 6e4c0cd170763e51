import { program } from '@groundplan/dns-checker';
import { type CheckerVoter, checkerVoters, type Dns, type Host, type Model } from '@groundplan/model';
import { runbook, watchCheck } from '../alerts/index.js';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script, unitFile } from '../bundle/file.js';
import type { Role } from '../bundle/role.js';
import { blockOfHosts, type Opening } from '../firewall.js';
import { checkerPort } from '../ports.js';
import { checkerKey, cloudflareToken, hcloudToken } from '../secret-names.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { keyPath, operatorProgram, programPath, settingsPath, tokenPath, unitName } from './paths.js';
import { checkerSettings } from './settings.js';
import { checkerService } from './unit.js';

/** What a host does to keep dead balancers out of DNS; nothing where it is none of those that do. */
export function dnsChecker(model: Model, host: Host): Role[] {
  const voters = checkerVoters(model);
  const own = voters.find((voter) => voter.host === host);
  const { dns } = model;
  if (own === undefined || dns === undefined) return [];
  return [{ openings: openingsOf(voters, host), parts: [checker(model, dns, own), operator(dns)] }];
}

/** Views come by the private network from the same region, and over the internet from elsewhere. */
function openingsOf(voters: readonly CheckerVoter[], host: Host): Opening[] {
  const others = voters.filter((voter) => voter.host !== host).map((voter) => voter.host);
  const near = others.filter(({ region }) => region !== undefined && region === host.region);
  const far = others.filter((other) => !near.includes(other));
  const match = `tcp dport ${checkerPort}`;
  return [
    { from: blockOfHosts(near), match, why: 'views of the DNS checkers' },
    {
      from: far.map((other) => ({ publicAddress: other, version: 'ipv4' as const })),
      match,
      why: 'views of the DNS checkers elsewhere',
    },
  ];
}

function checker(model: Model, dns: Dns, { host, publishes }: CheckerVoter): BundlePart {
  const { span } = dns.failover.by.origin;
  const action = { kind: 'restart', unit: unitName } as const;
  const token = dns.provider.value === 'hetzner' ? hcloudToken : cloudflareToken;
  return {
    packages: ['nodejs'],
    files: [
      script(programPath, span, [program], { check: ['node', '--check', programPath], action }),
      file(settingsPath, span, checkerSettings(model, dns, host), {
        check: ['python3', '-m', 'json.tool', settingsPath, '/dev/null'],
        action,
      }),
      file(keyPath, span, [checkerKey, '\n'], { mode: '0600', action }),
      ...(publishes ? [file(tokenPath, span, [token, '\n'], { mode: '0600', action })] : []),
      unitFile(unitName, span, checkerService(publishes), { action }),
    ],
    units: [{ name: unitName, state: 'running' }],
  };
}

function operator(dns: Dns): BundlePart {
  const { span } = dns.failover.by.origin;
  return { files: [script(operatorProgram, span, command), watchCheck('dns', span, problems)] };
}

const command: Text = text`
#!/bin/sh
# What the DNS checkers see: who is down and why, by each of them, and what is in DNS.
#   groundplan-dns          what is known on this host now
#   groundplan-dns once     asks every balancer once from here, and what DNS has; changes nothing
# What was done and why: journalctl -u groundplan-dns-checker
set -eu

case "\${1:-status}" in
  status | once)
    exec /usr/bin/node --use-openssl-ca ${programPath} "\${1:-status}"
    ;;
  *)
    echo "usage: groundplan-dns [status|once]" >&2
    exit 2
    ;;
esac
`;

const problems: Text = text`
#!/bin/sh
# What is wrong with the balancers and the records that lead to them, as the DNS checker of this host knows it.
exec /usr/bin/node ${programPath} problems '${runbook.dns}'
`;
