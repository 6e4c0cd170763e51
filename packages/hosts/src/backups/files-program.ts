import type { FileBackup } from '@groundplan/model';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { statePath } from './paths.js';

/** Backups of a folder, by restic. */
export function filesProgram(owner: string, backup: FileBackup, path: string, turn: readonly string[]): Text {
  const { daily, weekly } = backup.keep;
  return text`
#!/usr/bin/python3
"""Backups of ${owner}, by restic. Run by groundplan-backup@WHAT.service as root, since files have many owners.

    prepare       a place for backups and the first of them, once there are files
    files         a backup, by one of the hosts that have the files
    look          what there is
    restore-test  restores the newest backup beside the files, compares it with what restic knows of it and throws it away
"""

import json
import os
import subprocess
import time

import backups
import repository
from backups import Failure, say

PATH = "${path}"
# Ends with success on the host that makes the backups; always, if it is empty.
TURN = ${JSON.stringify(turn)}
KEEP = ["--keep-last=1", "--keep-daily=${daily.value}", "--keep-weekly=${weekly.value}"]
SCRATCH = ["${statePath}/restore-test"]


def is_turn():
    return not TURN or subprocess.run(TURN, stdout=subprocess.DEVNULL, check=False).returncode == 0


def made():
    return [each for each in repository.snapshots("files") if PATH in each["paths"]]


def prepare():
    while not os.path.ismount(PATH):
        say(f"waiting for {PATH}")
        time.sleep(15)
    if is_turn():
        repository.make_repository()
        if not made():
            backup()
    look()


def backup():
    if not is_turn():
        say("left to another host")
        return
    # An empty folder in its place would be kept as a backup like any other.
    if not os.path.ismount(PATH):
        raise Failure(f"{PATH} is not mounted")
    with backups.alone():
        say(repository.restic("backup", "--one-file-system", "--tag=files", PATH))
        # Of a host that died while it held it.
        repository.restic("unlock")
        repository.restic("forget", "--quiet", "--prune", "--group-by=paths,tags", f"--path={PATH}", "--tag=files", *KEEP)
    look()


def look():
    """What is known of the backups here, for the check that tells an operator."""
    backups.look(looked)


def looked(_):
    return repository.seen(is_turn(), made())


def restore_test():
    if not is_turn():
        say("left to another host")
        return
    with backups.alone():
        backups.tested(restore)


def restore():
    found = made()
    if not found:
        raise Failure("there is no backup")
    number = found[-1]["id"]
    stats = json.loads(repository.restic("stats", "--mode=restore-size", "--json", number))
    with backups.scratch(SCRATCH, stats["total_size"]) as folder:
        repository.restic("restore", "--verify", f"--target={folder}", number)
        count = size = 0
        for place, _, names in os.walk(folder):
            for name in names:
                state = os.lstat(os.path.join(place, name))
                count, size = count + 1, size + state.st_size
        return f"{count} files with {size / 1e9:.1f} GB, as of {backups.moment(repository.when(found[-1]))}"


STEPS = {"prepare": prepare, "files": backup, "look": look, "restore-test": restore_test}

if __name__ == "__main__":
    backups.main(STEPS)
`;
}
