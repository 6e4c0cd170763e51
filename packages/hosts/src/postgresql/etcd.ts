import type { BundlePart } from '../bundle/bundle.js';
import { file, script, unitFile } from '../bundle/file.js';
import { memberAuthority, memberTls } from '../secret-names.js';
import { sandbox } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { etcdProgram } from './etcd-program.js';
import { clientUrl, type EtcdMember, type Members, peerUrl } from './members.js';
import { etcdPaths } from './paths.js';

/** etcd as a member of a database's quorum, on a database server or beside another role. */
export function etcdPart(members: Members, own: EtcdMember): BundlePart {
  const { database } = members.cluster;
  const paths = etcdPaths(members);
  const span = database.keySpan;
  const restart = { kind: 'restart', unit: paths.unit } as const;
  const readable = { owner: 'root', group: 'etcd', mode: '0640' };
  return {
    packages: ['etcd-client', 'etcd-server', 'python3'],
    files: [
      script(paths.program, span, etcdProgram(members, own), { action: restart }),
      file(paths.settings, span, settings(members, own), { check: ['sh', '-n', paths.settings], action: restart }),
      // Read anew for each connection, so that a new one needs nothing; the authority is read at the start only.
      file(paths.certificate, span, [memberTls(own.host), '\n'], readable),
      file(paths.authority, span, [memberAuthority], { action: restart }),
      unitFile(paths.unit, span, unit(members, own), { action: restart }),
    ],
    units: [
      { name: 'etcd.service', state: 'off' },
      { name: paths.unit, state: 'running' },
    ],
  };
}

/** Milliseconds: several round trips of a region; those to an arbiter in another location take up to a quarter of a second. */
function pace({ etcd }: Members): { readonly heartbeat: number; readonly election: number } {
  const isWide = etcd.some(({ host }) => host.tier === 'arbiter');
  return isWide ? { heartbeat: 300, election: 3000 } : { heartbeat: 100, election: 1000 };
}

function settings(members: Members, own: EtcdMember): Text {
  const { certificate, authority, state } = etcdPaths(members);
  const { heartbeat, election } = pace(members);
  return text`
# etcd of database.${members.cluster.database.name} on this host, which decides with the others who the primary is. The variables are etcd's own.
# Look at it by hand: set -a; . ${etcdPaths(members).settings}; etcdctl member list -w table; etcdctl endpoint status -w table
ETCD_NAME=${own.name}
ETCD_DATA_DIR=/var/lib/${state}
ETCD_LISTEN_CLIENT_URLS=${clientUrl(own)},https://127.0.0.1:${own.clientPort}
ETCD_ADVERTISE_CLIENT_URLS=${clientUrl(own)}
ETCD_LISTEN_PEER_URLS=${peerUrl(own)}
ETCD_INITIAL_ADVERTISE_PEER_URLS=${peerUrl(own)}
ETCD_INITIAL_CLUSTER_TOKEN=${members.name}

# Nobody comes in without a certificate of a member.
ETCD_CERT_FILE=${certificate}
ETCD_KEY_FILE=${certificate}
ETCD_TRUSTED_CA_FILE=${authority}
ETCD_CLIENT_CERT_AUTH=true
ETCD_PEER_CERT_FILE=${certificate}
ETCD_PEER_KEY_FILE=${certificate}
ETCD_PEER_TRUSTED_CA_FILE=${authority}
ETCD_PEER_CLIENT_CERT_AUTH=true

# Patroni keeps some kilobytes here and changes them every few seconds: what they were before is forgotten after an hour.
ETCD_AUTO_COMPACTION_MODE=periodic
ETCD_AUTO_COMPACTION_RETENTION=1h
ETCD_QUOTA_BACKEND_BYTES=268435456
ETCD_SNAPSHOT_COUNT=10000
ETCD_HEARTBEAT_INTERVAL=${heartbeat}
ETCD_ELECTION_TIMEOUT=${election}
ETCD_LOGGER=zap

ETCDCTL_API=3
ETCDCTL_ENDPOINTS=${members.etcd.map(clientUrl).join(',')}
ETCDCTL_CACERT=${authority}
ETCDCTL_CERT=${certificate}
ETCDCTL_KEY=${certificate}
`;
}

function unit(members: Members, own: EtcdMember): Text {
  const { program, settings: settingsPath, state } = etcdPaths(members);
  return text`
[Unit]
Description=etcd of database.${members.cluster.database.name}
Documentation=man:etcd(1)
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

# Started means started: it is of use once a majority is, for which nothing on this host waits.
[Service]
Type=exec
User=etcd
Group=etcd
EnvironmentFile=${settingsPath}
ExecStart=${program}
# Patroni, which ends when nobody listens here, comes after this. etcd listens before there is a majority.
ExecStartPost=-/usr/bin/timeout 15 /bin/bash -c 'until : </dev/tcp/127.0.0.1/${own.clientPort}; do sleep 0.2; done 2>/dev/null'
StateDirectory=${state}
StateDirectoryMode=0700
# Without a majority it may not find its end for as long as it is given. A kill costs nothing: what it has promised is on its disk.
TimeoutStopSec=15
Restart=always
RestartSec=2
LimitNOFILE=65536
OOMScoreAdjust=-900
CPUWeight=1000
IOWeight=1000
${sandbox}
CapabilityBoundingSet=
PrivateDevices=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
MemoryDenyWriteExecute=yes
SystemCallFilter=@system-service
UMask=0077

[Install]
WantedBy=multi-user.target
`;
}
