import type { Host, LoadBalancer, Region } from '@groundplan/model';

export type IpVersion = 'ipv4' | 'ipv6';

/** A public address of a host, known only when the host is made. */
export interface PublicAddress {
  readonly publicAddress: Host;
  readonly version: IpVersion;
}

/** A secret, by its name in the topology or by its role; its value is never in a text. */
export interface Secret {
  readonly secret: string;
  /** Where it stands between double quotes of systemd's or a shell's, in which `\`, `"`, `$` and a backtick get a `\` in front. */
  readonly within?: 'double-quotes';
}

/** What of a secret everybody may know, from the lock file in clear: its public half, or the fingerprint of that. */
export interface PublicPart {
  readonly publicPartOf: string;
  readonly as: 'public' | 'fingerprint';
}

/** The address that a pair of balancers hands on, or the number by which the Hetzner API knows it. */
export interface FloatingIp {
  readonly floatingIp: { readonly balancer: LoadBalancer; readonly region: Region; readonly version: IpVersion };
  readonly as: 'address' | 'id';
}

/** The number of a server in the Hetzner API. */
export interface ServerId {
  readonly serverId: Host;
}

/** The number of a host's volume in the Hetzner API. */
export interface VolumeId {
  readonly volumeId: Host;
}

/** The content of a file that the topology names, by its path as it is written. */
export interface NamedFileContent {
  readonly file: string;
}

/** The name of the network interface that has an address, which differs from server to server and is found on the host. */
export interface InterfaceName {
  readonly interfaceWith: string;
}

/** What stands in a text for something that is known only later: at build, at apply, or on the host. */
export type Placeholder =
  | PublicAddress
  | Secret
  | PublicPart
  | FloatingIp
  | ServerId
  | VolumeId
  | InterfaceName
  | NamedFileContent;

export type TextPart<P extends Placeholder = Placeholder> = string | P;

export type Text<P extends Placeholder = Placeholder> = readonly TextPart<P>[];

/** The longest an IPv4 address gets. */
const longestAddress = '255.255.255.255';

/** Each line of the text behind `indent`; empty lines stay empty. */
export function indented<P extends Placeholder>(text: Text<P>, indent: string): TextPart<P>[] {
  let atLineStart = true;
  return text.map((part) => {
    if (typeof part !== 'string') {
      atLineStart = false;
      return part;
    }
    const lines = part.split('\n');
    const shown = lines.map((line, index) => (line !== '' && (index > 0 || atLineStart) ? indent + line : line));
    atLineStart = part === '' ? atLineStart : part.endsWith('\n');
    return shown.join('\n');
  });
}

/** Neighbouring pieces of text joined and empty ones left out, so that equal texts are equal values. */
export function joined<P extends Placeholder>(text: Text<P>): TextPart<P>[] {
  const parts: TextPart<P>[] = [];
  for (const part of text) {
    const last = parts.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

/** The text with every address as long as it can get. */
export function longestForm(text: Text<PublicAddress>): string {
  return text.map((part) => (typeof part === 'string' ? part : longestAddress)).join('');
}
