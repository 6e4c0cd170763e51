import type { Host, LoadBalancer } from '@groundplan/model';
import { text } from '../template.js';
import type { Text } from '../text.js';

/**
 * Who of the balancers is in charge. Unicast, since Hetzner's networks have no multicast, and without the address
 * that users know: that one is moved by the Hetzner API (floating-ip.ts), and both balancers answer for it all the time.
 */
export function keepalivedConf(balancer: LoadBalancer, host: Host, all: readonly Host[]): Text {
  const peers = all.filter(({ key }) => key !== host.key);
  return text`
# Elects the balancer of load_balancers.${balancer.name} that is in charge; groundplan-floating-ip then takes the address to it.
#   who is it      cat /run/groundplan/vrrp on each, or journalctl -u keepalived
#   hand it over   groundplan-maintenance on
global_defs {
  router_id ${host.name}
  enable_script_security
  script_user root
}

vrrp_script balancer {
  script "/usr/bin/curl -fs -o /dev/null -m 1 http://127.0.0.1/_lb/alive"
  interval 1
  timeout 2
  fall 2
  rise 2
}

vrrp_instance ${balancer.name} {
  # All begin as BACKUP, and who is in charge stays so when another returns.
  state BACKUP
  interface ${{ interfaceWith: host.address }}
  nopreempt
  virtual_router_id 51
  priority ${200 - host.ordinal}
  advert_int 1
  unicast_src_ip ${host.address}
  unicast_peer {
    ${peers.map(({ address }) => `${address}\n`)}
  }
  # It wants an address of its own. This one leads nowhere (RFC 7600), but shows who is in charge: ip address show dev lo
  virtual_ipaddress {
    192.0.0.8/32 dev lo
  }
  track_script {
    balancer
  }
  notify /usr/local/lib/groundplan/vrrp-state
}
`;
}

/** keepalived calls it with: the kind, the name, the state, the priority. */
export const vrrpState = text`
#!/bin/sh
# Called by keepalived when this balancer's part changes; groundplan-floating-ip, which is not root, reads what is written here.
set -eu
# keepalived's own is 0177.
umask 022
printf '%s\n' "$3" >/run/groundplan/vrrp.new
mv /run/groundplan/vrrp.new /run/groundplan/vrrp
logger -t groundplan "keepalived: this balancer is $3"
`;
