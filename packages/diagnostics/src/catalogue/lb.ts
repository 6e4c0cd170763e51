import { entry } from './entry.js';

/** Load balancers: routes, health checks, and the three ways of holding addresses. */
export const lb = {
  'lb/health-path': entry<{ found: string; path: string }>({
    severity: 'error',
    title: 'A health path that does not begin with a slash',
    message: ({ found, path }) => `the path of a health check begins with a slash, "${found}" does not: write ${path}`,
    docs: `The balancers ask each app server for this path. Without the slash at its beginning the request is no HTTP: every server answers with an error, every server counts as dead, and the region serves nothing.`,
  }),
  'lb/standby-needs-two': entry<{ name: string; regions: string }>({
    severity: 'error',
    title: 'Active and standby, but only one balancer',
    message: ({ name, regions }) =>
      `active-standby needs a second server to take over, ${name} has one in ${regions}: set count: 2`,
    docs: `In \`active-standby\` one balancer holds the floating IP and another takes it over within seconds when the first dies. With one there is nobody to take over; all that is left of the mode is its cost.`,
  }),
  'lb/floating-ip-token': entry<{ name: string }>({
    severity: 'warning',
    title: 'Active and standby keeps a token of the project on the balancers',
    message: ({ name }) =>
      `active-standby keeps a token of the whole Hetzner project on the servers of ${name}: use active-active, or keep this topology in a project of its own`,
    docs: `To take over, the standby calls Hetzner's API and points the floating IP at itself. Hetzner has no token for that alone: the token on the balancers can do anything in its project, also delete every server and every volume. The balancers are the hosts that face the internet.

\`active-active\` needs no token of Hetzner's on the balancers: each has its own address in DNS and the checkers drop the dead ones. It takes up to a minute and a half until the last client has left a dead balancer, where \`active-standby\` takes eight seconds.

Where the one address matters, keep the topology in a project in which nothing else lives, its backups in another one, and say so in a comment: \`# groundplan-ignore-next-line lb/floating-ip-token: own project\`.`,
  }),
  'lb/bgp-peers': entry<{ name: string }>({
    severity: 'error',
    title: 'BGP without peers',
    message: ({ name }) =>
      `${name} has nobody to announce its address to: name the routers under bgp.peers, or use another mode (Hetzner Cloud itself offers no BGP)`,
    docs: `In mode \`bgp\` the healthy balancers announce one address to routers, which spread the traffic over them. Hetzner Cloud has no such routers to offer: the mode is for those who reach routers of their own or of a partner, by a tunnel or a dedicated link, and can name their addresses and autonomous systems.

Without peers nothing is announced, and the address leads nowhere. Everybody else wants \`active-active\`.`,
  }),
  'lb/route-conflict': entry<{ route: string; name: string; other: string }>({
    severity: 'error',
    title: 'Two balancers claim one host',
    message: ({ route, name, other }) =>
      name === other
        ? `${route} is routed twice by ${name}: remove one of the two`
        : `${route} is routed by ${name} and by ${other}: a host has the addresses of one balancer, keep its routes together`,
    docs: `A host name resolves to the addresses of one load balancer. If two claim it, a client lands on either of them by chance, and finds only the paths that this one routes: every other request fails, and not for everybody.

Move all routes of a host into one balancer. Two balancers with different hosts are fine.`,
  }),
};
