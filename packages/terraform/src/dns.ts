import { writeCloudflareDns } from './dns-cloudflare.js';
import { writeHetznerDns } from './dns-hetzner.js';
import type { RootModule } from './root-module.js';

/** The records of every host name of the routes, at the topology's DNS provider. */
export function writeDns(module: RootModule): void {
  const { dns } = module.model;
  if (dns?.provider.value === 'hetzner') writeHetznerDns(module, dns);
  if (dns?.provider.value === 'cloudflare') writeCloudflareDns(module, dns);
}
