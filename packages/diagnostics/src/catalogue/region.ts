import { entry } from './entry.js';

/** Regions: their locations, their networks, and what can be bought in them. */
export const region = {
  'region/cidr-overlap': entry<{ range: string; where: string; other: string; otherRange: string; free?: string }>({
    severity: 'error',
    title: 'Two networks overlap',
    message: ({ range, where, other, otherRange, free }) =>
      `${range} of ${where} overlaps ${range === otherRange ? `that of ${other}` : `${otherRange} of ${other}`}: give it a range of its own${free === undefined ? '' : `, such as ${free}`}`,
    docs: `Every region has a private network, and so has the arbiter. The tunnel has no addresses of its own: it carries the private address of each member from network to network. An address that exists in two networks has two owners, so packets for a database in one region end at a server of the other, or nowhere.

Nothing of it shows on the day of the first apply, when the second region is not in use yet. It shows when the tunnel comes up.

Each location has a default range (fsn1 10.10.0.0/16, nbg1 10.20.0.0/16, hel1 10.30.0.0/16, ash 10.40.0.0/16, hil 10.50.0.0/16, sin 10.60.0.0/16; the arbiter 10.250.0.0/24). A second region in the same location writes its own \`cidr\`. Choose it before the first apply: Hetzner replaces a network whose range changes, with everything in it.`,
  }),
  'region/address-clash': entry<{ tier: string; name: string; other: string; regions: string; slot: number }>({
    severity: 'error',
    title: 'Two entities fall into one address block',
    message: ({ tier, name, other, regions, slot }) =>
      `${name} and ${other} fall into the same block of addresses for ${tier} in ${regions}: write \`slot: ${slot}\` on the one that is not deployed yet`,
    docs: `The private address of a server is a pure function of its region, tier, first name and ordinal: adding or removing a server, an entity or a region never moves another one. Each entity has a block in its tier's part of the region's network. Its number is the \`slot\`, or else a hash of the first name, so now and then two names share one: about one in a hundred files with three apps, one in sixteen with six.

Both would claim the same addresses, and Hetzner refuses the second server in the middle of an apply.

Write a free \`slot\` on one of the two. Take the one that is not deployed yet: a new slot gives an entity new addresses, and its servers must be made again for that.`,
  }),
  'region/cidr-size': entry<{ range: string; where: string; expected: string; free: string }>({
    severity: 'error',
    title: 'A network of the wrong size',
    message: ({ range, where, expected, free }) => `${range} of ${where} is not ${expected}: take ${free}`,
    docs: `The network of a region is a /16, /17 or /18: room for a block of 128 addresses for each app and of 16 for each balancer, database and storage, so that no server ever moves to make room for another. The network of the arbiter is a /24.

A larger network would leave no room for the other regions, a smaller one has too few blocks.`,
  }),
  'region/cidr-reserved': entry<{ range: string; where: string; reason: string; free: string }>({
    severity: 'error',
    title: 'A network that cannot be used',
    message: ({ range, where, reason, free }) => `${range} of ${where} ${reason}: take ${free}`,
    docs: `Private networks use the ranges that RFC 1918 sets apart: 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16. Any other address belongs to somebody on the internet, whom your servers could then not reach.

Hetzner uses 172.31.1.1 as the gateway of every server's public interface. A private network that contains it takes the server's way out: no packages, no registry, no DNS, no backups.`,
  }),
  'region/same-location': entry<{ name: string; other: string; location: string }>({
    severity: 'warning',
    title: 'Two regions in one location',
    message: ({ name, other, location }) =>
      `${name} and ${other} are both in ${location}: one fault takes both, put one of them elsewhere`,
    docs: `Several regions are there so that the system outlives one of them. Two regions in one location share its power, its cooling and its way to the internet: the night that takes one takes the other, and between them they hold the majority that the rest would need.

Put each region in a location of its own. Locations of one network zone (fsn1, nbg1, hel1) are close enough for synchronous replication.`,
  }),
  'region/too-many-servers': entry<{ regions: string; count: number; limit: number; what: string }>({
    severity: 'error',
    title: 'More servers than a network holds',
    message: ({ regions, count, limit, what }) =>
      `the network of ${regions} would have ${count} servers and holds ${limit}: make ${what} smaller, with larger types, or split it over more regions`,
    docs: `A private network at Hetzner holds at most 100 servers (docs.hetzner.com, networks). Each region has one network, with every balancer, app server, database and storage server of the region in it. The API refuses the server that is one too many in the middle of an apply.

Fewer servers of a larger type do the same work. Otherwise move a part of the load into another region.`,
  }),
  'region/type-unavailable': entry<{
    type: string;
    locations: string;
    why: 'not-sold' | 'deprecated' | 'unknown' | 'architecture';
    image?: string;
    catalogDate: string;
    nearest?: string;
  }>({
    severity: 'warning',
    title: 'A server type that cannot be had there',
    message: ({ type, locations, why, image, catalogDate, nearest }) => {
      const instead = `choose another type${nearest === undefined ? '' : `, such as ${nearest}`}`;
      switch (why) {
        case 'not-sold':
          return `${type} is not sold in ${locations} (catalogue of ${catalogDate}): ${instead}`;
        case 'deprecated':
          return `${type} is being withdrawn in ${locations} (catalogue of ${catalogDate}) and cannot be ordered for long: ${instead}`;
        case 'unknown':
          return `Hetzner's catalogue of ${catalogDate} has no server type ${type}${nearest === undefined ? ': see `groundplan catalog`' : `: did you mean ${nearest}?`}`;
        case 'architecture':
          return `${type} is an ARM server and there is no ARM image of ${image}: ${instead}, or another image`;
      }
    },
    docs: `Hetzner does not sell every server type in every location: CX and CAX are sold in Europe only, the first CPX generation outside of it, the second in Europe and Singapore. A topology that asks for a type elsewhere plans well and fails at apply, when half of it has been made. A type that is being withdrawn is worse: everything works until a server must be replaced at night, and cannot be ordered any more.

The default types depend on the location. A type that is written holds for every region, so a tier that spans network zones may need one for each: \`regions.<region>.apps.<name>.type\`.

The catalogue comes with Groundplan and carries its date. \`groundplan catalog update\` asks Hetzner with your own token.`,
  }),
  'region/single-balancer': entry<{ name: string; regions: string }>({
    severity: 'warning',
    title: 'A single load balancer',
    message: ({ name, regions }) =>
      `${name} has a single server in ${regions}: when it dies nothing there can be reached, set count: 2`,
    docs: `All traffic of a region comes in through its balancers. With one of them, its death, or the restart after a kernel update, is an outage of the region, however many app servers stand behind it.

With two, the other goes on serving, and the checkers take the dead one out of DNS (or the floating IP moves). The smallest type is enough for most sites: a balancer forwards packets.`,
  }),
};
