import { text } from '../template.js';
import type { Text } from '../text.js';
import { statePath } from './paths.js';
import { type PostgresqlHere, queueMegabytes, stanzaOf } from './pgbackrest-conf.js';
import { seal } from './postgresql-seal.js';

/**
 * @param major the version of PostgreSQL
 * @param isAlone whether the database has no standby, so that the primary tests its own backups
 */
export function postgresqlProgram(here: PostgresqlHere, major: string, isAlone: boolean): Text {
  const { database, dataPath, socketFolder, workPath } = here;
  return text`
#!/usr/bin/python3
"""Backups of database.${database.name}, by pgBackRest. Run by groundplan-backup@WHAT.service as postgres.

    prepare            a place for backups and the first of them, once there is a primary
    full, incremental  a backup, by the primary: elsewhere it is left to that one
    look               what there is, and a mark in the database that a restore test finds again; after a failover also what the
                       former primary has not sent
    restore-test       restores the newest backup and the log after it beside the database, counts what is in it and throws it
                       away; by standbys, where there are any
"""

import json
import os
import signal
import subprocess
import time

import backups
from backups import Failure, say

STANZA = "${stanzaOf(database)}"
SOCKET, PORT = "${socketFolder}", ${database.port.value}
DATA = "${dataPath}"
POSTGRES = "/usr/lib/postgresql/${major}/bin/postgres"
IS_ALONE = ${isAlone ? 'True' : 'False'}
# Where a restore test has room, the better place first: the volume is the database's.
SCRATCH = ["${statePath}/restore-test", "${workPath}/restore-test"]
# Bytes of the log that may wait before pgBackRest gives them up.
MOST_WAITING = ${queueMegabytes(here)} * 1024 * 1024
SEGMENT = 16 * 1024 * 1024
# As PostgreSQL counts in the names of segments.
PER_FILE = 2**32 // SEGMENT
# Seconds: after a full backup no incremental one is needed for a while; a restored database plays the log of a day or a week.
RECENT, RECOVERY = 600, 6 * 3600

MARK = """
CREATE SCHEMA IF NOT EXISTS groundplan;
CREATE TABLE IF NOT EXISTS groundplan.backup_mark (one boolean PRIMARY KEY DEFAULT true CHECK (one), at timestamptz NOT NULL);
INSERT INTO groundplan.backup_mark (at) VALUES (now()) ON CONFLICT (one) DO UPDATE SET at = excluded.at;
"""

COUNTS = """
SELECT format('SELECT count(*) FROM %I.%I', nspname, relname)
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'm') AND nspname !~ '^pg_' AND nspname <> 'information_schema' \\gexec
"""


def psql(statements, database="postgres", socket=SOCKET, port=PORT):
    command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", socket, "-p", str(port), "-U", "postgres", "-d", database]
    environment = {**os.environ, "PGCONNECT_TIMEOUT": "10", "PGOPTIONS": "-c client_min_messages=warning"}
    return backups.run(command, input=statements, env=environment).strip()


def is_primary():
    return psql("SELECT pg_is_in_recovery()") == "f"


def pgbackrest(*words):
    return backups.run(["pgbackrest", f"--stanza={STANZA}", *words])


def info():
    (found,) = json.loads(pgbackrest("--log-level-console=off", "--output=json", "info"))
    status = found["status"]
    # What is not there yet is no failure: no folder, no backup, nothing in the folder.
    if status["code"] not in (0, 1, 2, 3):
        raise Failure(f"pgbackrest info: {status['message']}")
    return found


def prepare():
    while True:
        try:
            if is_primary():
                break
            if info()["backup"]:
                say("there are backups already")
                return
            waits_for = "the primary has made none yet"
        except Failure as problem:
            waits_for = str(problem)
        say(f"waiting: {waits_for}")
        time.sleep(15)
    say(pgbackrest("stanza-create"))
    say(pgbackrest("check"))
    if not info()["backup"]:
        backup("full")
    look()


def backup(kind):
    if not is_primary():
        say("left to the primary")
        return
    with backups.alone():
        made = [each["timestamp"]["stop"] for each in info()["backup"]]
        if kind == "incr" and made and time.time() - made[-1] < RECENT:
            say("one was made just now")
            return
        psql(MARK)
        say(pgbackrest(f"--type={kind}", "backup"))
    look()


def look():
    """What is known of the backups here, for the check that tells an operator."""
    backups.look(looked)


def looked(before):
    primary = is_primary()
    if primary:
        psql(MARK)
    found = info()
    stops = [each["timestamp"]["stop"] for each in found["backup"]]
    return {
        "makes_backups": primary,
        "tests_restores": IS_ALONE or not primary,
        "newest": stops[-1] if stops else None,
        **(archive(found, before, stops) if primary else {"problems": []}),
    }


def archive(found, before, stops):
    """How the log of changes stands, without which only backups themselves can be restored."""
    sent, waiting, now = psql(
        "SELECT coalesce(last_archived_wal, 'nothing'), (SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'),"
        " left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_stat_archiver"
    ).split("|")
    timeline = int(now, 16)
    problems = []
    size = int(waiting) * SEGMENT
    if size > MOST_WAITING // 4:
        subject = f"the log of {backups.OWNER} cannot be archived: {size / 1e9:.1f} GB wait"
        problems.append(("waiting", subject, f"From {MOST_WAITING / 1e9:.1f} GB on it is given up: a gap for restores."))
    # pgBackRest says of what it gives up that it is archived, so that the storage ends before.
    kept = max((each["max"] for each in found["archive"] if each["max"]), default="")
    gap = before.get("gap")
    if len(sent) == 24 and sent > kept:
        gap = time.time()
    sealed = before.get("sealed")
    if stops and sealed != timeline:
        gap = time.time() if seal(found, timeline) else gap
        sealed = timeline
    if gap is not None and stops and stops[-1] > gap:
        gap = None
    if gap is None:
        return {"problems": problems, "gap": None, "sealed": sealed}
    subject = f"the log of {backups.OWNER} has a gap: nothing after it can be restored before the next backup"
    problems.append(("gap", subject, "As soon as the storage is back: systemctl start groundplan-backup@full"))
    return {"problems": problems, "gap": gap, "sealed": sealed}


${seal}

def restore_test():
    if not IS_ALONE and is_primary():
        say("left to a standby")
        return
    with backups.alone():
        backups.tested(restore)


def restore():
    made = info()["backup"]
    if not made:
        raise Failure("there is no backup")
    with backups.scratch(SCRATCH, made[-1]["info"]["size"]) as folder:
        data = os.path.join(folder, "data")
        get = f'pgbackrest --stanza={STANZA} --pg1-path={data} --lock-path={folder}/lock archive-get %f "%p"'
        say(pgbackrest(
            f"--pg1-path={data}", f"--lock-path={folder}/lock", f"--tablespace-map-all={folder}/tablespaces",
            "--archive-mode=off", f"--recovery-option=restore_command={get}", "restore",
        ))
        with open(os.path.join(folder, "pg_hba.conf"), "w", encoding="ascii") as file:
            file.write("local all postgres peer\n")
        server = subprocess.Popen([POSTGRES, "-D", data, *settings(folder)])
        try:
            backups.await_start(server, ["pg_isready", "-q", "-h", folder, "-p", str(PORT)], RECOVERY)
            return contents(folder)
        finally:
            # "Fast" in PostgreSQL's words: nobody is waited for.
            backups.stop(server, signal.SIGINT)


def settings(folder):
    """Of a server that nobody finds, that archives nothing and needs little. What else the database has it needs not."""
    values = {
        "config_file": "/dev/null",
        "hba_file": f"{folder}/pg_hba.conf",
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "port": PORT,
        "archive_mode": "off",
        "hot_standby": "off",
        "fsync": "off",
        "jit": "off",
        "shared_buffers": "64MB",
        "max_wal_size": "512MB",
    }
    return [word for name, value in values.items() for word in ("-c", f"{name}={value}")]


def contents(folder):
    """What is in a restored database: each row of it was read."""
    rows = tables = 0
    for name in psql("SELECT datname FROM pg_database WHERE datallowconn", socket=folder).split("\n"):
        counts = psql(COUNTS, name, folder).split()
        tables += len(counts)
        rows += sum(map(int, counts))
    mark = psql("SELECT extract(epoch FROM at)::bigint FROM groundplan.backup_mark", socket=folder)
    return backups.restored(rows, tables, mark)


STEPS = {
    "prepare": prepare,
    "full": lambda: backup("full"),
    "incremental": lambda: backup("incr"),
    "look": look,
    "restore-test": restore_test,
}

if __name__ == "__main__":
    backups.main(STEPS)
`;
}
