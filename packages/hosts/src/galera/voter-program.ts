import { text } from '../template.js';
import type { Text } from '../text.js';
import { asking } from './asking.js';

/**
 * Runs garbd while there is something to vote on. When all members have left in good order garbd stays by itself, as the whole of the cluster or
 * as what is left of it, and does not find the members again when they return, since they do not know it (seen with 26.4.23).
 */
export function voterProgram(folder: string): Text {
  return text`
#!/usr/bin/python3
"""Runs garbd, given as the arguments, while members of the cluster run.

It starts when a member is in the cluster, or looks for those that were in it with this voter, and begins anew when it is alone
though it need not be.
"""

import concurrent.futures
import http.client
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import threading
import time

SETTINGS = "${folder}/voter.json"
PAIR, AUTHORITY = os.path.join(os.environ["CREDENTIALS_DIRECTORY"], "member.pem"), "${folder}/authority.pem"
VIEW = os.path.join(os.environ["STATE_DIRECTORY"], "gvwstate.dat")
# Seconds between two looks, and how long being alone may last; Galera finds whom it was cut off from in less.
ROUND, ALONE = 1, 10

${asking}


def members_in_view():
    """How many members Galera noted when the cluster last changed; none without a note."""
    try:
        with open(VIEW, encoding="ascii") as file:
            return sum(line.startswith("member:") for line in file)
    except FileNotFoundError:
        return 0


def phases_of(settings):
    return [answer["phase"] for answer in ask_all(settings).values() if answer is not None]


def is_needed(settings):
    phases = phases_of(settings)
    return "primary" in phases or (members_in_view() > 1 and any(phase in ("seeking", "stranded") for phase in phases))


def read_settings():
    with open(SETTINGS, encoding="utf-8") as file:
        return json.load(file)


class Component:
    """What garbd is part of, as its log says; the log goes on to the journal."""

    def __init__(self):
        self.is_primary, self.members = False, 0

    def follow(self, log):
        for line in log:
            print(line, end="", flush=True)
            found = re.search(r"New COMPONENT: primary = (yes|no), .*memb_num = (\d+)", line)
            if found:
                self.is_primary, self.members = found[1] == "yes", int(found[2])


def main():
    # A note of being alone is the beginning of a cluster without data.
    if members_in_view() == 1:
        os.remove(VIEW)
    settings = read_settings()
    print("waiting for members of the cluster", flush=True)
    while not is_needed(settings):
        time.sleep(ROUND)
        settings = read_settings()
    addresses = ",".join(sorted(member["address"] for member in settings["others"]))
    command = [*sys.argv[1:], "--address", f"gcomm://{addresses}"]
    garbd = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    component = Component()
    threading.Thread(target=component.follow, args=(garbd.stdout,), daemon=True).start()
    for number in (signal.SIGINT, signal.SIGTERM):
        # SIGTERM does not let garbd leave in order (Debian's garb.service).
        signal.signal(number, lambda *_: garbd.send_signal(signal.SIGINT))
    alone_since = time.monotonic()
    while garbd.poll() is None:
        # Cut off it waits, since those that were in the cluster with it may need its vote to come back.
        if component.members != 1 or not (component.is_primary or "primary" in phases_of(read_settings())):
            alone_since = time.monotonic()
        elif time.monotonic() - alone_since > ALONE:
            print("alone, though members are or were in the cluster: beginning anew, to find them", flush=True)
            garbd.send_signal(signal.SIGINT)
            garbd.wait()
        time.sleep(ROUND)
    return garbd.returncode if garbd.returncode >= 0 else 128 - garbd.returncode


if __name__ == "__main__":
    sys.exit(main())
`;
}
