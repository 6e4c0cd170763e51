import type { Run } from '../run/run.js';
import type { Cut } from './cuts.js';
import { addNamespace, ipBatch } from './namespace.js';
import { makeSegment, type Segment } from './segment.js';
import { gatewayOf, privateMtu, publicGateway } from './segment-commands.js';

/** Where a fault strikes. */
export type Where = 'internet' | 'private networks' | 'everywhere';

/** All networks of a run. */
export interface Network {
  readonly internet: Segment;
  /** The segment of a private network, made when it is first asked for. */
  privateNetwork(id: number, ipRange: string): Promise<Segment>;
  /** The segments of a private network that are there. */
  unplugEverywhere(port: string): Promise<void>;
  /** Adds a cut, also to private networks that come later. */
  cut(cut: Cut, where: Where): Promise<void>;
  /** Takes all cuts away. */
  heal(): Promise<void>;
  /**
   * Somebody on the internet: an operator, a user, a service.
   *
   * @returns their network namespace, in which `eth0` has the address
   */
  addOutsider(name: string, ipv4: string): Promise<string>;
}

/** Settings of every namespace that a host or an outsider is in: addresses can be used at once. */
export const endSettings: readonly string[] = [
  'net.ipv6.conf.all.accept_dad=0',
  'net.ipv6.conf.default.accept_dad=0',
  'net.ipv4.ping_group_range=0 2147483647',
];

/** Makes the internet of a run. */
export async function makeNetwork(run: Run): Promise<Network> {
  const internet = await makeSegment({ namespace: `${run.prefix}internet`, gateway: publicGateway });
  const privateNetworks = new Map<number, Promise<Segment>>();
  let cuts: readonly { readonly cut: Cut; readonly where: Where }[] = [];

  const cutsIn = (where: Where): Cut[] =>
    cuts.filter((each) => each.where === where || each.where === 'everywhere').map(({ cut }) => cut);

  const applyCuts = async (): Promise<void> => {
    await internet.cut(cutsIn('internet'));
    for (const segment of privateNetworks.values()) await (await segment).cut(cutsIn('private networks'));
  };

  const makePrivate = async (id: number, ipRange: string): Promise<Segment> => {
    const gateway = { ipv4: gatewayOf(ipRange), ipv6: undefined };
    const segment = await makeSegment({ namespace: `${run.prefix}network-${id}`, gateway, mtu: privateMtu });
    await segment.cut(cutsIn('private networks'));
    return segment;
  };

  return {
    internet,
    privateNetwork(id, ipRange) {
      const known = privateNetworks.get(id);
      if (known !== undefined) return known;
      const made = makePrivate(id, ipRange);
      privateNetworks.set(id, made);
      return made;
    },
    async unplugEverywhere(port) {
      await internet.unplug(port);
      for (const segment of privateNetworks.values()) await (await segment).unplug(port);
    },
    async cut(cut, where) {
      cuts = [...cuts, { cut, where }];
      await applyCuts();
    },
    async heal() {
      cuts = [];
      await applyCuts();
    },
    async addOutsider(name, ipv4) {
      const namespace = `${run.prefix}${name}`;
      const port = `o-${name}`;
      await addNamespace(namespace, endSettings);
      await internet.lead(ipv4, port);
      await internet.plug({ port, nic: { namespace, device: 'eth0', macAddress: outsiderMac(ipv4) } });
      await ipBatch(namespace, [
        `address add ${ipv4}/32 dev eth0`,
        'link set eth0 up',
        `route add default via ${publicGateway.ipv4} dev eth0 onlink`,
      ]);
      return namespace;
    },
  };
}

/** A locally administered address that holds the IPv4 address. */
function outsiderMac(ipv4: string): string {
  const octets = ipv4.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'));
  return `02:00:${octets.join(':')}`;
}
