import { sqlName } from '../sql-name.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import type { Members } from './members.js';
import { appPasswordPath, socketFolder } from './paths.js';

/**
 * What a change of the topology means for a database that runs: Patroni reads most of its file only when it makes the database.
 * Every step can be done twice, by any member at any time, so that nobody has to know who the primary is when a host is changed.
 */
export function settleProgram({ cluster: { database } }: Members): Text {
  return text`
#!/usr/bin/python3
"""Makes database.${database.name} be what the files on this host say. Never started at boot: a host that was away must not bring back what it had.

  bootstrap  by Patroni, once it has made an empty database: the apps' user and database
  settle     by systemd, after a change: Patroni's settings for all members, the members of etcd, passwords, and restarts
             where a setting needs one. It waits for what another member has to do first.

Passwords are read from files, and the database is told how to recognise them, never what they are.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time

import postgresql_cluster as cluster
import psycopg2
from psycopg2 import sql

APP_PASSWORD = "${appPasswordPath}"
# The apps' user and the database that is theirs.
NAME = "${sqlName(database)}"
ROUNDS = 4096


def connect():
    # As the superuser, whom the socket knows by the name of this process's user.
    return psycopg2.connect(
        host="${socketFolder}", port=${database.port.value}, user="postgres", dbname="postgres", connect_timeout=5
    )


def verifier(password, salt, rounds=ROUNDS):
    """What the database keeps of a password (RFC 5802, SCRAM-SHA-256)."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    client = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt, client, server = (base64.b64encode(part).decode() for part in (salt, client, server))
    return f"SCRAM-SHA-256\${rounds}:{salt}\${client}:{server}"


def recognises(kept, password):
    try:
        _, numbers, _ = kept.split("$")
        rounds, salt = numbers.split(":")
        return hmac.compare_digest(kept, verifier(password, base64.b64decode(salt), int(rounds)))
    except (AttributeError, ValueError):
        return False


def app_password():
    with open(APP_PASSWORD, encoding="utf-8") as file:
        return file.read().strip()


def passwords(config):
    users = config["postgresql"]["authentication"].values()
    return {**{user["username"]: user["password"] for user in users}, NAME: app_password()}


def kept_verifier(cursor, user):
    cursor.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (user,))
    found = cursor.fetchone()
    return None if found is None else found[0] or ""


def set_password(cursor, user, password):
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(
        sql.Identifier(user), sql.Literal(verifier(password, os.urandom(16)))
    )
    cursor.execute(statement)
    print(f"{user} has a new password", flush=True)


def make_apps_database(cursor):
    name = sql.Identifier(NAME)
    if kept_verifier(cursor, NAME) is None:
        cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,))
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        print(f"the database {NAME} is made", flush=True)


def has_leader():
    """Whether the cluster is made. While Patroni makes it nobody else may touch its users: it would give up and begin anew."""
    return any(each["role"] == "leader" for each in cluster.patroni("GET", "/cluster")["members"])


def settle_users(wanted):
    """Whether every user has the wanted password; the primary sees to it."""
    if not has_leader():
        return False
    connection = connect()
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            (is_standby,) = cursor.fetchone()
            if not is_standby:
                make_apps_database(cursor)
            settled = True
            for user, password in wanted.items():
                kept = kept_verifier(cursor, user)
                if kept is not None and recognises(kept, password):
                    continue
                if is_standby or kept is None:
                    settled = False
                else:
                    set_password(cursor, user, password)
            return settled
    finally:
        connection.close()


def difference(wanted, found):
    """What has to be written over what is found; what nobody asks for stays, an operator may have set it."""
    changes = {}
    for key, value in wanted.items():
        if isinstance(value, dict):
            inner = difference(value, found.get(key) or {})
            if inner:
                changes[key] = inner
        elif found.get(key) != value:
            changes[key] = value
    return changes


def settle_settings(config):
    changes = difference(config["bootstrap"]["dcs"], cluster.patroni("GET", "/config"))
    if changes:
        cluster.patroni("PATCH", "/config", changes)
        print(f"settings for all members: {json.dumps(changes)}", flush=True)
    return not changes


def settle_etcd():
    """Whether etcd has the members of the topology and no other.

    A new one comes in by itself when it starts. One that left goes when it is dead, since nobody could come in before;
    while it lives it counts until all the others are there.
    """
    members = cluster.etcdctl("member", "list")["members"]
    running = {peer for member in members if member.get("clientURLs") for peer in member["peerURLs"]}
    wanted = {peer for _, _, peer in cluster.ETCD}
    settled = wanted <= running
    for member in members:
        if wanted.intersection(member["peerURLs"]):
            continue
        if settled or not any(cluster.answers(peer) for peer in member["peerURLs"]):
            cluster.etcdctl("member", "remove", f"{member['ID']:x}")
            print(f"{member.get('name') or member['peerURLs']} is no member of etcd any more", flush=True)
        else:
            settled = False
    return settled


def settle_restarts():
    """Whether this server runs with all its settings. Standbys are restarted first; a primary hands over and is one then."""
    if not has_leader():
        return False
    own = cluster.patroni("GET", "/patroni")
    if not own.get("pending_restart"):
        return True
    others = [each for each in cluster.patroni("GET", "/cluster")["members"] if each["name"] != cluster.OWN]
    if others and own["role"] in ("master", "primary"):
        role = "sync_standby" if cluster.IS_SYNC else "replica"
        fit = [each["name"] for each in others if each["role"] == role and each["state"] in ("running", "streaming")]
        if len(others) < len(cluster.SERVERS) - 1 or any(each.get("pending_restart") for each in others) or not fit:
            return False
        said = cluster.patroni("POST", "/switchover", {"leader": cluster.OWN, "candidate": fit[0]}, seconds=60)
    else:
        said = cluster.patroni("POST", "/restart", {}, seconds=300)
    print(said, flush=True)
    return False


def settle():
    said = quiet = None
    while True:
        config = cluster.configuration()
        steps = [
            ("Patroni's settings", lambda: settle_settings(config)),
            ("the members of etcd", settle_etcd),
            ("users and passwords", lambda: settle_users(passwords(config))),
            ("restarts", settle_restarts),
        ]
        waiting = []
        for name, step in steps:
            try:
                if not step():
                    waiting.append(name)
            except (OSError, KeyError, ValueError, psycopg2.Error) as problem:
                waiting.append(f"{name} ({str(problem).strip()})")
        # Patroni takes a setting at its next look, and only then says that it needs a restart.
        now = time.monotonic()
        quiet = None if waiting else quiet or now
        if quiet and now - quiet > 2 * config["bootstrap"]["dcs"]["loop_wait"]:
            print("everything is as the topology says", flush=True)
            return
        if waiting and waiting != said:
            print(f"waiting for {'; '.join(waiting)}", flush=True)
        said = waiting
        time.sleep(2)


def bootstrap():
    connection = connect()
    connection.autocommit = True
    with connection.cursor() as cursor:
        make_apps_database(cursor)
        set_password(cursor, NAME, app_password())
    connection.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["bootstrap"]:
        bootstrap()
    elif sys.argv[1:] == ["settle"]:
        settle()
    else:
        sys.exit("usage: postgresql-settle bootstrap|settle")
`;
}
