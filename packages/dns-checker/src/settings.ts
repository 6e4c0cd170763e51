/**
 * What a checker is told, as it lies in /etc/groundplan/dns-checker.json. Keys are those of a topology where there is one for it.
 */
export interface Settings {
  /** Name of the topology, by which its records are told from others'. */
  readonly topology: string;
  /** Name of this host, which is one of the voters. */
  readonly self: string;
  /** Seconds between two probes of an address. */
  readonly interval: number;
  /** How many probes in a row must fail, and how many must succeed, until this host thinks otherwise. */
  readonly fall: number;
  readonly rise: number;
  /** How many addresses stay in a set of records whatever is found. */
  readonly keep_at_least: number;
  /** Where this host listens to the other voters; all of them have the same port. */
  readonly listen: { readonly address: string; readonly port: number };
  readonly voters: readonly VoterSettings[];
  readonly services: readonly ServiceSettings[];
  readonly dns: DnsSettings;
}

export interface VoterSettings {
  readonly name: string;
  /** What has one vote, which its hosts share: a region, the arbiter, or with one region each host. */
  readonly site: string;
  /** Where this host reaches it. */
  readonly address: string;
  /** Whether it has a token for DNS. One that has none observes. */
  readonly publishes: boolean;
  /** Whether half of the votes suffice where it is among them; for one voter at most. */
  readonly breaks_ties?: boolean;
}

/** Host names that are well or sick together: the same apps of the same balancers serve them. */
export interface ServiceSettings {
  /** Sorted; the first is the one that is asked for. */
  readonly names: readonly string[];
  readonly protocol: 'http' | 'https';
  readonly port: number;
  readonly targets: readonly TargetSettings[];
}

export interface TargetSettings {
  readonly name: string;
  readonly a?: string;
  readonly aaaa?: string;
}

export type DnsSettings =
  | { readonly provider: 'hetzner'; readonly api: string; readonly zone: string }
  | {
      readonly provider: 'cloudflare';
      readonly api: string;
      readonly zone: string;
      /** Looked up by the zone's name when it is not there. */
      readonly zone_id?: string;
      /** Seconds. */
      readonly ttl: number;
      readonly proxied: boolean;
    };
