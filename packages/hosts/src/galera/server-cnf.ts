import type { Cluster, Host, Model } from '@groundplan/model';
import { galeraPorts } from '../ports.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { authorityPath, binlogPath, dataPath, memberPairPath, serverSocket } from './paths.js';
import { clusterName, providerOptions, written } from './provider-options.js';

/**
 * The server's configuration. Who the members are is not in it: that is said at each start, so that one more member restarts nobody.
 * Memory is divided at each start as well, since a server type can change.
 */
export function serverCnf(model: Model, cluster: Cluster, host: Host): Text {
  const { database } = cluster;
  const isDurable = database.durability.value === 'sync';
  const options = providerOptions(model, cluster, host, {
    listenPort: galeraPorts.cluster,
    pairPath: memberPairPath,
    authorityPath,
  });
  return text`
# database.${database.name} on ${host.name}: MariaDB as a member of a Galera cluster. It is started by groundplan-galera, which knows the
# members:
#   how it stands   groundplan-galera status
#   log             journalctl -u mariadb
#   a client        mariadb (as root, on this host)
[mysqld]
bind_address = ${host.address}
port = ${database.port.value}
socket = ${serverSocket}
datadir = ${dataPath}
skip_name_resolve = ON
local_infile = OFF
max_connections = 500
max_allowed_packet = 64M
character_set_server = utf8mb4
collation_server = utf8mb4_unicode_ci

# Apps may ask for TLS. It is not required of them: few clients do it by themselves, and an app's connection begins on loopback.
ssl_cert = ${memberPairPath}
ssl_key = ${memberPairPath}
ssl_ca = ${authorityPath}
tls_version = TLSv1.2,TLSv1.3

# What Galera replicates.
default_storage_engine = InnoDB
enforce_storage_engine = InnoDB
binlog_format = ROW
innodb_autoinc_lock_mode = 2

# When a commit is answered, all other members have it, in memory at least; so one server that dies takes nothing with it.
${durability(isDurable)}
innodb_log_file_size = 512M

# Changes of the last two days, for restoring to a point in time between backups. Each server writes all of them.
log_bin = ${binlogPath}/changes
log_slave_updates = ON
binlog_expire_logs_seconds = 172800
max_binlog_size = 256M
server_id = 1

# Rotated by /etc/logrotate.d of the distribution's package.
slow_query_log = ON
long_query_time = 2
slow_query_log_file = /var/log/mysql/slow.log

wsrep_on = ON
wsrep_provider = /usr/lib/galera/libgalera_smm.so
# Never empty, which would make a cluster: whoever starts the server past groundplan-galera waits for one in vain.
wsrep_cluster_address = gcomm://${host.address}
wsrep_cluster_name = ${clusterName(cluster)}
wsrep_node_name = ${host.name}
wsrep_node_address = ${host.address}
wsrep_slave_threads = 4
wsrep_log_conflicts = ON
wsrep_gtid_mode = ON
wsrep_gtid_domain_id = 1

# A copy of everything for a member that has nothing, taken while the donor works. It is made as the user of the server, whom the
# server knows by the socket: there is no password.
wsrep_sst_method = mariabackup
wsrep_sst_auth = mysql:
wsrep_sst_receive_address = ${host.address}:${galeraPorts.copy}

wsrep_provider_options = "${written(options)}"

[sst]
# TLS with both sides certified (4); certificates hold addresses, which socat does not compare.
encrypt = 4
tkey = ${memberPairPath}
tcert = ${memberPairPath}
tca = ${authorityPath}
sst-log-archive = 0
# To the journal of the server's unit, as all else.
sst-syslog = -1
`;
}

function durability(isDurable: boolean): string {
  return isDurable
    ? `# durability: sync. Each change is on the disk of the server that answers as well: nothing is lost when all lose their power at once.
innodb_flush_log_at_trx_commit = 1
sync_binlog = 1
`
    : `# durability: async. Disks have it a second later: only if all servers lose their power at once, the last second is lost.
innodb_flush_log_at_trx_commit = 2
sync_binlog = 0
`;
}
