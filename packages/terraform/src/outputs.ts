import { objectStorageHost, wayTo } from '@groundplan/hosts';
import { type Host, isPair, type Model } from '@groundplan/model';
import { type Template, template, type Value } from './emitter/index.js';
import { floatingAddress } from './floating-ips.js';
import { placeOfTopology } from './places.js';
import { publicIpv4, publicIpv6 } from './primary-ips.js';
import { publishedHosts } from './published.js';
import type { RootModule } from './root-module.js';

/** What an operator asks for first after an apply. No secret is among it. An output that would be empty is left out. */
export function writeOutputs(module: RootModule): void {
  const { model } = module;
  const outputs: Readonly<Record<string, readonly [description: string, values: Record<string, Value>]>> = {
    balancers: ['Addresses of the load balancers, by host.', balancers(model)],
    floating_addresses: ['Addresses that a pair of load balancers hands on, by region and balancer.', floating(model)],
    urls: ['Where the system answers, by host name.', urls(model)],
    ssh: ['How to log in, by host.', ssh(model)],
    databases: ['Private addresses and port of the databases, by name and region.', databases(model)],
    buckets: ['Buckets, by name.', buckets(model)],
  };
  for (const [name, [description, value]] of Object.entries(outputs)) {
    if (Object.keys(value).length > 0) module.output(placeOfTopology(model), name, { description, value });
  }
}

function balancers(model: Model): Record<string, Value> {
  return Object.fromEntries(
    model.hosts
      .filter(({ tier }) => tier === 'lb')
      .map((host) => [host.name, { ipv4: publicIpv4(host), ipv6: publicIpv6(host), private: host.address }]),
  );
}

function floating(model: Model): Record<string, Value> {
  return Object.fromEntries(
    model.loadBalancers
      .filter(isPair)
      .flatMap((balancer) =>
        balancer.inRegions.map(({ region }) => [
          `${region.name}-${balancer.name}`,
          { ipv4: floatingAddress(balancer, region, 'ipv4'), ipv6: floatingAddress(balancer, region, 'ipv6') },
        ]),
      ),
  );
}

function urls(model: Model): Record<string, Value> {
  return Object.fromEntries(
    publishedHosts(model).map(({ host, balancer }) => {
      const scheme = balancer.tls.mode.value === 'none' ? 'http' : 'https';
      return [host, `${scheme}://${host}/`];
    }),
  );
}

function ssh(model: Model): Record<string, Value> {
  const commands = model.hosts.flatMap((host) => {
    const command = sshTo(model, host);
    return command === undefined ? [] : [[host.name, command] as const];
  });
  return Object.fromEntries(commands);
}

function sshTo(model: Model, host: Host): Template | undefined {
  const way = wayTo(model, host);
  if (way === undefined) return undefined;
  if (way.kind === 'direct') return template('ssh root@', publicIpv4(host));
  const jump = ['ssh -J root@', publicIpv4(way.bastions[0]), ' root@'] as const;
  return way.to === 'public' ? template(...jump, publicIpv4(host)) : template(...jump, host.address);
}

function databases(model: Model): Record<string, Value> {
  return Object.fromEntries(
    model.databases.map((database) => {
      const addresses = database.inRegions.map(({ region }) => [
        region.name,
        model.hosts
          .filter((host) => host.entity === database && host.region === region)
          .sort((a, b) => a.ordinal - b.ordinal)
          .map(({ address }) => address),
      ]);
      return [database.name, { port: database.port.value, addresses: Object.fromEntries(addresses) }];
    }),
  );
}

function buckets(model: Model): Record<string, Value> {
  return Object.fromEntries(
    model.buckets.map(({ name, bucketName, location }) => {
      const endpoint = objectStorageHost(location.value);
      return [
        name,
        { name: bucketName.value, endpoint: `https://${endpoint}`, url: `https://${bucketName.value}.${endpoint}` },
      ];
    }),
  );
}
