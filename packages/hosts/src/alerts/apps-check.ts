import type { Host, LoadBalancer, Model, Region } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { appsBehind, hostsOf } from '../entities.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { watchCheck } from './check.js';
import { runbook } from './runbook.js';

/** Whether the servers of apps are up, which those that are not cannot say: the first balancer that is alive tells. */
export function appsCheck(model: Model, host: Host): BundlePart {
  const { entity, region } = host;
  if (entity?.kind !== 'load_balancer' || region === undefined || appsBehind(model, entity).length === 0) return {};
  return {
    packages: ['python3'],
    files: [watchCheck('apps', entity.keySpan, check(entity, host, before(model, entity, region, host)))],
  };
}

function before(model: Model, balancer: LoadBalancer, region: Region, { ordinal }: Host): Host[] {
  return hostsOf(model, balancer, region).filter((other) => other.ordinal < ordinal);
}

function check({ name }: LoadBalancer, { region }: Host, earlier: readonly Host[]): Text {
  const addresses = earlier.map(({ address }) => `"${address}"`);
  return text`
#!/usr/bin/python3
"""Which servers of the apps behind load_balancer.${name} are down in ${region?.name ?? ''}. Printed for groundplan-watch, a line for each."""

import csv
import socket
import urllib.request

SOCKET = "/run/haproxy/admin.sock"
# Balancers that come first, and tell while they are alive.
EARLIER = [${addresses.join(', ')}]


def is_alive(address):
    try:
        with urllib.request.urlopen(f"http://{address}/_lb/alive", timeout=3):
            return True
    except OSError:
        return False


def servers():
    """The servers of the apps as HAProxy sees them: app, name, state and what their last check said."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(SOCKET)
        connection.sendall(b"show stat\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    for row in csv.DictReader(answer.decode().lstrip("# ").splitlines()):
        # Each app has a second backend that follows the checks of its first.
        if row["pxname"].startswith("app.") and ":" not in row["pxname"] and row["svname"] not in ("FRONTEND", "BACKEND"):
            yield row["pxname"], row["svname"], row["status"], " ".join((row["check_status"], row["last_chk"])).strip()


def main():
    if any(map(is_alive, EARLIER)):
        return
    states = {}
    for app, name, status, said in servers():
        # One that drains is no longer given anything new, and well.
        states.setdefault(app, []).append((name, status.split()[0] != "DOWN", said))
    for app, found in sorted(states.items()):
        up = sum(is_up for _, is_up, _ in found)
        for name, is_up, said in found:
            if not is_up:
                subject = f"{name} does not answer its checks: {up} of {len(found)} servers of {app} do"
                print("\t".join((name, subject, said.replace("\t", " "), "${runbook.app}")))


if __name__ == "__main__":
    main()
`;
}
