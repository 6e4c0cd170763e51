/** Where Hetzner Cloud runs servers. */
export type LocationName = 'fsn1' | 'nbg1' | 'hel1' | 'ash' | 'hil' | 'sin';

/** A private network lives in one zone. */
export type NetworkZone = 'eu-central' | 'us-east' | 'us-west' | 'ap-southeast';

export type Architecture = 'x86' | 'arm';

/** The tiers that get a server type by default. */
export type Role = 'lb' | 'app' | 'db' | 'sto' | 'arbiter';

/** Where a figure comes from. */
export interface Source {
  readonly title: string;
  /** A public page. */
  readonly url?: string;
  /** ISO date on which the page said so. */
  readonly date: string;
  /** Hetzner itself, somebody who reports about it, or the answers of the API to the user's own token. */
  readonly kind: 'official' | 'secondary' | 'user';
}

/** A figure that may be unknown. An unknown figure is never zero. */
export type Figure = KnownFigure | UnknownFigure;

export interface KnownFigure {
  readonly known: true;
  readonly value: number;
  /** A key of `Catalog.sources`. */
  readonly source: string;
}

export interface UnknownFigure {
  readonly known: false;
}

/** One figure for each location. */
export type FigurePerLocation = Readonly<Record<LocationName, Figure>>;

export interface Location {
  readonly name: LocationName;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly networkZone: NetworkZone;
  /** Whether buckets can be created there. */
  readonly objectStorage: boolean;
  /** Whether storage boxes can be created there. */
  readonly storageBox: boolean;
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east. */
  readonly longitude: number;
}

/** What a server type is in one location. */
export interface ServerTypeAtLocation {
  /** Whether Hetzner had it in stock when the catalogue was made. It changes within hours and says nothing about whether it is sold. */
  readonly available: boolean | 'unknown';
  readonly recommended: boolean;
  readonly deprecation?: Deprecation;
  /** Net EUR a month, without the primary IPv4. */
  readonly monthly: Figure;
  /** Net EUR an hour, without the primary IPv4. */
  readonly hourly: Figure;
  /** Outgoing traffic a month in the price, in bytes. */
  readonly includedTrafficBytes: Figure;
}

export interface Deprecation {
  /** ISO date. */
  readonly announced: string;
  /** ISO date of the last day on which it can be ordered. Servers that exist keep running. */
  readonly unavailableAfter: string;
}

export interface ServerType {
  readonly name: string;
  readonly description: string;
  /** Virtual CPUs. */
  readonly cores: number;
  /** GB. */
  readonly memory: number;
  /** Local disk, GB. */
  readonly disk: number;
  readonly architecture: Architecture;
  readonly cpuType: 'shared' | 'dedicated';
  /** Hetzner's word for the series, as its API has it: cost_optimized, regular_purpose, general_purpose. */
  readonly category: string;
  /** A location that is absent does not sell the type. */
  readonly perLocation: Readonly<Partial<Record<LocationName, ServerTypeAtLocation>>>;
}

export type ImageName = 'debian-12' | 'debian-13' | 'ubuntu-24.04';

/** An operating system that Groundplan knows how to configure, with the versions of its own packages. */
export interface Image {
  readonly name: ImageName;
  readonly architectures: readonly Architecture[];
  /** Major version of PostgreSQL. */
  readonly postgresql: number;
  /** Version of MariaDB, major.minor. */
  readonly mariadb: string;
  /** Version of pgBackRest, major.minor. */
  readonly pgbackrest: string;
}

/** Net EUR. */
export interface Prices {
  readonly volumePerGbMonth: Figure;
  readonly snapshotPerGbMonth: Figure;
  /** A month. A primary IPv6 costs nothing. */
  readonly primaryIpv4: FigurePerLocation;
  /** A month. */
  readonly floatingIpv4: FigurePerLocation;
  /** A month. */
  readonly floatingIpv6: FigurePerLocation;
  /** Outgoing traffic beyond what servers include, per TB. */
  readonly trafficPerTb: FigurePerLocation;
  /** Per cent of the server's price. */
  readonly serverBackupPercent: Figure;
  readonly objectStorage: ObjectStoragePrices;
}

export interface ObjectStoragePrices {
  /** A month, once for all buckets of an account that has any. */
  readonly baseMonthly: Figure;
  /** Stored TB that the base includes. */
  readonly includedStorageTb: Figure;
  /** Outgoing TB that the base includes. */
  readonly includedTrafficTb: Figure;
  /** A month, per further TB stored. */
  readonly storagePerTbMonth: Figure;
  /** Per further TB going out. */
  readonly trafficPerTb: Figure;
}

/** What the API refuses to exceed. Quotas that belong to an account, such as its number of servers, are not here. */
export interface Limits {
  readonly serversPerNetwork: number;
  readonly subnetsPerNetwork: number;
  readonly routesPerNetwork: number;
  readonly networksPerServer: number;
  readonly serversPerSpreadGroup: number;
  /** In one project. */
  readonly spreadGroups: number;
  readonly volumeMinGb: number;
  readonly volumeMaxGb: number;
  readonly volumesPerServer: number;
  readonly firewallsPerServer: number;
  readonly rulesPerFirewall: number;
  /** A rule counts once for each of its addresses; so many in one firewall. */
  readonly effectiveRulesPerFirewall: number;
  /** CIDR blocks in one rule, sources or destinations. */
  readonly sourcesPerFirewallRule: number;
  readonly userDataBytes: number;
  /** Seconds. */
  readonly dnsMinTtl: number;
}

/** Everything Groundplan knows about Hetzner's offer, at one date. */
export interface Catalog {
  readonly format: 1;
  /** ISO date at which the offer was looked at. */
  readonly date: string;
  readonly currency: 'EUR';
  readonly sources: Readonly<Record<string, Source>>;
  /** Sorted by name. */
  readonly locations: readonly Location[];
  /** Sorted by name. */
  readonly serverTypes: readonly ServerType[];
  /** Sorted by name. */
  readonly images: readonly Image[];
  readonly prices: Prices;
  readonly limits: Limits;
}
