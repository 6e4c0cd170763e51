import { entry } from './entry.js';

/** Databases: their standbys, and how those of several regions become one. */
export const database = {
  'database/port-clash': entry<{ port: number; other: string; free: number }>({
    severity: 'error',
    title: 'A database on a port that is taken',
    message: ({ port, other, free }) =>
      `port ${port} is taken by ${other}: give this database one of its own, such as port: ${free}`,
    docs: `Apps reach each database at \`127.0.0.1\` and the database's port: a HAProxy on their own host listens there and follows the primary, so that the address stays the same through every failover. Two databases on one port would be one listener, and half of the queries would go to the wrong database, or HAProxy would refuse to start and every app would lose both. The same host has SSH on 22, answers the balancers' checks on 7080, and reaches other apps on 7100 to 7355.

The database's own servers have ports that are taken as well: beside PostgreSQL those of etcd (2379, 2380) and Patroni (8008), beside MariaDB those of Galera (4444, 4567, 4568, 9201) and of its checks (9200). No server of a database runs as root, so that ports below 1024 are closed to it. The server would not start.

Each engine has its own port (PostgreSQL 5432, MariaDB 3306), so that only the second database of an engine needs a \`port\`. Programs that use \`\${database.<name>.url}\` follow by themselves; look for the old number where one is written by hand.`,
  }),
  'database/no-standby': entry<{ regions: string }>({
    severity: 'warning',
    title: 'A database without a standby',
    message: ({ regions }) =>
      `no standby in ${regions}: when the database's server dies its apps are down until it is rebuilt, write standby: 1`,
    docs: `With a standby, the death of the primary's server costs about 20 seconds (18.5 s from the crash to the next write, measured with Patroni on Debian 12), and nobody has to wake up. Without one, every app of the region that refers to the database is down until somebody has made a new server, and restored the volume or the backup.

With several regions the others carry on: the region without a database is sick and leaves DNS. That is a lot to lose for one server.

A standby is a second server with a volume of its own. Where a database is expendable (a cache, a test system), say so in a comment that ignores this warning.`,
  }),
  'database/no-arbiter': entry<{ regions: number; location?: string }>({
    severity: 'error',
    title: 'Galera over an even number of regions, without an arbiter',
    message: ({ regions, location }) =>
      `Galera over ${regions} regions has no majority when they are cut in half and both halves stop: add arbiter: { location: ${location ?? '…'} }`,
    docs: `A Galera cluster serves only while a majority of its members see each other. That is what keeps it from ever losing an acknowledged write. Over two regions (or any even number) there is a cut that leaves two halves of the same size: neither is a majority, and **both** refuse reads and writes. Measured with two nodes and no arbiter: from the cut on, both refused reads and writes. The same happens when one of two regions dies: the survivor is half, not a majority.

An \`arbiter:\` at a third location breaks the tie. It is one small server that votes (\`garbd\`), keeps no data and serves no traffic. With it, the side that still sees the arbiter goes on, and the other one stops within 12 seconds and rejoins by itself.`,
  }),
  'database/sync-without-standby': entry<{ regions: string }>({
    severity: 'error',
    title: 'Synchronous, with no standby to wait for',
    message: ({ regions }) =>
      `durability: sync waits until a standby has each write, and in ${regions} there is none: write standby: 1, or durability: async`,
    docs: `With \`durability: sync\` a write counts as done when a standby has it too, so that nothing that was acknowledged is lost with the primary. Where there is no standby there is nobody to wait for: PostgreSQL would block every write, and a MariaDB on its own would acknowledge what only one disk has.

Give the database a standby in that region, or say with \`durability: async\` that the last moments before the death of its server may be lost. A second standby keeps writes going while the first one is down.`,
  }),
  'database/engine-mismatch': entry<{ replication: string; engine: string; needs: string; ways: readonly string[] }>({
    severity: 'error',
    title: 'A replication that the engine does not have',
    message: ({ replication, engine, needs, ways }) =>
      `${replication} needs ${needs}, and this database is ${engine}: write ${ways.join(' or ')}, or engine: ${needs}`,
    docs: `\`galera\` is how MariaDB servers become one cluster. \`pglogical\` and \`logical\` are two ways in which PostgreSQL servers send each other their changes. \`none\` works with both: each region then has a database of its own.

Which one fits is a decision about data: Galera never loses an acknowledged write and makes each commit wait for the other regions; the two ways of PostgreSQL do not wait, and can lose concurrent edits.`,
  }),
  'database/choose-replication': entry<{ database: string; ways: readonly string[] }>({
    severity: 'error',
    title: 'How regions replicate must be chosen',
    message: ({ database, ways }) =>
      `${database} is PostgreSQL in several regions, and every way to replicate it can lose something: choose replication: { between_regions: … }, ${ways.join(', ')} or none`,
    docs: `Nothing replicates PostgreSQL between regions with every region writing and nothing ever lost, so Groundplan does not choose silently:

- \`pglogical\`: every region writes, and sends its changes to the others. During a cut both sides go on. Of two edits of one row the last one wins, the other is lost silently. Schema changes must be run on every side.
- \`logical\`: the same with PostgreSQL's own replication. It needs PostgreSQL 16 or newer (debian-13, ubuntu-24.04), and resolves no conflicts.
- \`none\`: each region has a database of its own, and the program knows about it.

If no write may be lost, use \`engine: mariadb\`: its Galera cluster spans the regions and stops on the side of a cut that has no majority.`,
  }),
  'database/image-too-old': entry<{ image: string; postgresql: number; newer?: string }>({
    severity: 'error',
    title: 'An image whose PostgreSQL is too old',
    message: ({ image, postgresql, newer }) =>
      `logical needs PostgreSQL 16 or newer, and ${image} has ${postgresql}: ${newer === undefined ? 'write pglogical' : `use image: ${newer}, or write pglogical`}`,
    docs: `Two servers that replicate to each other with PostgreSQL's logical replication must not send back what they received, or each change would go round for ever. The setting for that, \`origin = none\`, came with PostgreSQL 16. Debian 12 has PostgreSQL 15, Ubuntu 24.04 has 16, Debian 13 has 17.

A newer image is for new servers: an existing one keeps the image it was made with, until you replace it. \`pglogical\` works with every image.`,
  }),
  'database/commit-latency': entry<{ milliseconds: string; between: string; estimated: boolean }>({
    severity: 'warning',
    title: 'Every commit waits for another region',
    message: ({ milliseconds, between, estimated }) =>
      `every commit waits for a round trip between ${between}, about ${milliseconds} ms${estimated ? ' (estimated from the distance)' : ''}: make sure that the program can live with that`,
    docs: `A Galera commit is done when all members have it in the same order, so that each one takes at least the round trip to the farthest member, the arbiter included. Reads are local. A request that makes 40 small transactions over 25 ms is a second slower; the same in one transaction costs 25 ms once. Rows that every request changes (counters, sessions) suffer most, since two regions that change one row at a time refuse one of the commits.

Round trips between Hetzner's locations as operators have published them: Falkenstein and Nuremberg 3.4 ms, Helsinki and either of them 25 ms. Others are estimated from the distance.

That is the price of never losing an acknowledged write. If your program can pay it, say so in a comment that ignores this warning.`,
  }),
  'database/lossy-conflicts': entry<{ replication: 'pglogical' | 'logical' }>({
    severity: 'warning',
    title: 'Concurrent edits can be lost',
    message: ({ replication }) =>
      replication === 'pglogical'
        ? 'with pglogical the last edit of a row wins, others are lost silently, and schema changes must be run on every side: use galera with mariadb if that must not happen'
        : 'logical replication resolves no conflicts, concurrent edits leave the regions different, and schema changes must be run on every side: use galera with mariadb if that must not happen',
    docs: `Both ways to replicate PostgreSQL between regions keep every side writable during a cut. So two regions can change one row at the same time, and afterwards only one of the edits can stay.

- \`pglogical\` keeps the last one by its time. The other is gone, and nobody is told.
- \`logical\` does not look for conflicts: each side applies what comes, so that the sides can end up different, and an insert that breaks a unique key stops the replication until somebody repairs it by hand.

Neither replicates schema changes: a migration that runs on one side alone breaks the subscription (seen with pglogical on Debian 12). Sequences must be split between the regions, or keys be UUIDs.

It is a good fit where regions write different rows, such as each its own customers. Say so in a comment that ignores this warning. \`engine: mariadb\` with \`galera\` never loses an acknowledged write, and makes each commit wait for the other regions.`,
  }),
  'database/region-weight': entry<{ region: string; held: number; votes: number }>({
    severity: 'warning',
    title: 'One region holds half of the votes',
    message: ({ region, held, votes }) =>
      `${region} alone holds ${held} of ${votes} votes: when it dies the others have no majority and stop as well, give every region the same number of standbys`,
    docs: `Each Galera node has one vote, and the arbiter has one. The cluster goes on only where a majority is. When one region holds half of the votes or more, the other regions are never a majority without it: its death stops all of them, which is what several regions were meant to survive.

Give each region the same \`standby\`, or add one where there are few.`,
  }),
};
