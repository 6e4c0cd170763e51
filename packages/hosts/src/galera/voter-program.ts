import { text } from '../template.js';
import type { Text } from '../text.js';
import { asking } from './asking.js';

/**
 * Runs garbd while there is something to vote on. garbd alone does not notice when all members have left in good order: it stays by itself,
 * as the whole of the cluster, and does not find the members again when they return (seen with 26.4.23).
 */
export function voterProgram(folder: string): Text {
  return text`
#!/usr/bin/python3
"""Runs garbd, given as the arguments, while members of the cluster run.

It starts when a member is in the cluster, or looks for those that were in it with this voter, and ends when the voter is alone.
"""

import concurrent.futures
import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import time

SETTINGS = "${folder}/voter.json"
PAIR, AUTHORITY = os.path.join(os.environ["CREDENTIALS_DIRECTORY"], "member.pem"), "${folder}/authority.pem"
VIEW = os.path.join(os.environ["STATE_DIRECTORY"], "gvwstate.dat")
# Seconds between two looks, and how long being alone may last.
ROUND, ALONE = 1, 5

${asking}


def members_in_view():
    """How many members Galera noted when the cluster last changed; none without a note."""
    try:
        with open(VIEW, encoding="ascii") as file:
            return sum(line.startswith("member:") for line in file)
    except FileNotFoundError:
        return 0


def is_needed(settings):
    phases = [answer["phase"] for answer in ask_all(settings).values() if answer is not None]
    return "primary" in phases or (members_in_view() > 1 and any(phase in ("seeking", "stranded") for phase in phases))


def read_settings():
    with open(SETTINGS, encoding="utf-8") as file:
        return json.load(file)


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
    garbd = subprocess.Popen([*sys.argv[1:], "--address", f"gcomm://{addresses}"])
    for number in (signal.SIGINT, signal.SIGTERM):
        # SIGTERM does not let garbd leave in order (Debian's garb.service).
        signal.signal(number, lambda *_: garbd.send_signal(signal.SIGINT))
    alone_since = time.monotonic()
    while garbd.poll() is None:
        if members_in_view() != 1:
            alone_since = time.monotonic()
        elif time.monotonic() - alone_since > ALONE:
            print("all members have left: starting anew, to find them when they return", flush=True)
            garbd.send_signal(signal.SIGINT)
            garbd.wait()
        time.sleep(ROUND)
    return garbd.returncode if garbd.returncode >= 0 else 128 - garbd.returncode


if __name__ == "__main__":
    sys.exit(main())
`;
}
