import type { LoadBalancer } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { script } from '../bundle/file.js';
import { text } from '../template.js';
import { maintenancePath, maintenanceProgram } from './paths.js';

/** How an operator takes a balancer out of service without cutting anybody off. */
export function maintenance({ keySpan }: LoadBalancer): BundlePart {
  return { packages: ['socat'], files: [script(maintenanceProgram, keySpan, command)] };
}

const command = text`
#!/bin/sh
# Takes this balancer out of service, or back: it goes on serving whoever comes, but says that it is not alive, so that its
# address goes to another one (active-standby), is withdrawn (bgp) or leaves DNS. Holds over a reload and a reboot.
#   groundplan-maintenance on|off|status
set -eu

file=${maintenancePath}
socket=/run/haproxy/admin.sock

haproxy() {
  # Also while HAProxy is down: it reads the file when it starts.
  [ ! -S "$socket" ] || printf '%s\n' "$1" | socat -t 2 - "$socket" | sed '/^$/d'
}

case "\${1:-status}" in
  on)
    echo on >"$file"
    haproxy "clear acl $file"
    haproxy "add acl $file on"
    echo "out of service; connections that are still open: ss -Htn state established '( sport = :80 or sport = :443 )' | wc -l"
    ;;
  off)
    : >"$file"
    haproxy "clear acl $file"
    echo "in service"
    ;;
  status)
    if grep -qx on "$file"; then echo "out of service"; else echo "in service"; fi
    ;;
  *)
    echo "usage: groundplan-maintenance on|off|status" >&2
    exit 2
    ;;
esac
`;
