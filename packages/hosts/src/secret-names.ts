import type { Database, LoadBalancer } from '@groundplan/model';
import type { PublicPart, Secret } from './text.js';

/**
 * Secrets that Groundplan makes, by role; what the user names is in capitals. Names come from first names, as everything that
 * stays does, and are those of packages/secrets.
 */
export const hcloudToken: Secret = { secret: 'hcloud_token' };

/** Certificates of the authority that certifies the members of database clusters; whoever talks to them trusts it. */
export const memberAuthority: PublicPart = { publicPartOf: 'member_authority', as: 'public' };

/** RSA key of the account at the certificate authority, shared by all balancers. */
export const acmeAccountKey: Secret = { secret: 'acme_account_key' };

/** SHA-256 of the account's public key as RFC 7638 writes it: it answers challenges. */
export const acmeThumbprint: PublicPart = { publicPartOf: 'acme_account_key', as: 'fingerprint' };

export function balancerTlsKey({ firstName }: LoadBalancer): Secret {
  return { secret: `load_balancer_${underscored(firstName)}_tls_key` };
}

export function appPassword({ firstName }: Database): Secret {
  return { secret: `database_${underscored(firstName)}_app_password` };
}

/** The apps' pair of keys for object storage; backups have another. */
export const objectStorage = {
  accessKey: { secret: 'apps_object_storage_access_key' },
  secretKey: { secret: 'apps_object_storage_secret_key' },
} as const satisfies Record<string, Secret>;

function underscored(name: string): string {
  return name.replaceAll('-', '_');
}
