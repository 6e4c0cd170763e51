import { bastionHosts } from '../bastion.js';
import { shellWord } from '../shell.js';
import { wayTo } from '../way.js';
import type { Block, Chapter } from './document.js';
import { code, listed } from './markdown.js';
import { applying, groundplan, type Here, list, onOwnComputer, paragraph, terraform, withSecrets } from './write.js';

/** How an operator gets onto a host, also when the usual way is the one that is broken. */
export function connect(here: Here): Chapter {
  const { model } = here;
  const { access } = model;
  if (access === undefined || bastionHosts(model).length === 0) {
    return {
      title: 'Connect',
      blocks: [paragraph('Nobody can: the topology has no `access:` and no load balancer that SSH could go through.')],
    };
  }
  const from = listed(access.sshFrom.map(({ value }) => code(value)));
  const keys = listed(access.sshKeys.map(({ value }) => code(value)));
  return {
    title: 'Connect',
    blocks: [
      paragraph(
        `As root, with the private half of ${keys}, from ${from}. From anywhere else nothing answers: that is the firewall, not a fault.`,
      ),
      onOwnComputer('How to log in, for every host', `${terraform} output ssh`, {
        expect: `A line for each host, as ${code(`"${exampleHost(here)}" = "ssh …"`)}. On a computer that has never seen this state, ${code(`${terraform} init`)} comes first. Without the state: the Hetzner console shows the address of each server, under the names that are in this file.`,
      }),
      ...throughAnother(here),
      paragraph('What needs secrets is started by `groundplan exec`, which opens them for one command:'),
      onOwnComputer('Whether your identity opens the secrets', withSecrets(here, 'true'), {
        expect: `Nothing, and it ends. If it says that no identity fits, the file of it is not where it is looked for: ${code('GROUNDPLAN_AGE_IDENTITY')} or ${code('--identity')} names it.`,
      }),
      onOwnComputer('What an apply would do now', withSecrets(here, groundplan(here, 'plan')), {
        expect:
          '"No changes" while everything is as the topology says. That a database or an address has moved to another host is no change.',
      }),
    ],
  };
}

function exampleHost({ model }: Here): string {
  const through = model.hosts.find((host) => wayTo(model, host)?.kind === 'bastion');
  return (through ?? model.hosts[0])?.name ?? '';
}

/** Every host of the bastion's balancer is a bastion, so that a dead one blocks nothing. */
function throughAnother(here: Here): Block[] {
  const { model } = here;
  const regions = new Map<string, { first: string; second: string; address: string }>();
  for (const host of model.hosts) {
    const way = wayTo(model, host);
    if (way?.kind !== 'bastion' || way.to !== 'private' || regions.has(host.region?.name ?? '')) continue;
    const [first, second] = way.bastions;
    if (second === undefined) continue;
    regions.set(host.region?.name ?? '', { first: first.name, second: second.name, address: host.address });
  }
  const [[region, { first, second, address }] = ['', { first: '', second: '', address: '' }]] = [...regions];
  if (first === '') return [];
  const bastions = JSON.stringify(Object.fromEntries([...regions].map(([name, each]) => [name, each.second])));
  return [
    paragraph(`When ${code(first)} is dead, the way leads through ${code(second)}, which is a bastion as well.`),
    onOwnComputer('The addresses of the load balancers', `${terraform} output balancers`, {
      expect: `The ${code('ipv4')} of ${code(second)} is what the next command wants.`,
    }),
    onOwnComputer(`To a host in ${region}, through another bastion`, `ssh -J "root@$bastion" root@${address}`, {
      inputs: { bastion: '203.0.113.7' },
      expect: 'A shell as root. [What runs where](#what-runs-where) has the private address of every host.',
    }),
    onOwnComputer(
      'An apply that goes through another bastion',
      `${applying(here)} -var ${shellWord(`bastions=${bastions}`)}`,
      { expect: 'The same as without it. Say it again with each apply, until the first one is back.' },
    ),
    list(
      'Do not open the firewall by hand in the console: the next apply closes it again. An address to come from belongs into `access.ssh_from`.',
    ),
  ];
}
