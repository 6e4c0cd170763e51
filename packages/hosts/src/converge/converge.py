#!/usr/bin/python3
"""Brings this host to what a bundle of Groundplan's says, or leaves it as it was.

    converge.py BUNDLE --given FILE

BUNDLE is a folder with manifest.json and the files that it names. FILE, or "-" for standard input, is JSON: what is known
only at apply (addresses, numbers) and secrets, by the names that the manifest uses. It is removed as soon as it is read.

What differs is written, checked by the daemons' own validators, and only then taken into use: one reload or restart a
unit. When a check, a reload or a restart fails, everything is put back, and this ends with 1. Nothing is restarted that
did not change, so that a second run does nothing. What it did: journalctl -t groundplan-converge
"""

import argparse
import dataclasses
import fcntl
import grp
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import syslog
import time
import urllib.parse
import urllib.request

FORMAT = 1

# How it ends.
DONE, FAILED, WRONG_USE, WOULD_CHANGE, NOT_PUT_BACK = 0, 1, 2, 3, 4

STATE = "/var/lib/groundplan/converge"
LOCK = "/run/groundplan-converge.lock"
UNITS = "/etc/systemd/system/"
NEW = ".groundplan-new"

# Seconds that each may take.
FIRST_BOOT, PACKAGES, PACKAGE_LISTS, INTERFACE = 900, 1800, 300, 60
CHECK, RUN, UNIT, HEALTHY = 60, 120, 3600, 300

# What is done to a unit, weakest first: of what several files ask for, the strongest is done, once.
OPERATIONS = ("reload", "restart", "release")

# What ends a run early. Not that SSH hangs up: what was begun is then finished.
STOPPING = (signal.SIGTERM, signal.SIGINT)


class Failure(Exception):
    """Something is wrong, and the text says what to whoever reads the log of an apply."""


class Misuse(Exception):
    """The bundle, or what was given with it, cannot be used; nothing was touched."""


# --- What is read ------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class File:
    path: str
    mode: int
    owner: str
    group: str
    text: str
    placeholders: dict
    check: tuple
    action: dict
    before_packages: bool


@dataclasses.dataclass(frozen=True)
class Unit:
    name: str
    state: str
    # A unit that runs to its end before this one is released.
    before: str | None = None
    # Where it answers once it serves, and for how many seconds it must have done so.
    healthy: str | None = None
    steady: float = 0


@dataclasses.dataclass(frozen=True)
class Bundle:
    address: str
    host: str
    packages: tuple
    files: tuple
    units: tuple


def read_bundle(folder, expected):
    """The bundle in a folder. Everything in it has the hash that the manifest, and whoever sent it, say."""
    raw = read_bytes(os.path.join(folder, "manifest.json"))
    address = hashlib.sha256(raw).hexdigest()
    if expected is not None and address != expected:
        raise Misuse(f"manifest.json is not the one that was meant: its SHA-256 is {address}, not {expected}")
    manifest = parse(raw, "manifest.json")
    if manifest.get("format") != FORMAT:
        raise Misuse(f"manifest.json has the format {manifest.get('format')}, and this program knows {FORMAT}")
    files = tuple(read_file(folder, entry) for entry in manifest["files"])
    units = tuple(Unit(**unit) for unit in manifest["units"])
    return Bundle(address, manifest["host"], tuple(manifest["packages"]), files, units)


def read_file(folder, entry):
    path, source = entry["path"], entry["source"]
    if os.path.normpath(path) != path or not path.startswith("/"):
        raise Misuse(f"{path} is no absolute path")
    if os.path.normpath(source) != source or source.startswith(("/", "../")):
        raise Misuse(f"{source} leads out of the bundle")
    raw = read_bytes(os.path.join(folder, source))
    found = hashlib.sha256(raw).hexdigest()
    if found != entry["sha256"]:
        raise Misuse(f"{source} is damaged: its SHA-256 is {found}, not {entry['sha256']}")
    return File(
        path=path,
        mode=int(entry["mode"], 8),
        owner=entry["owner"],
        group=entry["group"],
        text=raw.decode(),
        placeholders=entry.get("placeholders", {}),
        check=tuple(entry.get("check", ())),
        action=entry.get("action", {}),
        before_packages=entry.get("before_packages", False),
    )


def read_given(name):
    """Values and secrets by name. The file is gone afterwards, whatever is in it."""
    if name is None:
        return {}, {}
    try:
        raw = sys.stdin.buffer.read() if name == "-" else read_bytes(name)
    finally:
        if name != "-":
            remove(name)
    given = parse(raw, "what was given")
    return given.get("values", {}), given.get("secrets", {})


def read_bytes(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as problem:
        raise Misuse(f"{os.path.basename(path)} cannot be read: {problem.strerror}") from None


def parse(raw, what):
    try:
        return json.loads(raw)
    except ValueError:
        # Without the parser's own words, which may quote what it read.
        raise Misuse(f"{what} is not JSON") from None


def remove(path):
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


# --- What is said ------------------------------------------------------------------------------------------------------


class Log:
    """To standard output and to the journal, with no secret in it."""

    def __init__(self, secrets, to_journal):
        self.to_journal = to_journal
        lines = {}
        for name, value in secrets.items():
            # A validator quotes lines; and what has few characters is in too many words to be hidden.
            for part in [value, *value.splitlines(), escaped(value)]:
                if len(part.strip()) >= 4:
                    lines[part.strip()] = name
        self.secrets = sorted(lines.items(), key=lambda each: -len(each[0]))
        if to_journal:
            syslog.openlog("groundplan-converge")

    def __call__(self, text):
        for part, name in self.secrets:
            text = text.replace(part, f"[secret {name}]")
        for line in text.splitlines():
            try:
                print(line, flush=True)
            except OSError:
                # Whoever listened is gone; what was begun is finished nevertheless.
                pass
            if self.to_journal:
                syslog.syslog(line)


def escaped(text):
    """For between double quotes of systemd's or a shell's."""
    return re.sub(r'[\\"$`]', r"\\\g<0>", text)


# --- The host ----------------------------------------------------------------------------------------------------------


class Host:
    """Paths below a root, and commands, which a test has another program stand in for."""

    def __init__(self, root, commands, log):
        self.root = root.rstrip("/")
        self.commands = commands
        self.log = log
        self.sets_owners = os.geteuid() == 0

    def at(self, path):
        return self.root + path

    def run(self, words, seconds):
        """Exit code and output. A command that does not end in time fails."""
        words = [*([self.commands] if self.commands else []), *words]
        # Nothing is restarted by an installation: that is for the bundle to say.
        quiet = {"LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
        try:
            # In a session of its own: that whoever listened hangs up must not end it in the middle.
            child = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**os.environ, **quiet},
                start_new_session=True,
            )
        except OSError as problem:
            return 127, f"{words[0]}: {problem.strerror}"
        try:
            output, _ = child.communicate(timeout=seconds)
            return child.returncode, text_of(output)
        except subprocess.TimeoutExpired:
            kill_group(child)
            output, _ = child.communicate()
            return 124, f"{text_of(output)}\nnot done after {seconds} s"
        except BaseException:
            kill_group(child)
            child.communicate()
            raise

    def must(self, words, seconds, what):
        code, output = self.run(words, seconds)
        if code != 0:
            raise Failure(f"{what} failed ({' '.join(words)}, exit {code}):\n{last_lines(output)}")
        return output

    def owner_ids(self, file):
        """Numbers of user and group; undefined while one of them does not exist yet."""
        try:
            return number(file.owner, pwd.getpwnam, "pw_uid"), number(file.group, grp.getgrnam, "gr_gid")
        except KeyError:
            return None

    def states(self, names):
        """What systemd says of units, by name."""
        if not names:
            return {}
        properties = "Id,LoadState,ActiveState,SubState,UnitFileState"
        output = self.must(["systemctl", "show", f"--property={properties}", "--", *names], CHECK, "asking systemd")
        blocks = [dict(line.split("=", 1) for line in block.splitlines()) for block in output.strip().split("\n\n")]
        return dict(zip(names, blocks))


def kill_group(child):
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def number(name, find, attribute):
    return int(name) if name.isdigit() else getattr(find(name), attribute)


def text_of(output):
    return (output or b"").decode(errors="replace")


def last_lines(output, most=15):
    lines = output.strip().splitlines()
    return "\n".join(f"  {line}" for line in lines[-most:])


def store(path, content, mode=0o600, owner=None):
    """Puts a whole file in its place, or none."""
    new = new_name(path)
    remove(new)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        if owner is not None:
            os.fchown(descriptor, *owner)
        os.fchmod(descriptor, mode)
        file.flush()
        os.fsync(descriptor)
    os.replace(new, path)


def new_name(path):
    """Hidden, so that no daemon reads it for one of its own."""
    return os.path.join(os.path.dirname(path), f".{os.path.basename(path)}{NEW}")


def missing_folders(path):
    """Those above a path that are not there, innermost first."""
    missing = []
    folder = os.path.dirname(path)
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    return missing


def make_folders(path):
    for each in reversed(missing_folders(path)):
        os.mkdir(each)
        os.chmod(each, 0o755)


# --- What is undone ----------------------------------------------------------------------------------------------------


class Journal:
    """What a run has changed so far, on the disk before it is changed: a run that was killed is undone by the next one."""

    def __init__(self, host):
        self.host = host
        self.path = host.at(f"{STATE}/journal.json")
        self.backups = host.at(f"{STATE}/backups")
        self.files = []
        # Actions by path: what an interrupted run had changed may be in use, although the old file is back.
        self.carried = {}

    def recover(self):
        """Puts back what a run left that was killed. Its files count as changed from now on."""
        try:
            with open(self.path, encoding="utf-8") as file:
                found = json.load(file)
        except FileNotFoundError:
            shutil.rmtree(self.backups, ignore_errors=True)
            return
        self.files, self.carried = found["files"], found["carried"]
        self.host.log("an earlier run was interrupted: its changes are put back first")
        carried = {**self.carried, **{entry["path"]: entry["actions"] for entry in self.files}}
        self.restore_files()
        self.files, self.carried = [], carried
        self.write()
        shutil.rmtree(self.backups, ignore_errors=True)

    def begin(self, changes):
        """Keeps the old form of files that are about to change: (path, actions of the new and the old file)."""
        os.makedirs(self.backups, mode=0o700, exist_ok=True)
        for path, actions in changes:
            backup = None
            if os.path.lexists(self.host.at(path)):
                backup = str(len(self.files))
                keep(self.host.at(path), os.path.join(self.backups, backup))
            self.files.append({"path": path, "backup": backup, "folders": [], "actions": actions})
        self.write()

    def write(self):
        store(self.path, json.dumps({"files": self.files, "carried": self.carried}).encode())

    def restore_files(self):
        for entry in reversed(self.files):
            path = self.host.at(entry["path"])
            remove(new_name(path))
            if entry["backup"] is None:
                remove(path)
                for folder in entry["folders"]:
                    remove_empty(folder)
                continue
            backup = os.path.join(self.backups, entry["backup"])
            # Not there any more when a recovery was itself interrupted: then the file is back already.
            if os.path.lexists(backup):
                keep(backup, new_name(path))
                os.replace(new_name(path), path)

    def end(self):
        remove(self.path)
        shutil.rmtree(self.backups, ignore_errors=True)


def keep(path, copy):
    """Another name for a file, which is never written to but only replaced; a copy where there can be none."""
    remove(copy)
    try:
        os.link(path, copy, follow_symlinks=False)
    except OSError:
        shutil.copy2(path, copy, follow_symlinks=False)
        status = os.lstat(path)
        if os.geteuid() == 0:
            os.lchown(copy, status.st_uid, status.st_gid)


def remove_empty(folder):
    try:
        os.rmdir(folder)
    except OSError:
        pass


class State:
    """What the last run that succeeded made: whose files they are, and what there was before the first of ours."""

    def __init__(self, host):
        self.path = host.at(f"{STATE}/state.json")
        self.originals = host.at(f"{STATE}/originals")
        # What is above it belongs to others as well.
        make_folders(host.at(STATE))
        os.makedirs(host.at(STATE), exist_ok=True)
        os.chmod(host.at(STATE), 0o700)
        try:
            with open(self.path, encoding="utf-8") as file:
                found = json.load(file)
        except FileNotFoundError:
            found = {"files": {}, "units": {}}
        self.files, self.units = found["files"], found["units"]

    def original(self, path):
        return os.path.join(self.originals, urllib.parse.quote(path, safe=""))

    def write(self, bundle):
        state = {
            "bundle": bundle.address,
            "files": {file.path: file.action for file in bundle.files},
            "units": {unit.name: unit.state for unit in bundle.units},
        }
        store(self.path, (json.dumps(state, indent=2) + "\n").encode())


# --- Converging --------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Change:
    file: File
    content: bytes
    # What of it differs: `new`, `content`, or `mode and owner`.
    how: str


class Run:
    def __init__(self, host, bundle, values, secrets, settle):
        self.host = host
        self.log = host.log
        self.bundle = bundle
        self.values = values
        self.secrets = secrets
        self.settle = settle
        self.interfaces = None
        self.state = State(host)
        self.journal = Journal(host)
        # What was done to units: (what, unit), to do it again, or the contrary, when something fails.
        self.done = []

    # What is to be done

    def rendered(self, file):
        """The content of a file with everything put in."""
        if not file.placeholders:
            return file.text.encode()
        tokens = re.compile("|".join(re.escape(token) for token in file.placeholders))
        return tokens.sub(lambda found: self.value_of(file.placeholders[found.group()]), file.text).encode()

    def value_of(self, placeholder):
        if "secret" in placeholder:
            value = found_in(self.secrets, placeholder["secret"], "the secret")
            return escaped(value) if placeholder.get("within") == "double-quotes" else value
        if "interface_with" in placeholder:
            return self.interface_with(placeholder["interface_with"])
        return found_in(self.values, placeholder["value"], "the value")

    def interface_with(self, address):
        """The name of an interface, which differs from server to server. A private one comes some time after the boot."""
        deadline = time.monotonic() + INTERFACE
        while self.interfaces is None or (address not in self.interfaces and time.monotonic() < deadline):
            if self.interfaces is not None:
                time.sleep(1)
            links = json.loads(self.host.must(["ip", "-json", "address", "show"], CHECK, "listing interfaces"))
            self.interfaces = {
                each["local"]: link["ifname"] for link in links for each in link.get("addr_info", []) if "local" in each
            }
        if address not in self.interfaces:
            raise Failure(f"no network interface has the address {address}, after {INTERFACE} s")
        return self.interfaces[address]

    def changes(self, files):
        return [change for change in (self.change_of(file) for file in files) if change is not None]

    def change_of(self, file):
        content = self.rendered(file)
        path = self.host.at(file.path)
        if os.path.isdir(path) and not os.path.islink(path):
            raise Failure(f"{file.path} is a folder, where a file shall be")
        if not os.path.isfile(path) or os.path.islink(path):
            return Change(file, content, "new")
        with open(path, "rb") as old:
            if old.read() != content:
                return Change(file, content, "content")
        status = os.stat(path)
        if status.st_mode & 0o7777 != file.mode:
            return Change(file, content, "mode and owner")
        if self.host.sets_owners and (status.st_uid, status.st_gid) != self.host.owner_ids(file):
            return Change(file, content, "mode and owner")
        return None

    def removals(self):
        """Files of an earlier bundle that this one has no more."""
        ours = {file.path for file in self.bundle.files}
        return sorted(path for path in self.state.files if path not in ours)

    def missing_packages(self):
        if not self.bundle.packages:
            return []
        query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *self.bundle.packages]
        # It fails when it does not know one of them, which is then missing.
        _, output = self.host.run(query, CHECK)
        installed = {line.split()[0] for line in output.splitlines() if line.endswith(" installed")}
        return [package for package in self.bundle.packages if package not in installed]

    def preview(self):
        """Says what a run would do."""
        lines = [f"would install {package}" for package in self.missing_packages()]
        lines += [f"would write {change.file.path} ({change.how})" for change in self.changes(self.bundle.files)]
        lines += [f"would remove {path}" for path in self.removals()]
        states = self.host.states([unit.name for unit in self.bundle.units])
        lines += [
            f"would start {unit.name}"
            for unit in self.bundle.units
            if unit.state == "running" and not is_active(states[unit.name])
        ]
        for line in lines or ["nothing would change"]:
            self.log(line)
        return WOULD_CHANGE if lines else DONE

    # Doing it

    def converge(self):
        self.journal.recover()
        try:
            self.wait_for_first_boot()
            first = self.changes([file for file in self.bundle.files if file.before_packages])
            self.write(first)
            self.install(self.missing_packages())
            rest = self.changes([file for file in self.bundle.files if not file.before_packages])
            self.write(rest)
            self.remove(self.removals())
            changed = {change.file.path for change in [*first, *rest]} | set(self.journal.carried)
            self.check(changed)
            self.operate(changed)
        except (Failure, OSError) as problem:
            self.log(f"FAILED: {problem}")
            return self.roll_back()
        self.finish()
        self.log(f"{self.bundle.host}: {self.summary(len(first) + len(rest))}")
        return DONE

    def summary(self, written):
        parts = [count(written, "file") + " written"] if written else []
        for what in dict.fromkeys(what for what, _ in self.done):
            names = [name for done, name in self.done if done == what]
            parts.append(f"{what} {', '.join(names) if len(names) < 4 else count(len(names), 'unit')}")
        return "; ".join(parts) if parts else "nothing to do"

    def wait_for_first_boot(self):
        """Until cloud-init is done with packages and the first firewall. That it found fault with something is no matter here."""
        code, _ = self.host.run(["cloud-init", "status", "--wait"], FIRST_BOOT)
        if code == 124:
            raise Failure(f"the first boot is not over after {FIRST_BOOT} s: cloud-init status --long")

    def install(self, missing):
        if not missing:
            return
        self.log(f"installing {', '.join(missing)}")
        options = ["-q", "-o", f"DPkg::Lock::Timeout={PACKAGES}"]
        deadline = time.monotonic() + PACKAGE_LISTS
        code, output = self.host.run(["apt-get", *options, "update"], PACKAGES)
        # A network that is not quite there yet, or another program that has the lists.
        while code != 0 and time.monotonic() < deadline:
            time.sleep(5)
            code, output = self.host.run(["apt-get", *options, "update"], PACKAGES)
        if code != 0:
            raise Failure(f"apt-get update failed:\n{last_lines(output)}")
        keep_ours = ["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"]
        words = ["apt-get", *options, "-y", "--no-install-recommends", *keep_ours, "install", *missing]
        code, output = self.host.run(words, PACKAGES)
        if code != 0 and "dpkg --configure -a" in output:
            # An earlier installation was cut off, by a loss of power perhaps.
            self.host.must(["dpkg", "--configure", "-a"], PACKAGES, "completing an interrupted installation")
            code, output = self.host.run(words, PACKAGES)
        if code != 0:
            raise Failure(f"installing packages failed ({' '.join(words)}, exit {code}):\n{last_lines(output)}")

    def write(self, changes):
        self.journal.begin([(each.file.path, self.actions_of(each.file.path)) for each in changes])
        entries = {entry["path"]: entry for entry in self.journal.files}
        for change in changes:
            entries[change.file.path]["folders"] = missing_folders(self.host.at(change.file.path))
        self.journal.write()
        for change in changes:
            file, path = change.file, self.host.at(change.file.path)
            make_folders(path)
            owner = self.host.owner_ids(file) if self.host.sets_owners else None
            # Root's alone until its owner exists, who is made by what is run below.
            mode = file.mode if owner is not None or not self.host.sets_owners else 0o600
            store(path, change.content, mode, owner)
            self.log(f"wrote {file.path} ({change.how})")

    def actions_of(self, path):
        """What the file asks for, as it is to be, and as it was."""
        now = [file.action for file in self.bundle.files if file.path == path]
        return [action for action in [*now, self.state.files.get(path, {})] if action]

    def remove(self, paths):
        """Removes files of ours, or puts back what there was before them; those of systemd's units go last."""
        self.journal.begin([(path, self.actions_of(path)) for path in paths])
        for path in paths:
            if not path.startswith(UNITS):
                self.remove_one(path)

    def remove_one(self, path):
        original = self.state.original(path)
        if os.path.lexists(original):
            make_folders(self.host.at(path))
            keep(original, new_name(self.host.at(path)))
            os.replace(new_name(self.host.at(path)), self.host.at(path))
        else:
            remove(self.host.at(path))
        self.log(f"removed {path}")

    def check(self, changed):
        """First what is run, since checks need what it makes (users, folders); then all other checks."""
        files = [file for file in self.bundle.files if file.path in changed]
        makers = [file for file in files if "run" in file.action]
        self.check_files(makers)
        for file in makers:
            self.host.must(file.action["run"], RUN, f"what {file.path} is for")
        self.give_to_owners(files)
        touched = {unit for file in files for unit in units_of(file.action)}
        # A daemon may read several files, of which another has the check.
        affected = [file for file in self.bundle.files if touched & set(units_of(file.action))]
        self.check_files([*[file for file in files if file not in makers], *affected])

    def check_files(self, files):
        seen = set()
        for file in files:
            if not file.check or file.check in seen:
                continue
            seen.add(file.check)
            words = [self.host.at(file.path) if word == file.path else word for word in file.check]
            code, output = self.host.run(words, CHECK)
            if code != 0:
                raise Failure(f"{file.path} is not valid ({' '.join(file.check)}, exit {code}):\n{last_lines(output)}")

    def give_to_owners(self, files):
        if not self.host.sets_owners:
            return
        for file in files:
            owner = self.host.owner_ids(file)
            if owner is None:
                raise Failure(f"{file.path} shall belong to {file.owner}:{file.group}, who does not exist on this host")
            os.chown(self.host.at(file.path), *owner)
            os.chmod(self.host.at(file.path), file.mode)

    def operate(self, changed):
        wanted = self.wanted_operations(changed)
        removed = self.removals()
        gone = [name for name in self.state.units if name not in {unit.name for unit in self.bundle.units}]
        others = [name for name in wanted if name not in {unit.name for unit in self.bundle.units}]
        states = self.host.states([*gone, *others, *[unit.name for unit in self.bundle.units]])
        for name in gone:
            self.take_away(name, states[name])
        for path in removed:
            if path.startswith(UNITS):
                self.remove_one(path)
        if any(path.startswith(UNITS) for path in [*changed, *removed]):
            self.systemctl("daemon-reload")
            states = self.host.states([*others, *[unit.name for unit in self.bundle.units]])
        for name in others:
            if is_active(states[name]):
                self.do(wanted[name], Unit(name, "running"))
        for unit in self.bundle.units:
            self.bring_to(unit, states[unit.name], wanted.get(unit.name))
        self.see_that_it_stays()

    def wanted_operations(self, changed):
        """The strongest that the changed files ask for, by unit."""
        asked = [action for path in sorted(changed) for action in self.actions_of(path)]
        asked += [action for path in self.removals() for action in self.actions_of(path)]
        asked += [action for actions in self.journal.carried.values() for action in actions]
        wanted = {}
        for action in asked:
            for operation in OPERATIONS:
                if operation in action:
                    name = action[operation]
                    wanted[name] = max(operation, wanted.get(name, operation), key=OPERATIONS.index)
        return wanted

    def take_away(self, name, state):
        if is_active(state) or is_enabled(state):
            self.systemctl("disable", "--now", name)
            self.done.append(("took away", name))

    def bring_to(self, unit, state, operation):
        if unit.state == "off":
            self.take_away(unit.name, state)
            return
        if state.get("UnitFileState") == "disabled":
            self.systemctl("enable", unit.name)
            self.done.append(("enabled", unit.name))
        if is_active(state):
            # A daemon that never comes up has nothing to reload.
            if operation == "reload" and state.get("ActiveState") == "activating":
                operation = "restart"
            if operation is not None:
                self.do(operation, unit)
        elif unit.state == "running":
            if state.get("ActiveState") == "failed":
                self.systemctl("reset-failed", unit.name)
            self.do("start", unit, is_release=operation == "release")

    def do(self, operation, unit, is_release=False):
        if (operation == "release" or is_release) and unit.before is not None:
            self.systemctl("start", unit.before)
        self.done.append((past[operation], unit.name))
        self.systemctl("restart" if operation == "release" else operation, unit.name)
        # At its first start it may have to wait for others, who come later; then nobody uses it yet.
        if operation == "release" and unit.healthy is not None:
            self.wait_until_healthy(unit)

    def wait_until_healthy(self, unit):
        deadline = time.monotonic() + HEALTHY
        since = None
        while True:
            problem = what_is_wrong_at(unit.healthy)
            now = time.monotonic()
            since = None if problem else since if since is not None else now
            if since is not None and now - since >= unit.steady:
                return
            if now > deadline:
                raise Failure(f"{unit.name} is not healthy after {HEALTHY} s: {unit.healthy}: {problem or 'on and off'}")
            time.sleep(0.5)

    def see_that_it_stays(self):
        """A daemon that ends at once has been started for systemd all the same."""
        running = {unit.name for unit in self.bundle.units if unit.state == "running"}
        touched = [name for what, name in self.done if what in past.values() and name in running]
        if not touched:
            return
        time.sleep(self.settle)
        for name, state in self.host.states(touched).items():
            if state.get("ActiveState") == "failed" or state.get("SubState") == "auto-restart":
                _, output = self.host.run(["journalctl", "-q", "-n", "10", "-o", "cat", "-u", name], CHECK)
                raise Failure(f"{name} does not keep running:\n{last_lines(output)}")

    def systemctl(self, *words):
        self.host.must(["systemctl", *words], UNIT, words[0])
        self.log(f"systemctl {' '.join(words)}")

    def finish(self):
        """From now on it is the host's configuration."""
        ignore_signals()
        os.makedirs(self.state.originals, mode=0o700, exist_ok=True)
        for entry in self.journal.files:
            path, backup = entry["path"], entry["backup"]
            if backup is not None and path not in self.state.files:
                keep(os.path.join(self.journal.backups, backup), self.state.original(path))
        for path in self.removals():
            remove(self.state.original(path))
        self.state.write(self.bundle)
        self.journal.end()

    # Undoing it

    def roll_back(self):
        """Puts everything back, and in use again what was in use."""
        ignore_signals()
        problems = []

        def attempt(*words, seconds=UNIT):
            code, output = self.host.run(words, seconds)
            if code != 0:
                problems.append(f"{' '.join(words)}:\n{last_lines(output)}")

        paths = [*self.journal.carried, *[entry["path"] for entry in self.journal.files]]
        # What an interrupted run had taken into use, and this one did not get to.
        carried = [
            (past[operation], action[operation])
            for actions in self.journal.carried.values()
            for action in actions
            for operation in OPERATIONS
            if operation in action
        ]
        try:
            self.journal.restore_files()
        except OSError as problem:
            self.log(f"NOT PUT BACK, look at this host: {problem}")
            return NOT_PUT_BACK
        for path in paths:
            action = self.state.files.get(path, {})
            if "run" in action:
                attempt(*action["run"], seconds=RUN)
        if any(path.startswith(UNITS) for path in paths):
            attempt("systemctl", "daemon-reload")
        for what, name in reversed(self.done):
            if what == "started":
                attempt("systemctl", "stop", name)
            elif what == "enabled":
                attempt("systemctl", "disable", name)
        for what, name in dict.fromkeys([*self.done, *carried]):
            if what == "took away":
                attempt("systemctl", "enable", "--now", name)
            elif what in again:
                attempt("systemctl", again[what], name)
        self.journal.end()
        if problems:
            self.log("NOT PUT BACK, look at this host: the files are the old ones, but this failed:")
            for problem in problems:
                self.log(problem)
            return NOT_PUT_BACK
        self.log("everything is as it was before")
        return FAILED


def ignore_signals():
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)


past = {"start": "started", "reload": "reloaded", "restart": "restarted", "release": "released"}
again = {"reloaded": "reload-or-restart", "restarted": "restart", "released": "restart"}


def units_of(action):
    return [action[operation] for operation in OPERATIONS if operation in action]


def is_active(state):
    return state.get("ActiveState") in ("active", "reloading", "activating")


def is_enabled(state):
    return state.get("UnitFileState") in ("enabled", "enabled-runtime")


def found_in(given, name, what):
    if name not in given:
        raise Failure(f"{what} {name} is not given")
    return given[name]


def count(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def what_is_wrong_at(url):
    """Nothing where it answers with success; otherwise what is wrong."""
    try:
        with urllib.request.urlopen(url, timeout=3) as answer:
            return None if 200 <= answer.status < 300 else f"HTTP {answer.status}"
    except (OSError, ValueError) as problem:
        return str(problem)


# --- Beginning ---------------------------------------------------------------------------------------------------------


def lock(host, seconds):
    """The right to change this host, which ends with the process."""
    os.makedirs(os.path.dirname(host.at(LOCK)), exist_ok=True)
    descriptor = os.open(host.at(LOCK), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise Misuse(f"another run is at work on this host, and has been for {seconds} s") from None
            time.sleep(0.2)


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n", 1)[0],
        epilog="Ends with 0: done; 1: failed, and everything is as it was; 2: wrong use, nothing was touched; "
        "3: --check found something to do; 4: failed, and could not be put back.",
    )
    parser.add_argument("bundle", metavar="BUNDLE")
    parser.add_argument("--given", metavar="FILE", help='JSON with "values" and "secrets"; "-" is standard input')
    parser.add_argument("--expect", metavar="SHA256", help="of manifest.json")
    parser.add_argument("--check", action="store_true", help="say what would change, and change nothing")
    parser.add_argument("--wait", type=float, default=600, metavar="SECONDS", help="for another run to end")
    parser.add_argument("--root", default="/", metavar="DIR", help="the root of the host's files")
    parser.add_argument("--commands", metavar="PROGRAM", help="is given every command in the place of the host")
    parser.add_argument("--settle", type=float, default=1, metavar="SECONDS", help="until a daemon counts as running")
    return parser.parse_args()


def stop(number, _):
    raise Failure(f"stopped by {signal.Signals(number).name}")


def main():
    os.umask(0o077)
    options = arguments()
    log = Log({}, False)
    try:
        values, secrets = read_given(options.given)
        log = Log(secrets, options.root == "/")
        host = Host(options.root, options.commands, log)
        held = lock(host, options.wait)
        run = Run(host, read_bundle(options.bundle, options.expect), values, secrets, options.settle)
    except (Misuse, KeyError, TypeError, ValueError) as problem:
        log(f"cannot be used: {problem if isinstance(problem, Misuse) else type(problem).__name__}")
        return WRONG_USE
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    for each in STOPPING:
        signal.signal(each, stop)
    try:
        return run.preview() if options.check else run.converge()
    except Failure as problem:
        log(f"FAILED: {problem}")
        return FAILED
    finally:
        os.close(held)


if __name__ == "__main__":
    sys.exit(main())
