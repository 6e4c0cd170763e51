import { checkerVoters, type LoadBalancer } from '@groundplan/model';
import type { Chapter, Command } from './document.js';
import { code } from './markdown.js';
import { type Here, list, onHosts, onOwnComputer, paragraph, terraform } from './write.js';

/** HAProxy's view of its servers, on balancers and on the hosts of apps alike. */
export const serversOfHaproxy = `echo 'show stat' | socat - /run/haproxy/admin.sock | cut -d, -f1,2,18,57`;

/** Where to begin when users see an error: from the outside in. Undefined where nobody comes in. */
export function siteDoesNotAnswer(here: Here): Chapter | undefined {
  const balancers = here.model.loadBalancers.filter(({ routes }) => routes.length > 0);
  if (balancers.length === 0) return undefined;
  return {
    title: 'The site does not answer',
    blocks: [
      paragraph('From the outside in; the first answer that is wrong says where the fault is.'),
      ...balancers.flatMap((balancer) => looks(here, balancer)),
      list(
        'Do not restart load balancers one after the other in the hope that it helps: an open request ends with each.',
        ...(checkerVoters(here.model).length === 0 ? [] : ['Do not change DNS by hand: the hosts put it back.']),
      ),
    ],
  };
}

function looks({ model }: Here, balancer: LoadBalancer): Command[] {
  const hosts = model.hosts.filter(({ entity }) => entity === balancer);
  const site = balancer.routes[0]?.host ?? '';
  const [scheme, port] = balancer.tls.mode.value === 'none' ? ['http', 80] : ['https', 443];
  return [
    onOwnComputer(
      `What users of ${site} see`,
      `curl -sS -o /dev/null -m 10 -w '%{http_code} %{remote_ip}\\n' ${scheme}://${site}/`,
      {
        expect: `The status, and the address that gave it. No address, or one that ${code(`${terraform} output`)} does not show: DNS is the fault${model.dns?.proxied.value === true ? ', unless it is one of Cloudflare, which stands before all of them' : ''}. 503: go on below.`,
      },
    ),
    onOwnComputer(
      `Whether load_balancer.${balancer.name} can serve ${site}`,
      `curl -sS -m 10 --resolve "${site}:${port}:$balancer" ${scheme}://${site}/_region/health`,
      {
        inputs: { balancer: '203.0.113.7' },
        expect: `${code('healthy')}, or what is not: an app without a server that is up, or a database without a primary. Ask each of them, by its address.`,
      },
    ),
    onHosts(`Who is up, as load_balancer.${balancer.name} sees it`, hosts, serversOfHaproxy, {
      expect: `A line for each server: app, host, state, and what its last check said. ${code('UP')} and ${code('no check')} are well; ${code('NOLB')} is one that drains.`,
    }),
  ];
}
