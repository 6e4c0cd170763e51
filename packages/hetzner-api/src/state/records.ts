import type { Labels } from '../input/labels.js';

/**
 * What a project holds, as plain data that survives in a state file. Relations are kept on one side only (a volume
 * knows its server, a server does not list its volumes); the answers derive the other side. Times are milliseconds
 * since 1970.
 */
interface Named {
  readonly id: number;
  name: string;
  labels: Labels;
  readonly created: number;
}

export interface DeleteProtection {
  delete: boolean;
}

export interface DnsPointer {
  readonly ip: string;
  readonly dns_ptr: string;
}

export type ServerStatus =
  | 'running'
  | 'initializing'
  | 'starting'
  | 'stopping'
  | 'off'
  | 'deleting'
  | 'migrating'
  | 'rebuilding'
  | 'unknown';

export interface PrivateNetRecord {
  readonly network: number;
  readonly ip: string;
  aliasIps: readonly string[];
  readonly macAddress: string;
}

export interface ServerRecord extends Named {
  status: ServerStatus;
  /** Name of the server type. */
  serverType: string;
  readonly location: string;
  /** Id of the image; null if that was a snapshot that is gone. */
  image: number | null;
  iso: number | null;
  protection: { delete: boolean; rebuild: boolean };
  backupWindow: string | null;
  rescueEnabled: boolean;
  /** GB. */
  primaryDiskSize: number;
  placementGroup: number | null;
  privateNets: PrivateNetRecord[];
  userData: string;
  /** Public keys that were given at creation. */
  readonly sshKeys: readonly string[];
}

export interface SshKeyRecord extends Named {
  readonly fingerprint: string;
  readonly publicKey: string;
}

export interface SubnetRecord {
  readonly type: 'cloud' | 'server' | 'vswitch';
  readonly ipRange: string;
  readonly networkZone: string;
  readonly gateway: string;
  readonly vswitchId: number | null;
}

export interface RouteRecord {
  readonly destination: string;
  readonly gateway: string;
}

export interface NetworkRecord extends Named {
  ipRange: string;
  subnets: SubnetRecord[];
  routes: RouteRecord[];
  protection: DeleteProtection;
  exposeRoutesToVswitch: boolean;
}

export interface VolumeRecord extends Named {
  server: number | null;
  readonly location: string;
  /** GB. */
  size: number;
  readonly format: string | null;
  status: 'creating' | 'available';
  protection: DeleteProtection;
}

export type IpType = 'ipv4' | 'ipv6';

export interface FloatingIpRecord extends Named {
  description: string | null;
  readonly ip: string;
  readonly type: IpType;
  server: number | null;
  dnsPointers: DnsPointer[];
  readonly homeLocation: string;
  protection: DeleteProtection;
}

export interface PrimaryIpRecord extends Named {
  readonly ip: string;
  readonly type: IpType;
  /** Id of the server that has it. */
  server: number | null;
  dnsPointers: DnsPointer[];
  readonly location: string;
  autoDelete: boolean;
  protection: DeleteProtection;
}

export interface FirewallRuleRecord {
  readonly direction: 'in' | 'out';
  readonly sourceIps: readonly string[];
  readonly destinationIps: readonly string[];
  readonly protocol: string;
  readonly port: string | null;
  readonly description: string | null;
}

export type FirewallTarget =
  | { readonly type: 'server'; readonly server: number }
  | { readonly type: 'label_selector'; readonly selector: string };

export interface FirewallRecord extends Named {
  rules: readonly FirewallRuleRecord[];
  appliedTo: FirewallTarget[];
}

export interface PlacementGroupRecord extends Named {
  readonly type: 'spread';
}

export interface CertificateRecord extends Named {
  readonly type: 'uploaded' | 'managed';
  /** PEM; null for a managed one, which nobody issues here. */
  readonly certificate: string | null;
  readonly domainNames: readonly string[];
  readonly fingerprint: string | null;
  readonly notValidBefore: number | null;
  readonly notValidAfter: number | null;
  /** Of a managed one; null for an uploaded one. */
  issuance: 'pending' | 'completed' | 'failed' | null;
}

export interface SnapshotRecord extends Named {
  type: 'snapshot' | 'backup';
  status: 'creating' | 'available';
  description: string;
  readonly createdFrom: { readonly id: number; readonly name: string };
  /** GB. */
  readonly diskSize: number;
  readonly osFlavor: string;
  readonly osVersion: string | null;
  readonly architecture: 'x86' | 'arm';
  protection: DeleteProtection;
}

export interface RecordValue {
  readonly value: string;
  readonly comment: string;
}

export interface RRSetRecord {
  readonly name: string;
  readonly type: string;
  ttl: number | null;
  labels: Labels;
  protection: { change: boolean };
  records: readonly RecordValue[];
  readonly created: number;
}

export interface NameserverRecord {
  readonly address: string;
  readonly port: number;
  readonly tsigAlgorithm: string | null;
  readonly tsigKey: string | null;
}

export interface ZoneRecord extends Named {
  readonly mode: 'primary' | 'secondary';
  ttl: number;
  protection: DeleteProtection;
  primaryNameservers: readonly NameserverRecord[];
  rrsets: RRSetRecord[];
}

export interface ActionError {
  readonly code: string;
  readonly message: string;
}

export interface ActionResource {
  readonly id: number;
  readonly type: string;
}

/** What happens to a project when an action ends. Data, so that it survives in a state file. */
export type Effect =
  | { readonly kind: 'server-status'; readonly server: number; readonly status: ServerStatus }
  | { readonly kind: 'server-deleted'; readonly server: number }
  | { readonly kind: 'volume-available'; readonly volume: number }
  | { readonly kind: 'image-available'; readonly image: number }
  | { readonly kind: 'certificate-issuance'; readonly certificate: number; readonly status: 'completed' | 'failed' };

export interface ActionRecord {
  readonly id: number;
  readonly command: string;
  readonly resources: readonly ActionResource[];
  status: 'running' | 'success' | 'error';
  readonly started: number;
  /** From when it makes progress; later than `started` if it waits for another action. */
  readonly startsAt: number;
  /** When it ends, unless a host takes longer. */
  readonly finishesAt: number;
  finished: number | null;
  error: ActionError | null;
  /** The action that has to succeed before. */
  readonly after: number | null;
  /** Decided when it started: it will fail so. */
  readonly failure: ActionError | null;
  readonly onSuccess: Effect | null;
  readonly onFailure: Effect | null;
}
