import { entry } from './entry.js';

/** Apps: their servers, their ports, and how they stop. */
export const app = {
  'app/no-balancer': entry<{ name: string; port: number; route?: string }>({
    severity: 'warning',
    title: 'An app that nothing reaches',
    message: ({ name, port, route }) =>
      `nothing reaches port ${port} of ${name}: ${route === undefined ? 'add a route to it' : `add a route such as ${route}`}, or remove the port if it is a worker`,
    docs: `An app with a \`port\` answers requests. They come by a route of a load balancer, or from another app that refers to it as \`\${app.<name>.url}\`. This app has neither: its servers are paid for and firewalled off, and nobody can send them a request.

Add a route, or refer to it from the app that calls it. An app that only works in the background (a queue, a schedule) has no \`port\`; then nothing checks its health by HTTP either.`,
  }),
  'app/single': entry<{ name: string; regions: string }>({
    severity: 'warning',
    title: 'An app on a single server',
    message: ({ name, regions }) =>
      `${name} has a single server in ${regions}: users see each restart and release, set count: 2`,
    docs: `With one server, every release, every crash and every kernel update is a gap that users see, and the death of the server is an outage until a new one is made.

With two, the balancers take each out of rotation while it restarts, and retry on the other what fails.`,
  }),
  'app/drain-too-long': entry<{ drain: string }>({
    severity: 'error',
    title: 'Draining takes longer than a server has',
    message: ({ drain }) =>
      `drain: ${drain} is longer than a server has: it is deleted about 31s after its shutdown begins, use 25s or less`,
    docs: `When an app is scaled down, Terraform shuts its server down and deletes it about 31 seconds later: the Hetzner provider's \`shutdown_before_deletion\` waits that long and no longer. A drain that lasts longer is cut off, with the requests that were still open.

At most 25s leave time to stop the program afterwards. Requests that need longer belong into a worker.`,
  }),
  'app/drain-too-short': entry<{ drain: string; interval: string; fall: number; notices: string; enough?: string }>({
    severity: 'warning',
    title: 'Draining ends before the balancers have noticed',
    message: ({ drain, interval, fall, notices, enough }) =>
      `a drain of ${drain} ends before the balancers notice it: they check every ${interval} and need ${fall} failures, ${notices} in all; ${enough === undefined ? 'check more often' : `set drain: ${enough}`}`,
    docs: `A server that drains answers the balancers' checks with 404 and goes on serving. The balancers turn away from it after \`fall\` failed checks, one every \`interval\`. When \`drain\` is not longer than the two multiplied, the program stops while requests still arrive: each release and each scaling down shows as a handful of errors.

Make \`drain\` longer (at most 25s), or let the balancers check more often. The defaults are 20s, every 2s, 3 failures.`,
  }),
  'app/port-clash': entry<{ name: string; port: number; by: string }>({
    severity: 'error',
    title: "A port that is taken on the app's own host",
    message: ({ name, port, by }) =>
      `port ${port} is taken on the hosts of ${name} by ${by}: let the program listen on another port`,
    docs: `Beside the program, each app server runs a HAProxy of its own. It answers the balancers' checks on port 7080, and on loopback it stands for what the app refers to: a database at the database's port, another app at 7100 plus that app's slot. Containers use the host's network, so that the program shares its ports with all of these, and with SSH on 22.

Of two that want one port, the one that starts later fails. Which one that is changes with every restart.`,
  }),
};
