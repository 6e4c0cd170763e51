import { blockOf, blocksOf, type Cluster, type Database, type Host, type Model } from '@groundplan/model';
import { file, script, unitFile } from '../bundle/file.js';
import type { Role } from '../bundle/role.js';
import { blockOfHosts } from '../firewall.js';
import { firstGarbdPort } from '../ports.js';
import { memberAuthority, memberTls } from '../secret-names.js';
import { commandWord, sandbox } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { memberList } from './member-list.js';
import { clusterName, numberOf, providerOptions, written } from './provider-options.js';
import { voterProgram } from './voter-program.js';

/** The largest network that a region can have: a number from its blocks is the same in all of them. */
const largestPrefix = 16;

/** Regions of which each has a cluster of its own, and the same voter. */
const mostRegions = 10;

/**
 * garbd, a member with a vote and no data, on a balancer or the arbiter. A host may be the voter of several clusters: each has a unit, a
 * port and a folder of its own.
 */
export function galeraVoter(model: Model, cluster: Cluster, host: Host): Role {
  const { database, members } = cluster;
  const { keySpan } = database;
  const name = nameOf(cluster);
  const folder = `/etc/groundplan/${name}`;
  const settingsPath = `${folder}/voter.json`;
  const program = `/usr/local/lib/groundplan/${name}`;
  const action = { kind: 'restart', unit: `${name}.service` } as const;
  return {
    openings: [
      {
        from: blockOfHosts(members),
        match: `tcp dport ${portOf(cluster)}`,
        why: `Galera of database.${database.name}`,
      },
    ],
    parts: [
      {
        packages: ['galera-arbitrator-4', 'python3'],
        files: [
          file(`${folder}/member.pem`, keySpan, [memberTls(host)], { mode: '0600', action }),
          file(`${folder}/authority.pem`, keySpan, [memberAuthority], { action }),
          file(settingsPath, keySpan, settings(members), {
            check: ['python3', '-m', 'json.tool', settingsPath, '/dev/null'],
          }),
          script(program, keySpan, voterProgram(folder), { action }),
          unitFile(action.unit, keySpan, service(model, cluster, host), { action }),
        ],
        units: [
          { name: action.unit, state: 'running' },
          { name: 'garb.service', state: 'off' },
        ],
      },
    ],
  };
}

/** The unit and the folders of a cluster's voter; of databases with a cluster in each region, one is not enough. */
function nameOf({ database, regions: [region] }: Cluster): string {
  const isOnly = region === undefined || hasOneCluster(database);
  return isOnly ? `garbd-${database.firstName}` : `garbd-${database.firstName}.${region.firstName}`;
}

/** Where the voter of a cluster listens. Databases have blocks of their own in the address plan, and with that ports. */
export function portOf({ database, regions: [region] }: Cluster): number {
  const port = firstGarbdPort + blockOf('db', largestPrefix, database.firstName, database.slot?.value);
  if (region === undefined || hasOneCluster(database)) return port;
  const regions = database.inRegions.map((each) => each.region);
  return port + blocksOf('db', largestPrefix) * (1 + numberOf(region, regions, mostRegions));
}

function hasOneCluster({ betweenRegions, inRegions }: Database): boolean {
  return inRegions.length === 1 || betweenRegions?.value === 'galera';
}

function settings(members: readonly Host[]): Text {
  return text`
{
  "others": [
    ${memberList(members)}
  ]
}
`;
}

function service(model: Model, cluster: Cluster, host: Host): Text {
  const { database } = cluster;
  const name = nameOf(cluster);
  const options = providerOptions(model, cluster, host, {
    listenPort: portOf(cluster),
    pairPath: '${CREDENTIALS_DIRECTORY}/member.pem',
    authorityPath: `/etc/groundplan/${name}/authority.pem`,
  });
  return text`
[Unit]
Description=A vote for database.${database.name}, whose servers are even in number
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
ExecStart=/usr/local/lib/groundplan/${name} /usr/bin/garbd \
  --group ${commandWord(clusterName(cluster))} \
  --name ${commandWord(host.name)} \
  --workdir \${STATE_DIRECTORY} \
  --options "${written(options)}"
LoadCredential=member.pem:/etc/groundplan/${name}/member.pem
# What it notes there of the members lets them come back by themselves after a power cut.
StateDirectory=${name}
StateDirectoryMode=0700
DynamicUser=yes
TimeoutStopSec=30
Restart=always
RestartSec=2
${sandbox}
CapabilityBoundingSet=
PrivateDevices=yes
RestrictAddressFamilies=AF_INET AF_UNIX AF_NETLINK
SystemCallFilter=@system-service
MemoryMax=256M

[Install]
WantedBy=multi-user.target
`;
}
