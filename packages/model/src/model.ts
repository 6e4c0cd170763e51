import type { LocationName } from '@groundplan/catalog';
import type { Span } from '@groundplan/diagnostics';
import type { Declaration, Reference } from './names.js';
import type { Template } from './template.js';

/** Where a value of the model came from. `span` is the place to show: the value, or the key of what the default belongs to. */
export type Origin =
  | { readonly kind: 'written'; readonly span: Span }
  /** Written under `regions.<region>`, for that region only. */
  | { readonly kind: 'override'; readonly span: Span }
  /** Not written; `because` says in a few words where the default comes from ("the default", "by location fsn1"). */
  | { readonly kind: 'default'; readonly span: Span; readonly because: string }
  /** Written, but refused by a diagnostic: the value is the default. */
  | { readonly kind: 'invalid'; readonly span: Span };

export interface Sourced<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** Lists and maps keep the place of each element. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

export type ImageName = 'debian-12' | 'debian-13' | 'ubuntu-24.04';
export type Tier = 'lb' | 'app' | 'db' | 'sto';
export type EntityKind = 'load_balancer' | 'app' | 'database' | 'storage' | 'bucket' | 'external';

/** What every named thing has. */
export interface Named {
  /** As the file calls it now. */
  readonly name: string;
  /** `renamed_from`, or else the name: Terraform addresses, private addresses and cluster names come from it. */
  readonly firstName: string;
  /** The key that names it. */
  readonly keySpan: Span;
  /** Key and value. */
  readonly span: Span;
}

export interface Region extends Named {
  readonly location: Sourced<LocationName>;
  /** The private network of the region, such as `10.10.0.0/16`. */
  readonly cidr: Sourced<string>;
}

export interface Arbiter {
  readonly keySpan: Span;
  readonly span: Span;
  readonly location: Sourced<LocationName>;
  readonly cidr: Sourced<string>;
  readonly type: Sourced<string>;
}

export interface Dns {
  readonly keySpan: Span;
  readonly provider: Sourced<'cloudflare' | 'hetzner' | 'none'>;
  readonly zone: Sourced<string>;
  readonly zoneId: Sourced<string> | undefined;
  /** Whether Terraform creates the zone. */
  readonly create: Sourced<boolean>;
  /** Seconds. */
  readonly ttl: Sourced<number>;
  readonly proxied: Sourced<boolean>;
  readonly failover: {
    readonly by: Sourced<'checkers' | 'none'>;
    /** Seconds. */
    readonly interval: Sourced<number>;
    readonly fall: Sourced<number>;
    readonly rise: Sourced<number>;
    readonly keepAtLeast: Sourced<number>;
  };
}

/** A tier's entity in one region, after the overrides of that region. */
export interface InRegion {
  readonly region: Region;
  /** Servers; for databases 1 + standby, for storage data + arbiter replicas. */
  readonly count: Sourced<number>;
  readonly type: Sourced<string>;
}

interface Tiered extends Named {
  /** Written, or undefined: the block comes from the first name then. */
  readonly slot: Sourced<number> | undefined;
  /** One for each region in which the entity is, in the regions' order; an app may have 0 servers there. */
  readonly inRegions: readonly InRegion[];
}

export interface Route {
  readonly host: string;
  /** Begins with `/`; `/` when the key names a host only. */
  readonly path: string;
  readonly keySpan: Span;
  readonly app: Reference;
}

export interface LoadBalancer extends Tiered {
  readonly kind: 'load_balancer';
  readonly mode: Sourced<'active-active' | 'active-standby' | 'bgp'>;
  readonly balance: Sourced<string>;
  readonly tls: {
    readonly mode: Sourced<'none' | 'acme' | 'files'>;
    readonly email: Sourced<string> | undefined;
    readonly certificate: Reference | undefined;
    readonly key: Reference | undefined;
  };
  readonly routes: readonly Route[];
  readonly bgp:
    | {
        readonly keySpan: Span;
        readonly asn: Sourced<number>;
        /** The announced /32. */
        readonly address: Sourced<string>;
        readonly peers: readonly {
          readonly address: Sourced<string>;
          readonly asn: Sourced<number>;
          readonly password: Reference | undefined;
        }[];
      }
    | undefined;
}

export type Run =
  | {
      readonly kind: 'container';
      readonly image: Sourced<string>;
      readonly registry: { readonly user: Sourced<string>; readonly password: Reference | undefined } | undefined;
    }
  | {
      readonly kind: 'artifact';
      readonly url: Sourced<string>;
      readonly sha256: Sourced<string>;
      readonly command: Sourced<string>;
    }
  | { readonly kind: 'script'; readonly path: Sourced<string> };

export interface App extends Tiered {
  readonly kind: 'app';
  /** Absent for workers and jobs. */
  readonly port: Sourced<number> | undefined;
  readonly schedule: Sourced<string> | undefined;
  /** Absent only when the file lacks it, which is a diagnostic. */
  readonly run: Run | undefined;
  readonly release: { readonly before: Sourced<string> | undefined; readonly batch: Sourced<number> };
  readonly health: {
    readonly path: Sourced<string>;
    /** Seconds. */
    readonly interval: Sourced<number>;
    readonly fall: Sourced<number>;
    readonly rise: Sourced<number>;
  };
  /** Seconds. */
  readonly drain: Sourced<number>;
  readonly env: readonly { readonly name: string; readonly keySpan: Span; readonly value: Template }[];
  readonly mounts: readonly { readonly path: string; readonly keySpan: Span; readonly storage: Reference }[];
  readonly packages: readonly Placed<string>[];
  readonly files: readonly {
    readonly path: string;
    readonly keySpan: Span;
    readonly source:
      | { readonly kind: 'content'; readonly content: Template }
      | { readonly kind: 'from'; readonly path: Sourced<string> }
      | undefined;
    readonly mode: Sourced<string>;
    readonly owner: Sourced<string>;
  }[];
}

export interface Volume {
  readonly keySpan: Span;
  /** GB. */
  readonly size: Sourced<number>;
  readonly filesystem: Sourced<'ext4' | 'xfs'>;
}

export interface DatabaseBackup {
  readonly span: Span;
  readonly keySpan: Span;
  /** A bucket or an external target. */
  readonly to: Reference | undefined;
  readonly full: Sourced<string>;
  readonly incremental: Sourced<string>;
  readonly keepFull: Sourced<number>;
  readonly encrypt: Sourced<boolean>;
  readonly restoreTest: Sourced<string>;
  /** Seconds. */
  readonly alertIfOlderThan: Sourced<number>;
}

export interface FileBackup {
  readonly span: Span;
  readonly keySpan: Span;
  readonly to: Reference | undefined;
  /** Seconds. */
  readonly every: Sourced<number>;
  readonly keep: { readonly daily: Sourced<number>; readonly weekly: Sourced<number> };
  readonly encrypt: Sourced<boolean>;
  readonly restoreTest: Sourced<string>;
  /** Seconds. */
  readonly alertIfOlderThan: Sourced<number>;
}

export interface Database extends Tiered {
  readonly kind: 'database';
  readonly engine: Sourced<'postgresql' | 'mariadb'>;
  readonly durability: Sourced<'async' | 'sync'>;
  readonly port: Sourced<number>;
  readonly volume: Volume;
  /** Undefined when there is one region, or when it must be chosen and is not. */
  readonly betweenRegions: Sourced<'galera' | 'pglogical' | 'logical' | 'none'> | undefined;
  readonly onFailure: Sourced<'region-sick' | 'alert'>;
  readonly backup: DatabaseBackup | undefined;
  /** Standbys in each region: the servers are one more. */
  readonly standby: readonly { readonly region: Region; readonly count: Sourced<number> }[];
}

export interface SharedStorage extends Tiered {
  readonly kind: 'storage';
  readonly engine: Sourced<'glusterfs'>;
  readonly replicas: { readonly data: Sourced<number>; readonly arbiter: Sourced<number> };
  readonly volume: Volume;
  readonly geoReplication:
    | { readonly keySpan: Span; readonly from: Reference | undefined; readonly to: readonly Reference[] }
    | undefined;
  readonly backup: FileBackup | undefined;
}

export interface Bucket extends Named {
  readonly kind: 'bucket';
  /** The bucket's name at Hetzner, shared by all of its customers. */
  readonly bucketName: Sourced<string>;
  readonly location: Sourced<LocationName>;
  readonly access: Sourced<'private' | 'public'>;
  readonly versioning: Sourced<boolean>;
  readonly cors: readonly Placed<string>[];
  readonly writers: readonly Reference[];
}

export interface External extends Named {
  readonly kind: 'external';
  readonly type: Sourced<'sftp' | 's3'>;
  readonly host: Sourced<string>;
  readonly user: Sourced<string> | undefined;
  readonly port: Sourced<number>;
  readonly path: Sourced<string>;
}

export interface Tunnel {
  /** Of `tunnel:`, or of what made the tunnel necessary. */
  readonly span: Span;
  readonly engine: Sourced<'tinc'>;
  readonly cipher: Sourced<string>;
  readonly digest: Sourced<string>;
  readonly mtu: Sourced<number>;
  /** Seconds. */
  readonly keyRotation: Sourced<number>;
  /** Seconds. */
  readonly alertAfter: Sourced<number>;
}

export interface Access {
  readonly keySpan: Span;
  /** Paths of public keys, relative to the topology. */
  readonly sshKeys: readonly Placed<string>[];
  readonly sshFrom: readonly Placed<string>[];
  /** The balancer through which SSH goes; undefined when the topology has no balancer. */
  readonly bastion: { readonly loadBalancer: LoadBalancer | undefined; readonly origin: Origin };
}

export interface Secrets {
  readonly file: Sourced<string>;
  readonly recipients: readonly Placed<string>[];
}

export interface Alerts {
  readonly webhook: Template | undefined;
  readonly email: Template | undefined;
  readonly smtp: MailRelay | undefined;
}

/** A server that takes mails from hosts. */
export interface MailRelay {
  readonly keySpan: Span;
  readonly host: Sourced<string>;
  readonly port: Sourced<number>;
  readonly tls: Sourced<'starttls' | 'implicit' | 'none'>;
  /** Undefined for a relay without a login. */
  readonly user: Template | undefined;
  readonly password: Reference | undefined;
  /** Whom mails come from: written, or else the user where that is an address, or else whom they go to. */
  readonly from: Template | undefined;
}

export interface TerraformBackend {
  readonly keySpan: Span;
  /** `local`, `s3`, … */
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A server. Everything about it is a pure function of the file. */
export interface Host {
  /** `<name>-<region>-<tier>-<entity>-<ordinal>` with today's names, `<name>-arbiter` for the arbiter: at most 63 characters. */
  readonly name: string;
  /** `<region>_<tier>_<entity>_<ordinal>` with first names, `arbiter`: a Terraform name that never changes. */
  readonly key: string;
  readonly tier: Tier | 'arbiter';
  /** Undefined for the arbiter. */
  readonly region: Region | undefined;
  /** Undefined for the arbiter. */
  readonly entity: LoadBalancer | App | Database | SharedStorage | undefined;
  /** From 1. */
  readonly ordinal: number;
  readonly location: LocationName;
  readonly type: Sourced<string>;
  /** In the network of its region. */
  readonly address: string;
  /** Holds data that must not be lost by accident: databases and storage. */
  readonly stateful: boolean;
  /** GB of its volume, if it has one, and what it is formatted with. */
  readonly volume: { readonly size: Sourced<number>; readonly filesystem: Sourced<'ext4' | 'xfs'> } | undefined;
  /** What in the file made it: the count, or the key of the entity. */
  readonly span: Span;
}

/** The meaning of a topology, as complete as its text allows. */
export interface Model {
  readonly name: Sourced<string>;
  readonly image: Sourced<ImageName>;
  readonly labels: readonly { readonly key: string; readonly value: string; readonly span: Span }[];
  readonly regions: readonly Region[];
  /** True for `region: fsn1`, false for `regions:`. */
  readonly singleRegionForm: boolean;
  readonly arbiter: Arbiter | undefined;
  readonly dns: Dns | undefined;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly apps: readonly App[];
  readonly databases: readonly Database[];
  readonly storages: readonly SharedStorage[];
  readonly buckets: readonly Bucket[];
  readonly externals: readonly External[];
  /** Undefined when nothing crosses regions. */
  readonly tunnel: Tunnel | undefined;
  readonly access: Access | undefined;
  readonly secrets: Secrets;
  readonly alerts: Alerts | undefined;
  readonly backend: TerraformBackend | undefined;
  /** Sorted by key. */
  readonly hosts: readonly Host[];
  readonly declarations: readonly Declaration[];
  /** Every use of a name, in the order of the text. */
  readonly references: readonly Reference[];
}
