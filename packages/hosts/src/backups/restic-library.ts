import { text } from '../template.js';
import type { Text } from '../text.js';
import { resticProgram } from './restic.js';

export const resticLibraryPath = '/usr/local/lib/groundplan/repository.py';

/** What programs that keep backups by restic share, as a module of Python's. */
export const resticLibrary: Text = text`
"""The repository of restic's with the backups of this host."""

import datetime
import json
import subprocess
import time

import backups
from backups import Failure, say

RESTIC = "${resticProgram}"


def restic(*words):
    return backups.run([RESTIC, *words])


def make_repository():
    """There may be one already, or another host may be making it just now."""
    for attempt in range(3):
        if subprocess.run([RESTIC, "cat", "config"], stdout=subprocess.DEVNULL, check=False).returncode == 0:
            return
        say("there is no repository that can be opened: making one")
        if subprocess.run([RESTIC, "init"], check=False).returncode == 0:
            return
        time.sleep(attempt)
    raise Failure("restic can neither open nor make its repository: see above")


def snapshots(*tags):
    """Those with all of these tags, the oldest first."""
    filters = [f"--tag={','.join(tags)}"] if tags else []
    found = json.loads(restic("snapshots", "--json", *filters)) or []
    return sorted(found, key=when)


def when(snapshot):
    """Seconds; restic says it to the nanosecond, and in the host's own zone."""
    day, rest = snapshot["time"].split("T")
    zone = rest[rest.index("Z"):] if "Z" in rest else rest[max(rest.rfind("+"), rest.rfind("-")):]
    clock = rest[: -len(zone)].split(".")[0]
    return datetime.datetime.fromisoformat(f"{day}T{clock}{'+00:00' if zone == 'Z' else zone}").timestamp()


def seen(turn, found):
    """What a look remembers on a host whose turn it is, or is not, to make backups and to test them."""
    newest = when(found[-1]) if found else None
    return {"makes_backups": turn, "tests_restores": turn, "newest": newest}


def keep(command, name, tags):
    """Keeps what a command writes, as a file of this name.

    restic cannot know whether the command got to its end: only what did gets the tag "complete".
    """
    source = subprocess.Popen(command, stdout=subprocess.PIPE)
    words = [f"--tag={','.join(tags)}", "--json", "--stdin", "--stdin-filename", name]
    sink = subprocess.run([RESTIC, "backup", *words], stdin=source.stdout, stdout=subprocess.PIPE, text=True, check=False)
    source.stdout.close()
    code = source.wait()
    number = summary(sink.stdout).get("snapshot_id")
    if code != 0 or sink.returncode != 0 or number is None:
        if number is not None:
            restic("forget", number)
        raise Failure(f"nothing was kept: {command[0]} ended with {code}, restic with {sink.returncode}")
    restic("tag", "--add=complete", number)


def summary(output):
    for line in output.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if said.get("message_type") == "summary":
            return said
    return {}


def forget(found):
    """Removes snapshots and what only they have."""
    # Of a host that died while it held it.
    restic("unlock")
    if found:
        say(f"{len(found)} are no longer kept")
        restic("forget", "--quiet", "--prune", *[each["id"] for each in found])
`;
