import type { Host } from '@groundplan/model';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { volumePath } from '../volume/index.js';
import { checksFolder } from './paths.js';
import { runbook } from './runbook.js';

/** Looks every minute at what can go wrong on any host, and at what the checks of its roles find. */
export function watch(host: Host): Text {
  const places = host.volume === undefined ? ['"/"'] : ['"/"', `"${volumePath}"`];
  return text`
#!/usr/bin/python3
"""Looks at this host, tells an operator what is wrong with it, and when it is over.

Disks, the clock, units that failed or do not stay up; and the checks in ${checksFolder}, of which each prints a
line for each thing that is wrong: key, sentence, detail and section of RUNBOOK.md, with tabs between them. What two looks
in a row have seen is told, what five have missed is over. Try a check by hand: run it, as root.
"""

import os
import shutil
import subprocess
import time

import alerts

CHECKS = "${checksFolder}"
PLACES = [${places.join(', ')}]
# Percent of a disk in use: worth a look, and nearly too late.
MUCH, TOO_MUCH = 85, 95
# Seconds that a clock may be wrong.
WRONG_CLOCK = 0.5
# Times that a unit may be started again within ten looks.
RESTARTS = 5
# Looks that see something before it is told: a clock is set some minutes after a boot.
SEEN, SEEN_CLOCK = 2, 10
# Looks that do not see it any more before it is over.
MISSED = 5
# Seconds for one check.
PATIENCE = 30


class Unknown(Exception):
    """A look that saw nothing, which says nothing about what it saw before."""


def disks():
    for place in PLACES:
        if not os.path.ismount(place):
            continue
        size = shutil.disk_usage(place)
        percent = round(100 * size.used / (size.used + size.free))
        files = os.statvfs(place)
        if files.f_files and 100 * (files.f_files - files.f_favail) / files.f_files >= MUCH:
            yield f"files {place}", f"no more files fit on the disk at {place} soon", "", "${runbook.disk}"
        if percent >= MUCH:
            detail = f"{gigabytes(size.free)} of {gigabytes(size.total)} are free"
            yield f"disk {place}", f"the disk at {place} is {percent}% full", detail, "${runbook.disk}"
            if percent >= TOO_MUCH:
                yield f"full disk {place}", f"hardly anything is left on the disk at {place}", detail, "${runbook.disk}"


def gigabytes(size):
    return f"{size / 1e9:.1f} GB"


def clock():
    fields = output(["chronyc", "-n", "-c", "tracking"]).strip().split(",")
    try:
        wrong, leap = abs(float(fields[4])), fields[-1]
    except (IndexError, ValueError):
        raise Unknown(f"chronyc says {','.join(fields)}") from None
    if leap == "Not synchronised":
        yield "clock", "the clock follows no other", "chronyc sources shows whom it asks", "${runbook.clock}"
    elif wrong > WRONG_CLOCK:
        yield "clock", f"the clock is {wrong:.1f} s wrong", "chronyc tracking", "${runbook.clock}"


def units():
    for line in output(["systemctl", "list-units", "--failed", "--plain", "--no-legend"]).splitlines():
        unit = line.split()[0]
        yield f"unit {unit}", f"{unit} failed", alerts.last_words(unit), "${runbook.unit}"


def unsteady_units(counts):
    """Units that are started again and again, and so never count as failed."""
    shown = output(["systemctl", "show", "--property=Id,NRestarts", "--", "*.service"])
    now = {}
    for block in shown.split("\n\n"):
        values = dict(line.split("=", 1) for line in block.splitlines() if "=" in line)
        if "Id" in values and "NRestarts" in values:
            now[values["Id"]] = int(values["NRestarts"])
    for unit in [each for each in counts if each not in now]:
        del counts[unit]
    for unit, count in now.items():
        seen = counts.get(unit, [])
        # Somebody has started it by hand.
        if seen and count < seen[-1]:
            seen = []
        counts[unit] = [*seen[-9:], count]
        if count - counts[unit][0] >= RESTARTS:
            said = alerts.last_words(unit)
            yield f"unsteady {unit}", f"{unit} does not stay up", said, "${runbook.unit}"


def check(path):
    for line in output([path]).splitlines():
        key, subject, detail, section = (*line.split("\t"), "", "", "")[:4]
        if key and subject:
            yield f"{os.path.basename(path)} {key}", subject, detail, section


def checks():
    try:
        names = sorted(os.listdir(CHECKS))
    except FileNotFoundError:
        return []
    paths = [os.path.join(CHECKS, name) for name in names]
    return [path for path in paths if os.path.isfile(path) and os.access(path, os.X_OK)]


def output(command):
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unknown(f"no answer within {PATIENCE} s") from None
    except OSError as problem:
        raise Unknown(str(problem)) from None
    if done.returncode != 0:
        raise Unknown(f"it ended with {done.returncode}: {done.stderr or done.stdout}")
    return done.stdout


def look(restarts):
    """What is wrong by key, each with how many looks must see it; and the beginnings of keys that nobody could look at."""
    places = [("disk ", "files ", "full disk "), ("clock",), ("unit ",), ("unsteady ",)]
    looks = [disks, clock, units, lambda: unsteady_units(restarts)]
    for path in checks():
        places.append((f"{os.path.basename(path)} ",))
        looks.append(lambda path=path: check(path))
    wrong, unknown = {}, []
    for keys, each in zip(places, looks):
        try:
            for key, *rest in each():
                wrong[key] = (*rest, SEEN_CLOCK if key == "clock" else SEEN)
        except Unknown as problem:
            name = keys[0].strip()
            subject = f"nobody knows about {name}, since its check fails"
            wrong[f"check {name}"] = (subject, str(problem), "${runbook.check}", SEEN_CLOCK)
            unknown.extend(keys)
    return wrong, tuple(unknown)


def settle(state, wrong, unknown):
    problems = state["problems"]
    for key, (subject, detail, section, enough) in wrong.items():
        problem = problems.setdefault(key, {"since": time.time()})
        problem["seen"] = problem.get("seen", 0) + 1
        problem["missed"] = 0
        problem.pop("gone", None)
        if problem["seen"] >= enough or "told" in problem:
            alerts.open_problem(state, key, subject, detail, section)
    for key in [each for each in problems if each not in wrong and not each.startswith(unknown)]:
        problem = problems[key]
        problem["missed"] = problem.get("missed", 0) + 1
        problem.setdefault("gone", time.time())
        if problem["missed"] >= MISSED or "told" not in problem:
            alerts.close_problem(state, key)


def main():
    with alerts.open_state() as state:
        restarts = state["restarts"]
    # What is slow is asked without the lock, lest somebody who tells of something waits.
    wrong, unknown = look(restarts)
    with alerts.open_state() as state:
        state["restarts"] = restarts
        settle(state, wrong, unknown)


if __name__ == "__main__":
    main()
`;
}
