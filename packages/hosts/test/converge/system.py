#!/usr/bin/python3 -IS
"""Stands for the host of a test: systemd, apt and the network, in a folder. Every other command runs for real.

In the folder GROUNDPLAN_TEST_SYSTEM: `calls`, a line for each command; `units.json`, what systemd would know, with the
files that each unit has read; `fails`, beginnings of commands that fail; `kill`, the number of the command that kills
whoever calls; `packages`, what is installed.
"""

import json
import os
import signal
import sys

FOLDER = os.environ["GROUNDPLAN_TEST_SYSTEM"]
words = sys.argv[1:]
line = " ".join(words).replace("\n", " ")


def read(name, otherwise):
    try:
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return otherwise


def write(name, text):
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
        file.write(text)


def snapshot():
    """Every file below /etc, as a daemon reads it now."""
    found = {}
    top = os.path.join(FOLDER, "root")
    for folder, _, names in os.walk(os.path.join(top, "etc")):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                found[path[len(top) :]] = file.read()
    return found


with open(os.path.join(FOLDER, "calls"), "a", encoding="utf-8") as file:
    file.write(line + "\n")
calls = read("calls", "").count("\n")
if read("kill", "") == str(calls):
    os.kill(os.getppid(), signal.SIGKILL)
    sys.exit(137)

units = json.loads(read("units.json", "{}"))
for failing in read("fails", "").splitlines():
    if line.startswith(failing):
        print(f"{failing}: not today")
        sys.exit(1)

if words[0] == "systemctl":
    verb, *names = [word for word in words[1:] if not word.startswith("-")]
    now = "--now" in words
    if verb == "show":
        print(
            "\n\n".join(
                f"Id={name}\nLoadState=loaded\nActiveState={unit.get('active', 'inactive')}\n"
                f"SubState={unit.get('sub', '')}\nUnitFileState={'enabled' if unit.get('enabled') else 'disabled'}"
                for name in names
                for unit in [units.get(name, {})]
            )
        )
        sys.exit(0)
    for name in names:
        unit = units.setdefault(name, {})
        if verb in ("start", "restart", "reload-or-restart") or (verb == "enable" and now):
            if unit.get("active") != "active" or verb != "start":
                unit["read"] = snapshot()
            unit["active"] = "active"
        elif verb == "reload":
            if unit.get("active") != "active":
                print(f"{name} is not active, cannot reload.")
                sys.exit(1)
            unit["read"] = snapshot()
        elif verb == "stop" or (verb == "disable" and now):
            unit["active"] = "inactive"
        if verb in ("enable", "disable"):
            unit["enabled"] = verb == "enable"
    write("units.json", json.dumps(units))
elif words[0] == "dpkg-query":
    installed = read("packages", "").split()
    print("\n".join(f"{name} installed" for name in words[3:] if name in installed))
elif words[0] == "apt-get":
    if "install" in words:
        write("packages", f"{read('packages', '')} {' '.join(words[words.index('install') + 1 :])}")
elif words[0] == "ip":
    print(json.dumps([{"ifname": "enp7s0", "addr_info": [{"local": "10.10.0.2"}]}]))
elif words[0] in ("cloud-init", "journalctl"):
    pass
else:
    os.execvp(words[0], words)
