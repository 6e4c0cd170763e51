import type { DnsSettings } from '@groundplan/dns-checker';
import { type CheckerVoter, checkerVoters, type Dns, type Host, type Model } from '@groundplan/model';
import { checkerPort } from '../ports.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { type CheckedService, type CheckedTarget, checkedServices } from './services.js';

/** Of the Cloud API, in which Hetzner DNS is, and of Cloudflare's. */
const hetznerApi = 'https://api.hetzner.cloud/v1';
const cloudflareApi = 'https://api.cloudflare.com/client/v4';

/** What the program on a host is told: packages/dns-checker/src/settings.ts says what each means. */
export function checkerSettings(model: Model, dns: Dns, host: Host): Text {
  const { interval, fall, rise, keepAtLeast } = dns.failover;
  return text`
{
  "topology": ${JSON.stringify(model.name.value)},
  "self": ${JSON.stringify(host.name)},
  "interval": ${interval.value},
  "fall": ${fall.value},
  "rise": ${rise.value},
  "keep_at_least": ${keepAtLeast.value},
  "listen": { "address": "::", "port": ${checkerPort} },
  "voters": [
    ${listed(checkerVoters(model).map((voter) => voterSettings(voter, host)))}
  ],
  "services": [
    ${listed(checkedServices(model).map(serviceSettings))}
  ],
  "dns": ${dnsSettings(dns)}
}
`;
}

/** By its private address where both are in one region: nothing of it is on the internet then. */
function voterSettings({ host, site, publishes, breaksTies }: CheckerVoter, from: Host): Text {
  const isNear = host.region !== undefined && host.region === from.region;
  const address: Text = isNear ? [host.address] : [{ publicAddress: host, version: 'ipv4' }];
  return text`{ "name": ${JSON.stringify(host.name)}, "site": ${JSON.stringify(site)}, "address": "${address}", "publishes": ${String(publishes)}${breaksTies ? ', "breaks_ties": true' : ''} }`;
}

function serviceSettings({ names, secure, targets }: CheckedService): Text {
  return text`
{
  "names": [${names.map((name) => JSON.stringify(name)).join(', ')}],
  "protocol": "${secure ? 'https' : 'http'}",
  "port": ${secure ? 443 : 80},
  "targets": [
    ${listed(targets.map(targetSettings))}
  ]
}`;
}

function targetSettings({ name, a, aaaa }: CheckedTarget): Text {
  const ipv6: Text = aaaa === undefined ? [] : text`, "aaaa": "${aaaa}"`;
  return text`{ "name": ${JSON.stringify(name)}, "a": "${a}"${ipv6} }`;
}

function dnsSettings({ provider, zone, zoneId, ttl, proxied }: Dns): string {
  const settings: DnsSettings =
    provider.value === 'hetzner'
      ? { provider: 'hetzner', api: hetznerApi, zone: zone.value }
      : {
          provider: 'cloudflare',
          api: cloudflareApi,
          zone: zone.value,
          ...(zoneId === undefined ? {} : { zone_id: zoneId.value }),
          ttl: ttl.value,
          proxied: proxied.value,
        };
  const entries = Object.entries(settings).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return `{ ${entries.join(', ')} }`;
}

/** Entries of a list in JSON, a line or more each. */
function listed(entries: readonly Text[]): Text {
  return entries.flatMap((entry, index) => [...entry, index === entries.length - 1 ? '\n' : ',\n']);
}
