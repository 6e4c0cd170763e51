/** What a host needs to know about its server; a copy, made when the call is made. */
export interface HostServer {
  readonly project: string;
  readonly id: number;
  readonly name: string;
  readonly image: string;
  readonly cores: number;
  /** GB. */
  readonly memory: number;
  /** GB. */
  readonly disk: number;
  readonly location: string;
  readonly userData: string;
  readonly sshKeys: readonly string[];
  /** Null if the server has no public address of that kind. */
  readonly ipv4: string | null;
  /** The /64 in CIDR notation. */
  readonly ipv6: string | null;
  readonly networks: readonly HostNetwork[];
}

export interface HostNetwork {
  readonly id: number;
  readonly ipRange: string;
  readonly ip: string;
  readonly aliasIps: readonly string[];
  readonly macAddress: string;
}

export interface HostVolume {
  readonly id: number;
  readonly name: string;
  /** GB. */
  readonly size: number;
  /** Filesystem to make on it when it is new, or null. */
  readonly format: string | null;
}

export interface HostFloatingIp {
  readonly id: number;
  /** An address, or a /64 in CIDR notation. */
  readonly ip: string;
}

/**
 * Where servers become hosts. The API calls it when an action begins; the action ends when the call has, and becomes an
 * error if the call rejects. Calls about one server come one after the other.
 */
export interface HostDriver {
  create(server: HostServer): Promise<void> | undefined;
  /** The server is gone; so are its disk and its place in networks. */
  delete(server: HostServer): Promise<void> | undefined;
  powerOn(server: HostServer): Promise<void> | undefined;
  /** Cuts the power. */
  powerOff(server: HostServer): Promise<void> | undefined;
  /** Asks the system to shut down; may end before the host is off only if it refuses to. */
  shutdown(server: HostServer): Promise<void> | undefined;
  attachVolume(server: HostServer, volume: HostVolume): Promise<void> | undefined;
  detachVolume(server: HostServer, volume: HostVolume): Promise<void> | undefined;
  /** An attached volume has grown; one that is not attached has its new size when it is. */
  resizeVolume(server: HostServer, volume: HostVolume): Promise<void> | undefined;
  attachNetwork(server: HostServer, network: HostNetwork): Promise<void> | undefined;
  detachNetwork(server: HostServer, network: HostNetwork): Promise<void> | undefined;
  changeAliasIps(server: HostServer, network: HostNetwork): Promise<void> | undefined;
  assignFloatingIp(server: HostServer, ip: HostFloatingIp): Promise<void> | undefined;
  unassignFloatingIp(server: HostServer, ip: HostFloatingIp): Promise<void> | undefined;
}

const nothing = (): undefined => undefined;

/** No hosts: every call has nothing to do, so actions end by time alone. */
export const noHosts: HostDriver = {
  create: nothing,
  delete: nothing,
  powerOn: nothing,
  powerOff: nothing,
  shutdown: nothing,
  attachVolume: nothing,
  detachVolume: nothing,
  resizeVolume: nothing,
  attachNetwork: nothing,
  detachNetwork: nothing,
  changeAliasIps: nothing,
  assignFloatingIp: nothing,
  unassignFloatingIp: nothing,
};
