import type { Host, LoadBalancer, Region } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script, unitFile } from '../bundle/file.js';
import { hcloudToken } from '../secret-names.js';
import { sandbox } from '../systemd.js';
import { text } from '../template.js';
import type { FloatingIp, IpVersion, Text } from '../text.js';
import { vrrpStatePath } from './paths.js';

const program = '/usr/local/lib/groundplan/floating-ip';
const settingsPath = '/etc/groundplan/floating-ip.json';
const tokenPath = '/etc/groundplan/hcloud-token';

/** Makes the floating addresses point at the balancer that is in charge, and keeps them there. */
export function floatingIp(balancer: LoadBalancer, region: Region, host: Host, all: readonly Host[]): BundlePart {
  const { span } = balancer.mode.origin;
  return {
    packages: ['python3'],
    files: [
      script(program, span, reconciler),
      file(settingsPath, span, settings(balancer, region, host, all), {
        check: ['python3', '-m', 'json.tool', settingsPath, '/dev/null'],
        action: { kind: 'restart', unit: 'groundplan-floating-ip.service' },
      }),
      file(tokenPath, span, [hcloudToken, '\n'], {
        mode: '0600',
        action: { kind: 'restart', unit: 'groundplan-floating-ip.service' },
      }),
      unitFile('groundplan-floating-ip.service', span, service, {
        action: { kind: 'restart', unit: 'groundplan-floating-ip.service' },
      }),
    ],
    units: [{ name: 'groundplan-floating-ip.service', state: 'running' }],
  };
}

/** One of the addresses that the balancers hand on. */
export function floatingAddress(balancer: LoadBalancer, region: Region, version: IpVersion): FloatingIp {
  return { floatingIp: { balancer, region, version }, as: 'address' };
}

function settings(balancer: LoadBalancer, region: Region, host: Host, all: readonly Host[]): Text {
  const id = (version: IpVersion): FloatingIp => ({ floatingIp: { balancer, region, version }, as: 'id' });
  const peers = all.filter(({ key }) => key !== host.key);
  const lines = peers.map((peer, index): Text => {
    const comma = index === peers.length - 1 ? '' : ',';
    return text`
{ "name": "${peer.name}", "server": ${{ serverId: peer }}, "address": "${{ publicAddress: peer, version: 'ipv4' }}" }${comma}
`;
  });
  return text`
{
  "api": "https://api.hetzner.cloud/v1",
  "server": ${{ serverId: host }},
  "floating_ips": [${id('ipv4')}, ${id('ipv6')}],
  "peers": [
    ${lines.flat()}
  ]
}
`;
}

const service = text`
[Unit]
Description=Take the floating addresses to the balancer that is in charge
After=network-online.target keepalived.service
Wants=network-online.target

[Service]
ExecStart=${program} ${settingsPath}
LoadCredential=token:${tokenPath}
Restart=always
RestartSec=1
DynamicUser=yes
${sandbox}
CapabilityBoundingSet=
PrivateDevices=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
SystemCallFilter=@system-service
MemoryMax=128M

[Install]
WantedBy=multi-user.target
`;

/**
 * A loop and not a script that keepalived calls once: what is declined or fails is tried again. It takes an address from another
 * balancer only when that one does not answer on its *public* address either; without that question a break of the private
 * network alone would tear the pair apart.
 */
const reconciler = text`
#!/usr/bin/python3
"""While keepalived says that this balancer is in charge, makes the floating addresses point at it.

An address is left where it is as long as the balancer that has it answers on its public address.
What it does and why: journalctl -u groundplan-floating-ip
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request

STATE = os.environ.get("GROUNDPLAN_VRRP_STATE", "${vrrpStatePath}")
# Seconds between two looks: at the state, at addresses that are elsewhere, at those that are here.
# The API allows 3600 requests an hour for the whole project.
GLANCE, CHASE, REST = 0.5, 2, 20


def in_charge(said):
    try:
        with open(STATE, encoding="ascii") as file:
            return file.read().strip() == "MASTER"
    except FileNotFoundError:
        # keepalived has said nothing yet.
        return False
    except OSError as problem:
        say(said, "reading", f"cannot see who is in charge: {problem}")
        return False


def answers(address):
    """Whether the balancer at a public address serves; one lost packet is no death."""
    for _ in range(2):
        try:
            with urllib.request.urlopen(f"http://{address}/_lb/alive", timeout=1) as answer:
                if answer.status == 200:
                    return True
        except (OSError, urllib.error.URLError):
            pass
    return False


def call(settings, token, method, path, body=None):
    request = urllib.request.Request(
        settings["api"] + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": "Bearer " + token, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def settle(settings, token, number, said):
    """Makes one address point here, if it may. Returns whether it does."""
    holder = call(settings, token, "GET", f"/floating_ips/{number}")["floating_ip"]["server"]
    if holder == settings["server"]:
        return True
    peer = next((each for each in settings["peers"] if each["server"] == holder), None)
    if peer is not None and answers(peer["address"]):
        say(said, number, f"address {number} stays with {peer['name']}, which still answers")
        return False
    name = "nobody" if holder is None else peer["name"] if peer else f"server {holder}"
    say(said, number, f"taking address {number} from {name}")
    call(settings, token, "POST", f"/floating_ips/{number}/actions/assign", {"server": settings["server"]})
    return False


def say(said, key, text):
    """Once, until it is something else."""
    if said.get(key) != text:
        said[key] = text
        print(text, flush=True)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    with open(os.path.join(os.environ["CREDENTIALS_DIRECTORY"], "token"), encoding="ascii") as file:
        token = file.read().strip()
    said = {}
    next_look = 0.0
    was_in_charge = False
    while True:
        now = time.monotonic()
        is_in_charge = in_charge(said)
        if is_in_charge != was_in_charge:
            say(said, "state", "in charge" if is_in_charge else "not in charge")
            next_look = 0.0
        was_in_charge = is_in_charge
        if is_in_charge and now >= next_look:
            settled = True
            for number in settings["floating_ips"]:
                try:
                    settled = settle(settings, token, number, said) and settled
                except (OSError, ValueError, KeyError) as problem:
                    say(said, "problem", f"cannot ask or move address {number}: {problem}")
                    settled = False
            if settled:
                say(said, "problem", "both addresses are here")
            next_look = time.monotonic() + (REST if settled else CHASE)
        time.sleep(GLANCE)


if __name__ == "__main__":
    main()
`;
