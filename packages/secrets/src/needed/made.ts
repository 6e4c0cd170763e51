import { clustersOf, type Database, type Host, type Model, tunnelMembers } from '@groundplan/model';
import type { Form, NeededSecret } from './secret.js';

/** What hosts need among themselves and nobody has to know: each for a consumer that the bundle of a host has. */
export function made(model: Model): NeededSecret[] {
  return [
    ...deployKey(model),
    ...balancerKeys(model),
    ...checkerKey(model),
    ...model.databases.flatMap(passwords),
    ...passphrases(model),
    ...members(model),
    ...tunnelKeys(model),
  ];
}

/** Terraform reaches hosts with it; the public half is among the keys that they accept. */
function deployKey({ access, hosts }: Model): NeededSecret[] {
  if (access === undefined || hosts.length === 0) return [];
  return [
    own('deploy_ssh_key', { kind: 'ssh-key' }, 'Key by which Terraform reaches the hosts over SSH.', [access.keySpan]),
  ];
}

/** All balancers have the key of their names, so that only the certificate for it has to travel, and it is public. */
function balancerKeys({ loadBalancers }: Model): NeededSecret[] {
  const withAcme = loadBalancers.filter(({ tls }) => tls.mode.value === 'acme');
  if (withAcme.length === 0) return [];
  return [
    own(
      'acme_account_key',
      { kind: 'rsa-key' },
      'Key of the account at the certificate authority (ACME), shared by all balancers.',
      withAcme.map(({ tls }) => tls.mode.origin.span),
    ),
    ...withAcme.map((balancer) =>
      own(
        `${nameOf('load_balancer', balancer)}_tls_key`,
        { kind: 'ec-key' },
        `Key of the certificate that load_balancer.${balancer.name} shows to users.`,
        [balancer.tls.mode.origin.span],
      ),
    ),
  ];
}

/** All checkers have one key: whoever has it may tell them what it sees. */
function checkerKey({ dns, loadBalancers }: Model): NeededSecret[] {
  if (dns === undefined || loadBalancers.length === 0) return [];
  const { by } = dns.failover;
  if (dns.provider.value === 'none' || by.value !== 'checkers') return [];
  return [
    own('dns_checker_key', { kind: 'password' }, 'Key by which the DNS checkers on the hosts know each other.', [
      by.origin.span,
    ]),
  ];
}

const roles: Readonly<Record<Database['engine']['value'], readonly (readonly [role: string, about: string])[]>> = {
  postgresql: [
    ['app', "Password of the apps' user"],
    ['superuser', 'Password of the superuser'],
    ['replication', 'Password by which standbys follow the primary'],
    ['rewind', 'Password by which an old primary returns as a standby (pg_rewind)'],
  ],
  // What copies all data to a new node runs as the server's own user, whom the server knows by its socket.
  mariadb: [['app', "Password of the apps' user"]],
};

function passwords(database: Database): NeededSecret[] {
  return roles[database.engine.value].map(([role, about]) =>
    own(
      `${nameOf('database', database)}_${role}_password`,
      { kind: 'password' },
      `${about} of database.${database.name}.`,
      [database.keySpan],
    ),
  );
}

/** restic encrypts everything, pgBackRest what it is told to. */
function passphrases({ databases, storages }: Model): NeededSecret[] {
  const encrypted = databases.filter(
    ({ engine, backup }) => engine.value === 'mariadb' || backup?.encrypt.value === true,
  );
  return [
    ...encrypted.map((owner) => ({ kind: 'database', owner }) as const),
    ...storages.map((owner) => ({ kind: 'storage', owner }) as const),
  ].flatMap(({ kind, owner }) =>
    owner.backup === undefined
      ? []
      : [
          own(
            `${nameOf(kind, owner)}_backup_passphrase`,
            { kind: 'passphrase' },
            `Passphrase of the backups of ${kind}.${owner.name}; without it they cannot be read.`,
            [owner.backup.keySpan],
          ),
        ],
  );
}

const authority = 'member_authority';

/** Database servers and the voters beside them know each other by certificates of one authority. */
function members(model: Model): NeededSecret[] {
  const hosts = new Map<string, Host>();
  for (const { members: servers, voter } of model.databases.flatMap((database) => clustersOf(model, database))) {
    for (const host of voter === undefined ? servers : [...servers, voter]) hosts.set(host.key, host);
  }
  if (hosts.size === 0) return [];
  const about = 'Authority that certifies the members of database clusters to each other.';
  return [
    own(
      authority,
      { kind: 'authority' },
      about,
      model.databases.map(({ keySpan }) => keySpan),
    ),
    ...[...hosts.values()].map((host) =>
      own(
        `member_${keyOf(host)}_tls`,
        { kind: 'member', address: host.address, authority },
        `Key and certificate of ${host.name} in its database cluster.`,
        [host.span],
      ),
    ),
  ];
}

function tunnelKeys(model: Model): NeededSecret[] {
  return tunnelMembers(model).map((host) =>
    own(`tunnel_${keyOf(host)}_key`, { kind: 'rsa-key' }, `Key of ${host.name} in the tunnel between regions (tinc).`, [
      host.span,
    ]),
  );
}

function own(name: string, form: Form, about: string, uses: NeededSecret['uses']): NeededSecret {
  return { name, form, about, variable: name, uses };
}

function nameOf(kind: string, { firstName }: { readonly firstName: string }): string {
  return `${kind}_${firstName.replaceAll('-', '_')}`;
}

/** The parts of a key are joined by `_`: doubling what is in them keeps two keys apart. */
function keyOf({ key }: Host): string {
  return key.replaceAll('-', '__');
}
