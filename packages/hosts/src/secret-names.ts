import type { Database, External, Host, LoadBalancer, SharedStorage } from '@groundplan/model';
import type { PublicPart, Secret } from './text.js';

/**
 * Secrets that Groundplan makes, by role; what the user names is in capitals. Names come from first names, as everything that
 * stays does, and are those of packages/secrets.
 */
export const hcloudToken: Secret = { secret: 'hcloud_token' };
export const cloudflareToken: Secret = { secret: 'cloudflare_api_token' };

/** By which the DNS checkers know each other. */
export const checkerKey: Secret = { secret: 'dns_checker_key' };

/** Of the key by which Terraform reaches hosts. */
export const deployPublicKey: PublicPart = { publicPartOf: 'deploy_ssh_key', as: 'public' };

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

/** Key and certificate of a member of database clusters, in this order, in PEM. */
export function memberTls({ key }: Host): Secret {
  return { secret: `member_${key.replaceAll('-', '__')}_tls` };
}

/** Passwords of a PostgreSQL cluster's own users. */
export function postgresqlPassword({ firstName }: Database, role: 'superuser' | 'replication' | 'rewind'): Secret {
  return { secret: `database_${underscored(firstName)}_${role}_password` };
}

/** The apps' pair of keys for object storage; backups have another. */
export const objectStorage = {
  accessKey: { secret: 'apps_object_storage_access_key' },
  secretKey: { secret: 'apps_object_storage_secret_key' },
} as const satisfies Record<string, Secret>;

/** The pair of keys for object storage by which hosts write backups. */
export const backupsObjectStorage = {
  accessKey: { secret: 'backups_object_storage_access_key' },
  secretKey: { secret: 'backups_object_storage_secret_key' },
} as const satisfies Record<string, Secret>;

/** By which hosts write backups to an object storage elsewhere, where the topology does not name its user. */
export function externalAccessKey({ firstName }: External): Secret {
  return { secret: `external_${underscored(firstName)}_access_key` };
}

export function externalSecretKey({ firstName }: External): Secret {
  return { secret: `external_${underscored(firstName)}_secret_key` };
}

/** By which hosts log in to a server elsewhere. */
export function externalSshKey({ firstName }: External): Secret {
  return { secret: `external_${underscored(firstName)}_ssh_key` };
}

/** What backups are encrypted with. */
export function backupPassphrase(kind: 'database' | 'storage', { firstName }: Database | SharedStorage): Secret {
  return { secret: `${kind}_${underscored(firstName)}_backup_passphrase` };
}

function underscored(name: string): string {
  return name.replaceAll('-', '_');
}
