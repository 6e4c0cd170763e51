import type { DatabaseBackup, FileBackup } from '@groundplan/model';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { statePath } from './paths.js';

/** Days between two restore tests, and what one may come late. */
const restoreTests: Readonly<Record<string, number>> = { daily: 2, weekly: 15, monthly: 63 };

/** What the programs of backups share, as a module of Python's. */
export function library(owner: string, backup: DatabaseBackup | FileBackup): Text {
  const testDays = restoreTests[backup.restoreTest.value];
  return text`
"""What the programs around the backups of ${owner} share: what is known of them, and room for a restore test."""

import contextlib
import fcntl
import json
import os
import shutil
import subprocess
import sys
import time

OWNER = "${owner}"
STATE = "${statePath}"
# Seconds: how old the newest backup may be, and the newest restore test.
OLDEST = ${backup.alertIfOlderThan.value}
OLDEST_TEST = ${testDays === undefined ? 'None' : testDays * 86_400}
# A restore test leaves so much of a disk free, in percent, and needs so many bytes beside what is restored.
LEAST_FREE, MARGIN = 10, 2_000_000_000
DAY = 86400


class Failure(Exception):
    """Why it cannot go on, for an operator."""


def say(text):
    print(text, flush=True)


def run(command, **options):
    """What a command has written; what it says goes to the journal."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, **options)
    if done.returncode != 0:
        raise Failure(f"{os.path.basename(command[0])} ended with {done.returncode}")
    return done.stdout


@contextlib.contextmanager
def alone():
    """Two backups at once would be in each other's way: the second waits."""
    with open(os.path.join(STATE, "lock"), "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def recall(name):
    try:
        with open(os.path.join(STATE, name + ".json"), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def remember(name, value):
    path = os.path.join(STATE, name + ".json")
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1, sort_keys=True)
        file.write("\n")
    os.replace(path + ".new", path)


def look(look_now):
    """Remembers what a look finds. One that finds nothing is no failure: the check tells when it lasts."""
    before, now = recall("look"), time.time()
    seen = {**before, "at": now, "first": before.get("first", now)}
    try:
        seen.update(look_now(before), failing=None, error="")
    except Failure as problem:
        say(f"nothing was seen: {problem}")
        seen.update(failing=before.get("failing") or now, error=str(problem))
    remember("look", seen)


@contextlib.contextmanager
def scratch(folders, size):
    """A new folder with room for so many bytes, which is gone afterwards."""
    for folder in folders:
        remove(folder)
    needed = size + size // 5 + MARGIN
    for folder in folders:
        disk = shutil.disk_usage(os.path.dirname(folder))
        if disk.free - needed > disk.total * LEAST_FREE // 100:
            break
    else:
        raise Failure(f"no disk has room for a restore test: {needed / 1e9:.1f} GB and {LEAST_FREE}% of the disk")
    os.mkdir(folder, 0o700)
    try:
        yield folder
    finally:
        remove(folder)


def remove(folder):
    if os.path.isdir(folder):
        shutil.rmtree(folder)


def tested(test):
    """Does a restore test, which says what it found, and remembers how it went."""
    try:
        found = test()
    except Failure as problem:
        remember("restore-test", {**recall("restore-test"), "failed": time.time(), "why": str(problem)})
        raise
    remember("restore-test", {"passed": time.time(), "found": found})
    say(f"the restore test has passed: {found}")


def await_start(server, ready, patience):
    """Waits until a command says that a restored database is ready."""
    deadline = time.monotonic() + patience
    while subprocess.run(ready, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode != 0:
        if server.poll() is not None:
            raise Failure("the restored database does not start: see above")
        if time.monotonic() > deadline:
            raise Failure(f"the restored database was not ready after {patience // 60} min")
        time.sleep(0.5)


def stop(server, signal):
    """Ends a restored database, whether it wants to or not."""
    server.send_signal(signal)
    try:
        server.wait(timeout=120)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def restored(rows, tables, mark):
    """What a restore test has found in a database: the mark that every backup has says of when it is."""
    if not mark:
        raise Failure("the mark that every backup has is missing")
    if time.time() - int(mark) > OLDEST:
        raise Failure(f"what was restored ends {moment(int(mark))}")
    return f"{rows} rows in {tables} tables, as of {moment(int(mark))}"


def main(steps):
    """Does the step that the command line names."""
    if sys.argv[1:2] == [] or sys.argv[1] not in steps:
        sys.exit(f"usage: backup {'|'.join(steps)}")
    try:
        steps[sys.argv[1]]()
    except Failure as failure:
        sys.exit(str(failure))


def moment(seconds):
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))
`;
}
