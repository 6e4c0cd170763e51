import type { Span } from '@groundplan/diagnostics';
import type { Host, Model, Region } from '@groundplan/model';
import type { NodeId } from '../node-id.js';

export type NodeKind =
  | 'internet'
  | 'dns'
  | 'region'
  | 'load_balancer'
  | 'app'
  | 'database'
  | 'storage'
  | 'arbiter'
  | 'bucket'
  | 'external'
  | 'tunnel'
  | 'floating_ip'
  | 'host'
  | 'volume';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Something that is there, without a place in the picture. */
export interface GraphNode {
  readonly id: NodeId;
  readonly kind: NodeKind;
  /** What it is called, in the file's words. */
  readonly title: string;
  /** What it is, in a few words. */
  readonly subtitle: string;
  /** The part of the file that speaks of it. */
  readonly span: Span;
  /** What it stands in: the region of an entity, the entity of a host, the host of a volume. */
  readonly parent: NodeId | undefined;
  /** Made when they are asked for: the picture itself shows none of them. */
  readonly facts: () => readonly Fact[];
}

/** An entity in one region: so many servers that do the same. */
export interface TierNode extends GraphNode {
  readonly kind: 'load_balancer' | 'app' | 'database' | 'storage';
  readonly region: Region;
  readonly entity: NonNullable<Host['entity']>;
  /** By ordinal; empty where an app has no servers in the region. */
  readonly hosts: readonly Host[];
  /** What stands below its name. */
  readonly remark: string;
}

export function isTier(node: GraphNode): node is TierNode {
  return 'hosts' in node;
}

/**
 * What an edge says:
 * - `names`: people ask DNS for the names of the routes;
 * - `requests`: from people to balancers, and from balancers to the apps of their routes;
 * - `calls`: an app calls another one;
 * - `uses`: an app reads and writes a database, a storage or a bucket;
 * - `replication`: data of one region go to another one;
 * - `backup`: data go to where their backups are kept;
 * - `tunnel`: everything between two sites is encrypted.
 */
export type EdgeKind = 'names' | 'requests' | 'calls' | 'uses' | 'replication' | 'backup' | 'tunnel';

export interface GraphEdge {
  readonly kind: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  /** What `to` is called, seen from `from`: of replication, the other region. */
  readonly leadsTo: string;
  /** Whether it goes both ways. */
  readonly both: boolean;
  /** What it carries: host names and paths, mount points, the way of replication. */
  readonly labels: readonly string[];
}

/** A topology as nodes and edges; nodes in the order of reading. */
export interface Graph {
  readonly model: Model;
  readonly internet: GraphNode;
  readonly dns: GraphNode | undefined;
  readonly regions: readonly RegionNodes[];
  readonly arbiter: GraphNode | undefined;
  /** With the two sites that each joins. */
  readonly tunnels: readonly (GraphNode & { readonly ends: readonly [NodeId, NodeId] })[];
  readonly buckets: readonly GraphNode[];
  readonly externals: readonly GraphNode[];
  /** Without doubles, in the order of the file. */
  readonly edges: readonly GraphEdge[];
}

export interface RegionNodes {
  readonly node: GraphNode;
  readonly region: Region;
  /** The private network: `10.10.0.0/16`. */
  readonly cidr: string;
  /** By tier, in the order of the file. */
  readonly tiers: readonly TierNode[];
}
