import { text } from '../template.js';
import type { Text } from '../text.js';
import { clientUrl, type EtcdMember, type Members, peerUrl } from './members.js';
import { memberAuthorityPath, memberCertificate, patroniConfig } from './paths.js';

/** What the programs around a PostgreSQL server share: who its members are, and how Patroni and etcd are asked. */
export function library(members: Members, own: EtcdMember): Text {
  const { database, members: servers } = members.cluster;
  const etcd = members.etcd.map((each) => `("${each.name}", "${clientUrl(each)}", "${peerUrl(each)}"),\n`);
  return text`
"""The members of database.${database.name}, and what is wrong with them."""

import json
import ssl
import subprocess
import urllib.request

import yaml

CONFIG = "${patroniConfig}"
CERTIFICATE = "${memberCertificate}"
AUTHORITY = "${memberAuthorityPath}"
# As Patroni and etcd call them.
OWN = "${own.name}"
SERVERS = [${servers.map(({ key }) => `"${key}"`).join(', ')}]
IS_SYNC = ${database.durability.value === 'sync' ? 'True' : 'False'}
# Members of etcd: name, and where clients and other members reach it.
ETCD = [
    ${etcd}
]
# Bytes that a standby may be behind before it counts as lagging; Patroni makes none the primary that is further behind.
MOST_BEHIND = 16777216


def configuration():
    with open(CONFIG, encoding="utf-8") as file:
        return yaml.safe_load(file)


def trust():
    context = ssl.create_default_context(cafile=AUTHORITY)
    context.load_cert_chain(CERTIFICATE)
    return context


def patroni(method, path, body=None, seconds=5):
    """What the Patroni of this host answers: a value where it is JSON, else a text."""
    request = urllib.request.Request(
        f"https://{configuration()['restapi']['connect_address']}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request, timeout=seconds, context=trust()) as answer:
        said = answer.read().decode()
    try:
        return json.loads(said)
    except ValueError:
        return said


def etcdctl(*words):
    """What the etcd of this host answers."""
    (endpoint,) = [client for name, client, _ in ETCD if name == OWN]
    files = [f"--cacert={AUTHORITY}", f"--cert={CERTIFICATE}", f"--key={CERTIFICATE}"]
    command = ["etcdctl", f"--endpoints={endpoint}", "--command-timeout=5s", *files, *words, "--write-out=json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise OSError(f"etcdctl {' '.join(words)}: {done.stderr.decode().strip()}")
    return json.loads(done.stdout)


def answers(url):
    """Whether an etcd is there, alone or with others."""
    try:
        with urllib.request.urlopen(url + "/version", timeout=3, context=trust()):
            return True
    except OSError:
        return False


def leader(cluster):
    return next((each for each in cluster["members"] if each["role"] == "leader"), None)


def missing(cluster):
    """What Patroni misses, as the key and the sentence of an alert."""
    found = {each["name"]: each for each in cluster["members"]}
    primary = leader(cluster)
    if primary is None or primary["state"] != "running":
        yield "primary", "database.${database.name} has no primary"
    for name in SERVERS:
        member = found.get(name)
        if member is None or member["state"] not in ("running", "streaming"):
            yield f"server {name}", f"{name} of database.${database.name} is {member['state'] if member else 'not there'}"
        elif isinstance(member.get("lag"), int) and member["lag"] > MOST_BEHIND:
            yield f"lag {name}", f"{name} of database.${database.name} is {member['lag'] // 1048576} MB behind"
    if IS_SYNC and len(SERVERS) > 1 and primary and not any(each["role"] == "sync_standby" for each in found.values()):
        yield "sync", "no standby of database.${database.name} confirms what is written"


def missing_of_etcd():
    """The same of etcd; OSError while it has no majority."""
    running = {
        peer for member in etcdctl("member", "list")["members"] if member.get("clientURLs") for peer in member["peerURLs"]
    }
    for name, _, peer in ETCD:
        if peer not in running:
            yield f"voter {name}", f"the etcd of {name} has not joined database.${database.name}"
        elif not answers(peer):
            yield f"voter {name}", f"the etcd of {name} does not answer, which votes for database.${database.name}"
`;
}
