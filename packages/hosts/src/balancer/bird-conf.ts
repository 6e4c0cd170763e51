import type { Host, LoadBalancer } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script, unitFile } from '../bundle/file.js';
import { separated, text } from '../template.js';
import type { Text } from '../text.js';
import { ownAddresses } from './addresses.js';

type Bgp = NonNullable<LoadBalancer['bgp']>;

const announcer = '/usr/local/lib/groundplan/announce';

/** Announces the balancers' address to the routers of the user's network while HAProxy is healthy here. */
export function bgp(balancer: LoadBalancer, host: Host, settings: Bgp): BundlePart[] {
  const path = '/etc/bird/bird.conf';
  const { keySpan: span } = settings;
  return [
    ownAddresses(span, [[settings.address.value]]),
    {
      packages: ['bird2', 'curl'],
      files: [
        file(path, span, birdConf(balancer, host, settings), {
          mode: '0640',
          group: 'bird',
          check: ['bird', '-p', '-c', path],
          action: { kind: 'reload', unit: 'bird.service' },
        }),
        script(announcer, span, announce, { action: { kind: 'restart', unit: 'groundplan-announce.service' } }),
        unitFile('groundplan-announce.service', span, announceService, {
          action: { kind: 'restart', unit: 'groundplan-announce.service' },
        }),
      ],
      units: [
        { name: 'bird.service', state: 'running' },
        { name: 'groundplan-announce.service', state: 'running' },
      ],
    },
  ];
}

function birdConf(balancer: LoadBalancer, host: Host, { asn, address, peers }: Bgp): Text {
  return text`
# Announces ${address.value} of load_balancers.${balancer.name} to the routers of its network.
#   is it announced   birdc show route export peer1      to whom   birdc show protocols
#   withdraw it       groundplan-maintenance on
log syslog all;
router id ${host.address};

protocol device {
}

# Begins silent: groundplan-announce enables it while HAProxy answers.
protocol static announced {
  disabled yes;
  ipv4;
  route ${address.value} blackhole;
}

${separated(
  peers.map(
    (peer, index) => text`
protocol bgp peer${index + 1} {
  local as ${asn.value};
  neighbor ${peer.address.value} as ${peer.asn.value};
  # The routers are not in the same segment: Hetzner's networks are routed.
  multihop;
  hold time 9;
  keepalive time 3;
  ${peer.password === undefined ? '' : text`password "${{ secret: peer.password.name }}";`}
  ipv4 {
    import none;
    export where proto = "announced";
  };
}
`,
  ),
)}
`;
}

const announce = text`
#!/bin/sh
# Announces the address while HAProxy answers, and withdraws it when it does not: two looks in a row decide, one a second.
set -u

healthy=0
sick=0
announced=unknown
while :; do
  if curl -fs -o /dev/null -m 1 http://127.0.0.1/_lb/alive; then
    healthy=$((healthy + 1))
    sick=0
  else
    sick=$((sick + 1))
    healthy=0
  fi
  if [ "$healthy" -ge 2 ] && [ "$announced" != yes ]; then
    birdc enable announced >/dev/null && announced=yes && echo "HAProxy answers: the address is announced"
  fi
  if [ "$sick" -ge 2 ] && [ "$announced" != no ]; then
    birdc disable announced >/dev/null && announced=no && echo "HAProxy does not answer: the address is withdrawn"
  fi
  sleep 1
done
`;

const announceService = text`
[Unit]
Description=Announce the balancers' address while HAProxy is healthy
BindsTo=bird.service
After=bird.service haproxy.service

[Service]
ExecStart=${announcer}
# Nobody looks at HAProxy while this does not run.
ExecStopPost=-/usr/sbin/birdc disable announced
Restart=always
RestartSec=1
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes

[Install]
WantedBy=bird.service
`;
