import { writeCloudflareDns } from './dns-cloudflare.js';
import { writeHetznerDns } from './dns-hetzner.js';
import type { RootModule } from './root-module.js';

/** The records of every host name of the routes, at the topology's DNS provider. */
export function writeDns(module: RootModule): void {
  const { dns } = module.model;
  switch (dns?.provider.value) {
    case 'hetzner':
      return writeHetznerDns(module, dns);
    case 'cloudflare':
      return writeCloudflareDns(module, dns);
    default:
      return;
  }
}
