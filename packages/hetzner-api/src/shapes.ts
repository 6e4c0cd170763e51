import type { Labels } from './input/labels.js';
import type { ActionError, ActionResource, DnsPointer, IpType, RecordValue, ServerStatus } from './state/records.js';

/**
 * The JSON of each resource as https://docs.hetzner.cloud describes it (state of November 2026: `datacenter` is gone
 * from servers and primary IPs). Times are RFC 3339 texts, prices decimal texts.
 */
export interface ActionShape {
  readonly id: number;
  readonly command: string;
  readonly status: 'running' | 'success' | 'error';
  readonly progress: number;
  readonly started: string;
  readonly finished: string | null;
  readonly resources: readonly ActionResource[];
  readonly error: ActionError | null;
}

export interface LocationShape {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly country: string;
  readonly city: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly network_zone: string;
}

export interface PriceShape {
  readonly net: string;
  readonly gross: string;
}

export interface DeprecationShape {
  readonly announced: string;
  readonly unavailable_after: string;
}

export interface ServerTypePriceShape {
  readonly location: string;
  readonly price_hourly: PriceShape;
  readonly price_monthly: PriceShape;
  readonly included_traffic: number;
  readonly price_per_tb_traffic: PriceShape;
}

export interface ServerTypeShape {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly cores: number;
  readonly memory: number;
  readonly disk: number;
  readonly storage_type: 'local' | 'network';
  readonly cpu_type: 'shared' | 'dedicated';
  readonly architecture: 'x86' | 'arm';
  readonly prices: readonly ServerTypePriceShape[];
  readonly deprecated: boolean;
  readonly deprecation: DeprecationShape | null;
  readonly locations: readonly {
    readonly id: number;
    readonly name: string;
    readonly available: boolean;
    readonly recommended: boolean;
    readonly deprecation: DeprecationShape | null;
  }[];
}

export interface ProtectionShape {
  readonly delete: boolean;
}

export interface ImageShape {
  readonly id: number;
  readonly type: 'system' | 'app' | 'snapshot' | 'backup';
  readonly status: 'available' | 'creating' | 'unavailable';
  readonly name: string | null;
  readonly description: string;
  readonly image_size: number | null;
  readonly disk_size: number;
  readonly created: string;
  readonly created_from: { readonly id: number; readonly name: string } | null;
  readonly bound_to: number | null;
  readonly os_flavor: string;
  readonly os_version: string | null;
  readonly architecture: 'x86' | 'arm';
  readonly rapid_deploy: boolean;
  readonly protection: ProtectionShape;
  readonly deprecated: string | null;
  readonly deleted: string | null;
  readonly labels: Labels;
}

export interface IsoShape {
  readonly id: number;
  readonly name: string | null;
  readonly description: string;
  readonly type: 'public' | 'private' | null;
  readonly architecture: 'x86' | 'arm' | null;
  readonly deprecation: DeprecationShape | null;
}

export interface SshKeyShape {
  readonly id: number;
  readonly name: string;
  readonly fingerprint: string;
  readonly public_key: string;
  readonly labels: Labels;
  readonly created: string;
}

export interface SubnetShape {
  readonly type: 'cloud' | 'server' | 'vswitch';
  readonly ip_range: string;
  readonly network_zone: string;
  readonly gateway: string;
  readonly vswitch_id: number | null;
}

export interface NetworkShape {
  readonly id: number;
  readonly name: string;
  readonly ip_range: string;
  readonly subnets: readonly SubnetShape[];
  readonly routes: readonly { readonly destination: string; readonly gateway: string }[];
  readonly servers: readonly number[];
  readonly load_balancers: readonly number[];
  readonly protection: ProtectionShape;
  readonly labels: Labels;
  readonly created: string;
  readonly expose_routes_to_vswitch: boolean;
}

export interface PlacementGroupShape {
  readonly id: number;
  readonly name: string;
  readonly labels: Labels;
  readonly type: 'spread';
  readonly created: string;
  readonly servers: readonly number[];
}

export interface ServerShape {
  readonly id: number;
  readonly name: string;
  readonly status: ServerStatus;
  readonly created: string;
  readonly public_net: {
    readonly ipv4: {
      readonly id: number;
      readonly ip: string;
      readonly blocked: boolean;
      readonly dns_ptr: string;
    } | null;
    readonly ipv6: {
      readonly id: number;
      readonly ip: string;
      readonly blocked: boolean;
      readonly dns_ptr: readonly DnsPointer[];
    } | null;
    readonly floating_ips: readonly number[];
    readonly firewalls: readonly { readonly id: number; readonly status: 'applied' | 'pending' }[];
  };
  readonly private_net: readonly {
    readonly network: number;
    readonly ip: string;
    readonly alias_ips: readonly string[];
    readonly mac_address: string;
  }[];
  readonly server_type: ServerTypeShape;
  readonly location: LocationShape;
  readonly image: ImageShape | null;
  readonly iso: IsoShape | null;
  readonly rescue_enabled: boolean;
  readonly locked: boolean;
  readonly backup_window: string | null;
  readonly outgoing_traffic: number | null;
  readonly ingoing_traffic: number | null;
  readonly included_traffic: number | null;
  readonly protection: { readonly delete: boolean; readonly rebuild: boolean };
  readonly labels: Labels;
  readonly volumes: readonly number[];
  readonly load_balancers: readonly number[];
  readonly primary_disk_size: number;
  readonly placement_group: PlacementGroupShape | null;
}

export interface VolumeShape {
  readonly id: number;
  readonly name: string;
  readonly server: number | null;
  readonly status: 'creating' | 'available';
  readonly location: LocationShape;
  readonly size: number;
  readonly format: string | null;
  readonly linux_device: string;
  readonly protection: ProtectionShape;
  readonly labels: Labels;
  readonly created: string;
}

export interface FloatingIpShape {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly ip: string;
  readonly type: IpType;
  readonly server: number | null;
  readonly dns_ptr: readonly DnsPointer[];
  readonly home_location: LocationShape;
  readonly blocked: boolean;
  readonly protection: ProtectionShape;
  readonly labels: Labels;
  readonly created: string;
}

export interface PrimaryIpShape {
  readonly id: number;
  readonly name: string;
  readonly ip: string;
  readonly type: IpType;
  /** `unassigned` since 2026-08-01 where `assignee_id` is null. */
  readonly assignee_type: 'server' | 'unassigned';
  readonly assignee_id: number | null;
  readonly auto_delete: boolean;
  readonly blocked: boolean;
  readonly dns_ptr: readonly DnsPointer[];
  readonly location: LocationShape;
  readonly protection: ProtectionShape;
  readonly labels: Labels;
  readonly created: string;
}

export interface FirewallRuleShape {
  readonly direction: 'in' | 'out';
  readonly source_ips: readonly string[];
  readonly destination_ips: readonly string[];
  readonly protocol: string;
  readonly port: string | null;
  readonly description: string | null;
}

export interface FirewallServerShape {
  readonly type: 'server';
  readonly server: { readonly id: number };
}

export interface FirewallSelectorShape {
  readonly type: 'label_selector';
  readonly label_selector: { readonly selector: string };
  readonly applied_to_resources: readonly FirewallServerShape[];
}

export interface FirewallShape {
  readonly id: number;
  readonly name: string;
  readonly labels: Labels;
  readonly created: string;
  readonly rules: readonly FirewallRuleShape[];
  readonly applied_to: readonly (FirewallServerShape | FirewallSelectorShape)[];
}

export interface CertificateShape {
  readonly id: number;
  readonly name: string;
  readonly labels: Labels;
  readonly type: 'uploaded' | 'managed';
  readonly certificate: string | null;
  readonly created: string;
  readonly not_valid_before: string | null;
  readonly not_valid_after: string | null;
  readonly domain_names: readonly string[];
  readonly fingerprint: string | null;
  readonly status: {
    readonly issuance: 'pending' | 'completed' | 'failed';
    readonly renewal: 'scheduled' | 'pending' | 'failed' | 'unavailable';
    readonly error: ActionError | null;
  } | null;
  readonly used_by: readonly ActionResource[];
}

export interface ZoneShape {
  readonly id: number;
  readonly name: string;
  readonly created: string;
  readonly mode: 'primary' | 'secondary';
  readonly ttl: number;
  readonly status: 'ok' | 'updating' | 'error';
  readonly record_count: number;
  readonly primary_nameservers?: readonly {
    readonly address: string;
    readonly port: number;
    readonly tsig_algorithm?: string;
    readonly tsig_key?: string;
  }[];
  readonly authoritative_nameservers: {
    readonly assigned: readonly string[];
    readonly delegated: readonly string[];
    readonly delegation_last_check: string | null;
    readonly delegation_status: string;
  };
  readonly registrar: 'hetzner' | 'other' | 'unknown';
  readonly protection: ProtectionShape;
  readonly labels: Labels;
}

export interface RRSetShape {
  /** `name/type`. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly ttl: number | null;
  readonly labels: Labels;
  readonly protection: { readonly change: boolean };
  readonly records: readonly RecordValue[];
  readonly zone: number;
}
