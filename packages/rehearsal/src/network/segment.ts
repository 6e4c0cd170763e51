import { type Cut, ruleset } from './cuts.js';
import { addNamespace, inNamespace, ipBatch } from './namespace.js';
import { type Gateway, leadCommand, type Plug, plugCommands, type Target, unleadCommand } from './segment-commands.js';

/**
 * The internet, or a private network: a router in a namespace of its own with a cable to each host. As at Hetzner, hosts reach each
 * other through the gateway and by nothing but the addresses that the API gave them: no broadcast, no multicast, no address that a
 * host simply takes. What is led to nobody is dropped without an answer.
 */
export interface Segment {
  readonly namespace: string;
  /** Plugs a host in, whose namespace is there; what is led to the port is led to it again. */
  plug(plug: Plug): Promise<void>;
  /** Pulls the cable out; nothing for a port that has none. */
  unplug(port: string): Promise<void>;
  /** Leads a target to a port, and no longer to another. */
  lead(target: Target, port: string): Promise<void>;
  /** Leads a target nowhere. */
  unlead(target: Target): Promise<void>;
  /** From now on these cuts are there and no others. */
  cut(cuts: readonly Cut[]): Promise<void>;
}

const settings = [
  'net.ipv4.ip_forward=1',
  'net.ipv6.conf.all.forwarding=1',
  'net.ipv6.conf.default.accept_ra=0',
  'net.ipv6.conf.default.accept_dad=0',
  'net.ipv4.conf.all.send_redirects=0',
  'net.ipv4.conf.default.send_redirects=0',
];

export interface SegmentOptions {
  readonly namespace: string;
  readonly gateway: Gateway;
  /** Of each cable; Ethernet's by default. */
  readonly mtu?: number;
}

/** Makes a segment without hosts. */
export async function makeSegment({ namespace, gateway, mtu }: SegmentOptions): Promise<Segment> {
  const plugs = new Map<string, Plug>();
  const leads = new Map<Target, string>();
  await addNamespace(namespace, settings);
  await ipBatch(namespace, ['route add blackhole default']);
  await inNamespace(namespace, 'ip', ['-6', 'route', 'add', 'blackhole', 'default']);
  await inNamespace(namespace, 'nft', ['-f', '-'], ruleset([]));

  const targetsOf = (port: string): Target[] => [...leads].filter(([, to]) => to === port).map(([target]) => target);

  return {
    namespace,
    async plug(plug) {
      const leading = targetsOf(plug.port).map((target) => leadCommand(target, plug));
      await ipBatch(namespace, [...plugCommands(plug, gateway, mtu), ...leading]);
      plugs.set(plug.port, plug);
    },
    async unplug(port) {
      if (!plugs.delete(port)) return;
      await ipBatch(namespace, [`link delete ${port}`]);
    },
    async lead(target, port) {
      leads.set(target, port);
      const plug = plugs.get(port);
      if (plug !== undefined) await ipBatch(namespace, [leadCommand(target, plug)]);
    },
    async unlead(target) {
      const plug = plugs.get(leads.get(target) ?? '');
      leads.delete(target);
      if (plug !== undefined) await ipBatch(namespace, [unleadCommand(target, plug)]);
    },
    async cut(cuts) {
      await inNamespace(namespace, 'nft', ['-f', '-'], ruleset(cuts));
    },
  };
}
