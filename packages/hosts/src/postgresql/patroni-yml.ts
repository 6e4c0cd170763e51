import type { Model } from '@groundplan/model';
import { archiving } from '../backups/index.js';
import { images } from '../images.js';
import { patroniPort } from '../ports.js';
import { postgresqlPassword } from '../secret-names.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import type { EtcdMember, Members } from './members.js';
import {
  binPath,
  dataPath,
  memberAuthorityPath,
  memberCertificate,
  patroniConfig,
  settleProgram,
  socketFolder,
} from './paths.js';
import { pgHba, replicationUser, rewindUser, superuser } from './pg-hba.js';
import { ownParameters, type Parameters, sharedParameters } from './tuning.js';

/** Patroni on a member: it makes, starts and watches PostgreSQL, and agrees with the others by etcd on who the primary is. */
export function patroniYml(model: Model, members: Members, own: EtcdMember): Text {
  const { host } = own;
  const { database } = members.cluster;
  const { patroniPace: pace, versions } = images[model.image.value];
  const major = versions.postgresql;
  const isSync = database.durability.value === 'sync';
  const isLogical = ['logical', 'pglogical'].includes(database.betweenRegions?.value ?? '');
  return text`
# Patroni of database.${database.name} on this host: it runs PostgreSQL, and agrees with the others on who the primary is.
#   who is what    patronictl -c ${patroniConfig} list
#   log            journalctl -u patroni, PostgreSQL's own as well
# Passwords are in it: for root and postgres only.
scope: ${members.name}
name: ${host.key}

# Says who the primary is: balancers and apps ask it. Who wants something done shows a certificate of a member.
restapi:
  listen: ${host.address}:${patroniPort}
  connect_address: ${host.address}:${patroniPort}
  certfile: ${memberCertificate}
  keyfile: ${memberCertificate}
  cafile: ${memberAuthorityPath}
  verify_client: optional

ctl:
  cacert: ${memberAuthorityPath}
  certfile: ${memberCertificate}
  keyfile: ${memberCertificate}

# The etcd of this host and no other: whoever listens to another host's learns of its death half a minute late.
etcd3:
  protocol: https
  hosts:
    - ${host.address}:${own.clientPort}
  use_proxies: true
  cacert: ${memberAuthorityPath}
  cert: ${memberCertificate}
  key: ${memberCertificate}

bootstrap:
  # For all members, and kept in etcd: ${settleProgram} takes later changes there.
  dcs:
    # A primary that is not heard of for ttl seconds is replaced. loop_wait + 2 * retry_timeout may not be more.
    ttl: ${pace.ttl}
    loop_wait: ${pace.loopWait}
    retry_timeout: ${pace.retryTimeout}
    # While etcd has no majority the primary goes on as long as it sees every other member.
    failsafe_mode: true
    # Bytes: a standby that is further behind is not made the primary.
    maximum_lag_on_failover: 16777216
    check_timeline: true
    ${synchronous(isSync)}
    postgresql:
      use_pg_rewind: true
      use_slots: true
      # A former primary that cannot be wound back is copied anew, rather than left out.
      remove_data_directory_on_rewind_failure: true
      remove_data_directory_on_diverged_timelines: true
      parameters:
        ${lines({ ...sharedParameters(host, isLogical), ...archiving(database) })}

  # The order of texts is the same on every release of the system, so that no index breaks by an upgrade.
  initdb:
    - encoding: UTF8
    - locale: C.UTF-8
    - data-checksums
  # Who may connect is the same from the first moment on.
  pg_hba: &pg_hba
    ${pgHba(model, members).map((line) => `- '${line}'\n`)}
  post_bootstrap: ${settleProgram} bootstrap

postgresql:
  listen: ${host.address},127.0.0.1:${database.port.value}
  connect_address: ${host.address}:${database.port.value}
  data_dir: ${dataPath(major)}
  bin_dir: ${binPath(major)}
  pgpass: /var/lib/postgresql/pgpass
  use_unix_socket: true
  create_replica_methods:
    - basebackup
  basebackup:
    - checkpoint: fast

  authentication:
    superuser:
      username: ${superuser}
      password: "${postgresqlPassword(database, 'superuser')}"
    replication:
      username: ${replicationUser}
      password: "${postgresqlPassword(database, 'replication')}"
      ${tls}
    rewind:
      username: ${rewindUser}
      password: "${postgresqlPassword(database, 'rewind')}"
      ${tls}

  pg_hba: *pg_hba

  parameters:
    ${lines(ownParameters(host))}
    unix_socket_directories: ${socketFolder}
    password_encryption: scram-sha-256
    ssl: "on"
    ssl_cert_file: ${memberCertificate}
    ssl_key_file: ${memberCertificate}
    ssl_ca_file: ${memberAuthorityPath}
    log_line_prefix: "%m [%p] %q%u@%d "
    log_lock_waits: "on"
    log_checkpoints: "on"
    # Connections of hosts that are gone end after half a minute.
    tcp_keepalives_idle: 10
    tcp_keepalives_interval: 5
    tcp_keepalives_count: 4

# Where the kernel has a watchdog it resets a host whose Patroni hangs while it holds the lead.
watchdog:
  mode: automatic
  device: /dev/watchdog
  safety_margin: 5

tags:
  nofailover: false
  clonefrom: false
`;
}

const tls = `sslmode: verify-ca
sslrootcert: ${memberAuthorityPath}
sslcert: ${memberCertificate}
sslkey: ${memberCertificate}
`;

/**
 * `sync` loses nothing that was acknowledged: a standby that has not confirmed everything is never made the primary. While no
 * standby is there the primary goes on alone, and nobody replaces it then but itself; `synchronous_mode_strict` would refuse all
 * writes instead, so that a standby's death or restart would be an outage (patroni.readthedocs.io, "Replication modes").
 */
function synchronous(isSync: boolean): string {
  if (!isSync) return 'synchronous_mode: false\n';
  return `# A commit is acknowledged when a standby has it on its disk. When none is left the primary goes on alone, and until one has caught
# up nobody else is made the primary: what was acknowledged is not lost, even if the last copy has to be waited for.
synchronous_mode: true
synchronous_mode_strict: false
`;
}

function lines(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}: ${value === 'on' ? '"on"' : value}\n`)
    .join('');
}
