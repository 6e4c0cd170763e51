import { text } from '../template.js';
import type { Text } from '../text.js';
import { clientUrl, type EtcdMember, type Members, peerUrl } from './members.js';

/**
 * Starts a member of etcd. etcd itself must be told whether it begins a cluster or joins one, and refuses a member that comes back
 * with nothing on its disk: it may have voted, and must not vote again under its old number. So such a member is taken out and put
 * in again.
 *
 * A cluster begins without the vote of a balancer, which is configured after the database and joins then: as long as a member has
 * never been there, etcd takes all for the oldest version that it knows, with which Patroni does not work.
 */
export function etcdProgram(members: Members, own: EtcdMember): Text {
  const { voter } = members.cluster;
  const joinsLater = voter?.tier === 'lb' ? voter.key : undefined;
  const lines = members.etcd.map((each) => `("${each.name}", "${clientUrl(each)}", "${peerUrl(each)}"),\n`);
  return text`
#!/usr/bin/python3
"""Starts the etcd of database.${members.cluster.database.name} on this host. Run by systemd with the settings in its environment.

A member with nothing on its disk, or with a disk from before it was taken out, joins the others when they have been a
cluster already. Only when nobody says so does it begin one with them. Where they have to agree and cannot yet, it waits.
"""

import hashlib
import json
import os
import ssl
import subprocess
import time
import urllib.request

# Name, and where clients and other members reach it.
MEMBERS = [
    ${lines}
]
OWN = "${own.name}"
# Is configured after the others, and joins what they have begun.
LATER = (${joinsLater === undefined ? '' : `"${joinsLater}",`})
TOKEN = os.environ["ETCD_INITIAL_CLUSTER_TOKEN"]
DATA = os.environ["ETCD_DATA_DIR"]
# The number under which the data on this disk was written.
RECORD = os.path.join(DATA, "groundplan-number")

OTHERS = [member for member in MEMBERS if member[0] != OWN]
NAMES = {peer: name for name, _, peer in MEMBERS}
(OWN_PEER,) = [peer for name, _, peer in MEMBERS if name == OWN]


class NotYet(Exception):
    """The others do not agree to a change now."""


def say(text):
    print(text, flush=True)


def views():
    """The members as each of the others knows them that answers and has been in a running cluster.

    They are asked where members ask each other: there they answer also while there is no majority.
    """
    trust = ssl.create_default_context(cafile=os.environ["ETCD_PEER_TRUSTED_CA_FILE"])
    trust.load_cert_chain(os.environ["ETCD_PEER_CERT_FILE"], os.environ["ETCD_PEER_KEY_FILE"])
    seen = []
    for name, _, peer in OTHERS:
        try:
            with urllib.request.urlopen(peer + "/members", timeout=3, context=trust) as answer:
                found = json.load(answer)
        except (OSError, ValueError) as problem:
            say(f"{name} does not say who its members are: {problem}")
            continue
        # A member says where clients reach it once it has been part of a majority.
        if any(member.get("clientURLs") for member in found):
            seen.append(found)
    return seen


def entry(found):
    return next((member for member in found if OWN_PEER in member["peerURLs"]), None)


def change(*words):
    """A change of the members, by those that are left."""
    command = ["etcdctl", "--command-timeout=10s", "member", *words, "--write-out=json"]
    endpoints = ",".join(client for _, client, _ in OTHERS)
    done = subprocess.run(
        command,
        env={**os.environ, "ETCDCTL_ENDPOINTS": endpoints},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:
        raise NotYet(f"the others do not agree to {' '.join(words)} yet: {done.stderr.decode().strip()}")
    return json.loads(done.stdout)


def first_number():
    """The number that etcd gives a member with which a cluster begins."""
    digest = hashlib.sha1((OWN_PEER + TOKEN).encode()).digest()
    return int.from_bytes(digest[:8], "big")


def record(number):
    with open(RECORD + ".new", "w", encoding="ascii") as file:
        file.write(f"{number}\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(RECORD + ".new", RECORD)


def recorded():
    try:
        with open(RECORD, encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None


def set_aside():
    """Data of a member that no longer is one; the last of them is kept."""
    old = os.path.join(DATA, "member.before")
    subprocess.run(["rm", "-rf", old], check=True)
    os.rename(os.path.join(DATA, "member"), old)


def begin():
    if OWN in LATER:
        raise NotYet("nobody has been in a cluster yet, which this host joins")
    say("nobody has been in a cluster: beginning one")
    record(first_number())
    return "new", [(name, peer) for name, _, peer in MEMBERS if name not in LATER]


def join(found):
    own = entry(found)
    if own is not None and own.get("clientURLs"):
        say("this host was a member and has nothing on its disk: taken out and put in again")
        change("remove", f"{own['id']:x}")
        own = None
    if own is None:
        added = change("add", OWN, "--peer-urls=" + OWN_PEER)
        number, all_members = added["member"]["ID"], added["members"]
    else:
        number, all_members = own["id"], found
    record(number)
    say(f"joining as number {number:x}")
    known = [(NAMES.get(peer, f"unknown-{index}"), peer)
             for index, member in enumerate(all_members) for peer in member["peerURLs"]]
    return "existing", known


def beginning():
    """What etcd has to be told: that the cluster is new or not, and who is in it."""
    seen = views()
    if os.path.isdir(os.path.join(DATA, "member")):
        numbers = [own["id"] for own in map(entry, seen) if own is not None]
        if not seen or recorded() in numbers:
            # What is on the disk counts, whatever etcd is told.
            return "existing", [(name, peer) for name, _, peer in MEMBERS]
        say("what is on the disk is from before this host was taken out")
        set_aside()
    return join(seen[0]) if seen else begin()


def main():
    while True:
        try:
            state, known = beginning()
            break
        except NotYet as problem:
            say(problem)
            time.sleep(5)
    os.environ["ETCD_INITIAL_CLUSTER_STATE"] = state
    os.environ["ETCD_INITIAL_CLUSTER"] = ",".join(f"{name}={peer}" for name, peer in known)
    os.execvp("etcd", ["etcd"])


if __name__ == "__main__":
    main()
`;
}
