import type { Database, DatabaseBackup, Host } from '@groundplan/model';
import { binlogPath, dataPath, homePath, serverSocket } from '../galera/paths.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { statePath } from './paths.js';

/** Backups of MariaDB: everything by mariadb-backup, changes between by the binary log, both kept by restic. */
export function mariadbProgram(database: Database, backup: DatabaseBackup, host: Host): Text {
  return text`
#!/usr/bin/python3
"""Backups of database.${database.name}, by mariadb-backup and restic. Run by groundplan-backup@WHAT.service as mysql.

    prepare            a place for backups and the first of them, once there is a server
    full, incremental  everything, by one member of the cluster; restic keeps of it what it has not yet
    log                the log of changes of this member, for restoring to a point between backups
    look               what there is
    restore-test       restores the newest backup beside the database, counts what is in it and throws it away
"""

import ipaddress
import json
import os
import signal
import subprocess
import time

import backups
import repository
from backups import Failure, say

SOCKET, DATA, LOG = "${serverSocket}", "${dataPath}", "${binlogPath}"
ADDRESS = "${host.address}"
DUMP = "everything.mbstream"
KEEP = ${backup.keepFull.value}
# Where a restore test has room, the better place first: the volume is the database's.
SCRATCH = ["${statePath}/restore-test", "${homePath}/restore-test"]
# Seconds: after a full backup no incremental one is needed for a while; the log may come late when the repository is in use.
RECENT, LATE = 600, 3600
# Seconds for a restored server to start.
START = 600

MARK = """
CREATE DATABASE IF NOT EXISTS groundplan;
CREATE TABLE IF NOT EXISTS groundplan.backup_mark (one INT PRIMARY KEY, at BIGINT NOT NULL);
REPLACE INTO groundplan.backup_mark VALUES (1, UNIX_TIMESTAMP());
"""

TABLES = """
SELECT CONCAT('SELECT COUNT(*) FROM \`', REPLACE(table_schema, '\`', '\`\`'), '\`.\`', REPLACE(table_name, '\`', '\`\`'), '\`;')
FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema');
"""


def sql(statements, socket=SOCKET):
    command = ["mariadb", "--no-defaults", f"--socket={socket}", "--user=mysql", "--batch", "--raw", "--skip-column-names"]
    return backups.run(command, input=statements).strip()


def is_turn():
    """Whether this member makes the backups: the last by address of those that are together, which apps use last as well."""
    state = dict(line.split("\t", 1) for line in sql("SHOW GLOBAL STATUS LIKE 'wsrep_%'").splitlines() if "\t" in line)
    if state.get("wsrep_ready", "ON") != "ON" and "wsrep_incoming_addresses" in state:
        raise Failure("this member is not part of the cluster")
    together = [each.rsplit(":", 1)[0] for each in state.get("wsrep_incoming_addresses", "").split(",") if ":" in each]
    return not together or max(together, key=ipaddress.ip_address) == ADDRESS


def dumps():
    return repository.snapshots("complete")


def prepare():
    while True:
        try:
            turn = is_turn()
            if turn:
                repository.make_repository()
            if turn or dumps():
                break
            waits_for = "another member has made none yet"
        except Failure as problem:
            waits_for = str(problem)
        say(f"waiting: {waits_for}")
        time.sleep(15)
    if turn and not dumps():
        dump("full")
    look()


def dump(kind):
    if not is_turn():
        say("left to another member")
        return
    with backups.alone():
        made = dumps()
        if kind == "incremental" and made and time.time() - repository.when(made[-1]) < RECENT:
            say("one was made just now")
            return
        sql(MARK)
        command = ["mariadb-backup", "--backup", "--stream=mbstream", f"--socket={SOCKET}", "--user=mysql", f"--datadir={DATA}"]
        repository.keep(command, DUMP, [kind])
        forget()
    look()


def forget():
    """Full backups beyond those to be kept, with all that is based on them."""
    found = repository.snapshots()
    complete = [each for each in found if "complete" in each.get("tags", [])]
    full = [each for each in complete if "full" in each["tags"]]
    begin = repository.when(full[-KEEP:][0])
    broken = [each for each in found if not {"complete", "log"} & set(each.get("tags", []))]
    # Each has the log of two days.
    last_of_day = {(each["hostname"], each["time"][:10]): each["id"] for each in found if "log" in each.get("tags", [])}
    logs = [each for each in found if "log" in each.get("tags", [])]
    repository.forget(
        [each for each in complete if repository.when(each) < begin]
        + [each for each in broken if time.time() - repository.when(each) > backups.DAY]
        + [each for each in logs if each["id"] not in last_of_day.values() or repository.when(each) < begin - backups.DAY]
    )


def log():
    """Keeps the log of changes of this member, if there is anything new in it."""
    before = backups.recall("log")
    try:
        position = sql("SHOW MASTER STATUS").split("\t")[:2]
        if position == before.get("position"):
            return
        # Closes the file that is written to.
        sql("FLUSH LOCAL BINARY LOGS")
        repository.restic("backup", "--quiet", "--tag=log", LOG)
        backups.remember("log", {"position": sql("SHOW MASTER STATUS").split("\t")[:2], "at": time.time()})
    except Failure:
        if not before:
            backups.remember("log", {"at": time.time()})
        elif time.time() - before["at"] > LATE:
            raise
        say("it is kept the next time")


def look():
    """What is known of the backups here, for the check that tells an operator."""
    backups.look(looked)


def looked(_):
    return repository.seen(is_turn(), dumps())


def restore_test():
    if not is_turn():
        say("left to another member")
        return
    with backups.alone():
        backups.tested(restore)


def restore():
    made = dumps()
    if not made:
        raise Failure("there is no backup")
    number = made[-1]["id"]
    size = json.loads(repository.restic("stats", "--mode=restore-size", "--json", number))["total_size"]
    with backups.scratch(SCRATCH, size) as folder:
        data, socket = os.path.join(folder, "data"), os.path.join(folder, "socket")
        os.mkdir(data, 0o700)
        source = subprocess.Popen([repository.RESTIC, "dump", number, f"/{DUMP}"], stdout=subprocess.PIPE)
        sink = subprocess.run(["mbstream", "-x", "-C", data], stdin=source.stdout, check=False)
        source.stdout.close()
        if source.wait() != 0 or sink.returncode != 0:
            raise Failure("the backup cannot be read")
        backups.run(["mariadb-backup", "--prepare", f"--target-dir={data}"], stderr=subprocess.DEVNULL)
        server = subprocess.Popen([
            "mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", f"--pid-file={folder}/pid",
            "--skip-networking", "--skip-log-bin", "--skip-slave-start", "--innodb-buffer-pool-size=128M",
        ])
        try:
            ping = ["mariadb-admin", "--no-defaults", f"--socket={socket}", "--user=mysql", "--silent", "ping"]
            backups.await_start(server, ping, START)
            return contents(socket)
        finally:
            backups.stop(server, signal.SIGTERM)


def contents(socket):
    """What is in a restored database: each row of it was read."""
    tables = sql(TABLES, socket)
    counts = [int(count) for count in sql(tables, socket).split()]
    return backups.restored(sum(counts), len(counts), sql("SELECT at FROM groundplan.backup_mark", socket))


STEPS = {
    "prepare": prepare,
    "full": lambda: dump("full"),
    "incremental": lambda: dump("incremental"),
    "log": log,
    "look": look,
    "restore-test": restore_test,
}

if __name__ == "__main__":
    backups.main(STEPS)
`;
}
