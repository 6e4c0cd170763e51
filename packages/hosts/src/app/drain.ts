import type { App } from '@groundplan/model';
import type { BundleFile } from '../bundle/bundle.js';
import { script } from '../bundle/file.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { drainingPath, drainProgram, programUnit } from './paths.js';

/** Called by the program's unit before it stops and after it has started; an operator may call it as well. */
export function drainFile(app: App, port: number): BundleFile {
  return script(drainProgram, app.drain.origin.span, drain(app, port));
}

function drain(app: App, port: number): Text {
  // The balancers' next check, and one second for it to be answered.
  const notice = Math.ceil(app.health.interval.value) + 1;
  return text`
#!/bin/sh
# Takes this host out of the balancers, without cutting anybody off, or puts it back.
#   drain on    says so to the balancers and waits until no request is open, ${app.drain.value} s at most
#   drain off   back again; the balancers still look for themselves before they send anything
# Called by ${programUnit(app)} when it stops and once it has started. By hand it lasts until the next of either.
set -eu

file=${drainingPath}
socket=/run/haproxy/admin.sock

haproxy() {
  [ ! -S "$socket" ] || printf '%s\n' "$1" | socat -t 2 - "$socket" >/dev/null || true
}

# Counted on the host itself: every request has a connection of its own, and nothing but requests comes by this port.
open_requests() {
  ss -Htn state established '( sport = :${port} )' | wc -l
}

case "\${1:-}" in
  on)
    # The unit says who the program is: nobody, if it has ended by itself. Then there is nothing to wait for.
    if [ $# -gt 1 ] && [ -z "$2" ]; then
      exit 0
    fi
    echo draining >"$file"
    haproxy "clear acl $file"
    haproxy "add acl $file draining"
    waited=${notice}
    sleep "$waited"
    while [ "$(open_requests)" -gt 0 ] && [ "$waited" -lt ${app.drain.value} ]; do
      sleep 1
      waited=$((waited + 1))
    done
    echo "drained after $waited s, $(open_requests) requests open"
    ;;
  off)
    : >"$file"
    haproxy "clear acl $file"
    ;;
  *)
    echo "usage: drain on [PROCESS]|off" >&2
    exit 2
    ;;
esac
`;
}
