import { type Way, wayTo } from '@groundplan/hosts';
import type { Host, Model } from '@groundplan/model';
import { expression, quoted, type Value } from '../emitter/index.js';
import { placeOfTopology } from '../places.js';
import { publicIpv4 } from '../primary-ips.js';
import type { RootModule } from '../root-module.js';
import { deployKeyName } from './deploy-key.js';

const bastionsVariable = 'bastions';
const addresses = 'bastion_addresses';

/** How long a server may take from its creation to its first answer. */
const timeout = '10m';

/** What connections need: the addresses of all bastions, and a variable that says which of them to go by. */
export function writeBastions(module: RootModule, hosts: readonly Host[]): void {
  const { model } = module;
  const bastions = new Map(
    hosts.flatMap((host) => bastionsOf(wayTo(model, host))).map((host) => [host.name, publicIpv4(host)]),
  );
  if (bastions.size === 0) return;
  const place = placeOfTopology(model);
  module.variable(place, bastionsVariable, {
    type: 'map(string)',
    description:
      'By region, the name of the load balancer through which Terraform reaches the other hosts; the first one where nothing is said. For when that one is down.',
    default: {},
  });
  module.local(place, addresses, Object.fromEntries([...bastions].sort(([a], [b]) => (a < b ? -1 : 1))));
}

/**
 * SSH to a host as root. The script of a `remote-exec` goes where only root can change it before it runs. There is no `host_key`: it
 * is made at the first boot, and nothing that Terraform may read says what it is (SECURITY.md).
 */
export function connectionTo(model: Model, host: Host): Value {
  const way = wayTo(model, host);
  if (way === undefined || way.kind === 'direct') return { ...login, host: publicIpv4(host) };
  return {
    ...login,
    host: way.to === 'private' ? host.address : publicIpv4(host),
    bastion_host: bastionAddress(way.bastions),
    bastion_user: 'root',
    bastion_private_key: login.private_key,
  };
}

/** SSH to the bastion of a host as root; undefined where none is on the way. */
export function connectionToBastion(model: Model, host: Host): Value | undefined {
  const way = wayTo(model, host);
  return way?.kind === 'bastion' ? { ...login, host: bastionAddress(way.bastions) } : undefined;
}

const login = {
  type: 'ssh',
  user: 'root',
  private_key: expression(`var.${deployKeyName}`),
  script_path: '/root/.groundplan-%RAND%.sh',
  timeout,
};

/** The servers that must be there for SSH to get to a host. */
export function serversOnTheWay(model: Model, host: Host): string[] {
  const servers = [host, ...bastionsOf(wayTo(model, host))];
  return servers.map(({ key }) => `hcloud_server.${key}`);
}

function bastionAddress([first]: readonly [Host, ...Host[]]) {
  const region = quoted(first.region?.name ?? '');
  return expression(`local.${addresses}[lookup(var.${bastionsVariable}, ${region}, ${quoted(first.name)})]`);
}

function bastionsOf(way: Way | undefined): readonly Host[] {
  return way?.kind === 'bastion' ? way.bastions : [];
}
