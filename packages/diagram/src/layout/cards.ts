import { floatingIpNode, hostNode, volumeNode } from '../graph/children.js';
import type { GraphNode, TierNode } from '../graph/graph.js';
import { measures } from './measures.js';

/** One server in a card. */
export interface Member {
  readonly node: GraphNode;
  readonly ordinal: number;
  /** `primary`, `10.0.0.1` */
  readonly text: string;
  readonly volume: GraphNode | undefined;
}

/** What is in the box of a node, from top to bottom. */
export interface CardContent {
  readonly node: GraphNode;
  /** Servers that it stands for; undefined for what is no stack. */
  readonly count: number | undefined;
  readonly remark: string | undefined;
  readonly floatingIp: GraphNode | undefined;
  readonly members: readonly Member[];
  /** What stands where a member could be: `no standby`. */
  readonly vacant: string | undefined;
  readonly expandable: boolean;
  readonly expanded: boolean;
  readonly height: number;
}

/** Databases and storages with so many servers are shown server by server at once: their roles matter. */
const shownAtOnce = 3;

export function plainCard(node: GraphNode): CardContent {
  return {
    node,
    count: undefined,
    remark: undefined,
    floatingIp: undefined,
    members: [],
    vacant: undefined,
    expandable: false,
    expanded: false,
    height: headerHeight,
  };
}

const headerHeight = 2 * measures.cardPadding + measures.icon;

export function tierCard(node: TierNode, isExpanded: boolean): CardContent {
  const { hosts, entity } = node;
  const isStateful = entity.kind === 'database' || entity.kind === 'storage';
  const always = isStateful && hosts.length <= shownAtOnce;
  const members = always || isExpanded ? hosts.map((host) => memberOf(node, host)) : [];
  const remark = always ? undefined : node.remark;
  const floatingIp = floatingIpNode(node);
  const vacant = entity.kind === 'database' && hosts.length === 1 ? 'no standby' : undefined;
  // Room for a standby is there from the start, so that adding one moves nothing.
  const rows = Math.max(members.length, always ? (entity.kind === 'database' ? 2 : 3) : 0) + (floatingIp ? 1 : 0);
  return {
    node,
    count: hosts.length,
    remark,
    floatingIp,
    members,
    vacant,
    expandable: !always && hosts.length > 0,
    expanded: isExpanded && !always && hosts.length > 0,
    height: headerHeight + (remark === undefined ? 0 : measures.remark) + rows * measures.member,
  };
}

function memberOf(node: TierNode, host: TierNode['hosts'][number]): Member {
  const made = hostNode(host, node.id);
  const isApp = node.entity.kind === 'app';
  return { node: made, ordinal: host.ordinal, text: isApp ? host.address : made.subtitle, volume: volumeNode(host) };
}
