import { text } from '../template.js';
import type { Text } from '../text.js';
import { asking } from './asking.js';
import { authorityPath, dataPath, memberPairPath, runtimeFolder, serverUnit, settingsPath } from './paths.js';

/**
 * The main process of the server's unit: it finds out what the other members know, starts the server accordingly and stays its parent.
 * systemd takes the unit for started at once, so that nothing ever waits for a cluster that is not there yet.
 */
export const member: Text = text`
#!/usr/bin/python3
"""Starts the MariaDB server of this host as a member of its cluster, after asking the other members how.

  member run               the main process of ${serverUnit}
  member hand-over         before a stop: waits for another member that can serve, then sends new connections there
  member gate              waits until all members serve, and says what is missing
  member status            what all members say of themselves
  member new-certificates  the server takes those that are in the files now
  member bootstrap         makes the cluster of the data of this host, whatever the others have: what only they have is lost
What it does and why: journalctl -u ${serverUnit}
"""

import concurrent.futures
import http.client
import http.server
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time

import decision
from server import DRAINING, Sampler, client

SETTINGS = "${settingsPath}"
PAIR, AUTHORITY = "${memberPairPath}", "${authorityPath}"
DATA = "${dataPath}"
STATE, VIEW, UNFINISHED = (f"{DATA}/{name}" for name in ("grastate.dat", "gvwstate.dat", "sst_in_progress"))
FORCED = "/run/${runtimeFolder}/bootstrap"
# What is decided at each start. As a file, since mariadb-backup has to read it too.
START = "/run/${runtimeFolder}/start.cnf"
# The ways to begin that make the cluster instead of joining one.
MAKING = ("elect", "resume", "forced")
MARIADBD = ["mariadbd", f"--defaults-extra-file={START}"]
NOBODY = "00000000-0000-0000-0000-000000000000"

# Seconds: between two looks at the others, and between saying "go elsewhere" and being gone, which is two checks of
# HAProxy and a half.
ROUND, NOTICE = 1, 3
# Seconds: for another member that is about to serve, before this one stops, and for one that does not answer, or at a shutdown.
LONGEST, HASTE = 300, 15
# Seconds to stop that a server gets which is not in the cluster: while it looks for it it hears no signal, and after a copy of
# changes that failed it never ends (seen with 10.11.19).
STOPPING = 10
# Seconds for the others to appear after a boot, and for Galera to heal by itself before all start anew.
PATIENCE, STUCK, GIVEN_UP = 30, 30, 5


class Member:
    """What this member says of itself. Phase and data change under the lock only."""

    def __init__(self):
        self.lock = threading.Lock()
        self.settings = read_settings()
        self.phase = "looking"
        self.data = {"data": "none", "history": None, "seqno": -1}
        self.sampler = Sampler("mysql")
        self.said = None
        self.child = None

    def view(self):
        last = self.phase == "waiting" and grastate().get("safe_to_bootstrap") == "1"
        return {
            "key": self.settings["key"],
            "phase": self.phase,
            **self.data,
            "saved_view": os.path.exists(VIEW),
            "last": last and self.data["data"] == "whole",
            "ready": self.phase == "primary" and self.sampler.is_ready(),
            "size": int((self.sampler.state() or {}).get("wsrep_cluster_size", 0)),
        }

    def grant(self, candidate):
        """Lets another member make the cluster: from here on this one can only join, or be asked again."""
        with self.lock:
            if not decision.may_grant(self.view(), candidate):
                return False
            forget(VIEW)
            if os.path.exists(STATE):
                write_grastate(safe_to_bootstrap="0")
        self.say(f"{candidate['key']} makes the cluster: nothing here is newer than what it has")
        return True

    def say(self, text):
        """Once, until it is something else."""
        if text != self.said:
            self.said = text
            print(text, flush=True)

    # How the server is started.

    def run(self):
        """Until the server ends by itself or is stopped; returns its exit code."""
        for path in (DRAINING, FORCED):
            forget(path)
        write_start_settings(self.settings)
        serve(self)
        while True:
            self.data, position = look_at_data()
            print(f"the data here: {shown(self.data)}", flush=True)
            self.phase = "waiting"
            way = self.find_way()
            os.makedirs(DATA, mode=0o700, exist_ok=True)
            if way in MAKING:
                self.make_room()
            self.start(way, position)
            code = self.watch()
            if code is not None:
                return code
            self.phase = "looking"
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)

    def find_way(self):
        began = time.monotonic()
        while True:
            self.settings = read_settings()
            others = ask_all(self.settings)
            patient = time.monotonic() - began < PATIENCE
            if os.path.exists(FORCED):
                forget(FORCED)
                way = self.forced_way(list(others.values()))
            else:
                way = decision.while_waiting(self.view(), list(others.values()), patient)
            if way == "elect":
                way = "elect" if self.elected(list(others)) else "wait"
            elif way != "wait":
                with self.lock:
                    # Since the look this member may have let another one lead.
                    again = decision.while_waiting(self.view(), list(others.values()), patient)
                    if way in ("resume", "recover") and again != way:
                        way = "wait"
                    else:
                        self.phase = "electing" if way in MAKING else "seeking"
            if way != "wait":
                self.say({
                    "join": "joining the cluster",
                    "elect": "making the cluster: all others agree that no data is newer",
                    "resume": "making the cluster: this server was the last to leave it",
                    "recover": "starting, to find the members that were in the cluster with this one",
                    "forced": "making the cluster of the data here, as an operator said",
                }[way])
                return way
            self.say(waits_for(self.view(), others))
            time.sleep(ROUND)

    def forced_way(self, others):
        if any(other is not None and other["phase"] == "primary" for other in others):
            return "join"
        if self.data["data"] == "whole":
            return "forced"
        self.say("there is no whole data here: bootstrap where there is")
        return "wait"

    def elected(self, keys):
        """Asks all others to let this member make the cluster, and says whether they do. Nobody is let while this one asks."""
        with self.lock:
            if self.phase != "waiting":
                return False
            me = self.view()
            self.phase = "electing"
        others = [member for member in self.settings["others"] if member["key"] in keys]
        answers = in_parallel(lambda member: ask(member, "POST", "/grant", me), others)
        agreed = all(answer == {"granted": True} for answer in answers)
        with self.lock:
            self.phase = "electing" if agreed else "waiting"
        return agreed

    def make_room(self):
        """Prepares what is here to be the beginning of the cluster."""
        forget(VIEW)
        if self.data["data"] == "none":
            create_data()
        elif os.path.exists(STATE):
            # Galera asks for this before it starts a cluster from data that it is not sure about; we have asked the others.
            write_grastate(safe_to_bootstrap="1")

    def start(self, way, position):
        write_start_settings(self.settings)
        arguments = []
        if position is not None:
            arguments.append(f"--wsrep-start-position={position}")
        if way in MAKING:
            arguments.append("--wsrep-new-cluster")
        self.child = subprocess.Popen([*MARIADBD, *arguments])
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())

    def stop(self):
        """Nothing is lost by killing a server that does not serve: what it has written it can recover, or copy again."""
        self.child.terminate()
        if self.phase != "primary":
            timer = threading.Timer(STOPPING, self.child.kill)
            timer.daemon = True
            timer.start()

    def begin_anew(self, why):
        print(f"stopping the server, to begin anew with what all members say, {why}", flush=True)
        self.stop()
        self.child.wait()
        forget(VIEW)

    def watch(self):
        """Until the server ends; returns its exit code, or None when it was stopped to begin anew."""
        stuck_since = None
        while self.child.poll() is None:
            state = self.sampler.state()
            if state is not None:
                self.phase = "primary" if state.get("wsrep_cluster_status") == "Primary" else "stranded"
            # Who makes the cluster is in it from the beginning, and a server that does not answer for a moment is what it was.
            is_in = self.phase in ("primary", "electing")
            if not is_in and os.path.exists(FORCED):
                return self.begin_anew("as an operator said")
            if is_in or decision.while_cut_off(self.view(), list(ask_all(self.settings).values())) == "stay":
                stuck_since = None
            elif stuck_since is None:
                stuck_since = time.monotonic()
            elif time.monotonic() - stuck_since > (GIVEN_UP if has_given_up(state) else STUCK):
                return self.begin_anew("since it has been cut off for long though others can be heard")
            time.sleep(ROUND / 2)
        code = self.child.returncode
        return code if code >= 0 else 128 - code


def has_given_up(state):
    """Whether Galera itself has closed its connections, as after a copy of changes that failed: it never opens them again."""
    return state is not None and state.get("wsrep_cluster_status") == "Disconnected"


def write_start_settings(settings):
    """Who the members are, and how much memory is for data: a server type may have changed since the last start."""
    addresses = ",".join(sorted([settings["address"], *(other["address"] for other in settings["others"])]))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    pool = max(memory * settings["buffer_pool_percent"] // 100 >> 26, 1)
    lines = ["[mysqld]", f"wsrep_cluster_address = gcomm://{addresses}", f"innodb_buffer_pool_size = {pool * 64}M"]
    replace_file(START, "\n".join(lines) + "\n")


# The data of this host.

def look_at_data():
    """What is in the data folder, and the position to start from when the server cannot know it by itself."""
    nothing = {"data": "none", "history": None, "seqno": -1}
    if os.path.exists(UNFINISHED):
        return {**nothing, "data": "damaged"}, None
    found = [name for name in ("mysql", "ibdata1") if os.path.exists(f"{DATA}/{name}")]
    if len(found) < 2:
        return {**nothing, "data": "damaged" if found else "none"}, None
    state = grastate()
    history, seqno = state.get("uuid", NOBODY), int(state.get("seqno", "-1"))
    if history != NOBODY and seqno >= 0:
        return {"data": "whole", "history": history, "seqno": seqno}, None
    recovered = recovered_position()
    if recovered is None:
        return {**nothing, "data": "damaged"}, None
    if recovered[0] == NOBODY:
        # From no cluster, such as a backup that was put here: data all the same.
        return {"data": "whole", "history": NOBODY, "seqno": -1}, None
    return {"data": "whole", "history": recovered[0], "seqno": recovered[1]}, f"{recovered[0]}:{recovered[1]}"


def recovered_position():
    """What the storage engine says after it has recovered from a crash; None when it cannot."""
    command = [*MARIADBD, "--wsrep-recover", "--disable-log-error"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    found = re.findall(r"WSREP: Recovered position: ([0-9a-f-]{36}):(-?[0-9]+)", done.stderr)
    if done.returncode != 0 or not found:
        print(f"the server cannot recover its data:\n{done.stderr}", file=sys.stderr, flush=True)
        return None
    return found[-1][0], int(found[-1][1])


def grastate():
    try:
        with open(STATE, encoding="ascii", errors="replace") as file:
            return dict(re.findall(r"^(\w+):\s*(\S*)", file.read(), re.MULTILINE))
    except FileNotFoundError:
        return {}


def write_grastate(**changes):
    lines = [f"{name}: {value}" for name, value in {**grastate(), **changes}.items()]
    replace_file(STATE, "# GALERA saved state\n" + "\n".join(lines) + "\n")


def replace_file(path, content):
    with open(path + ".new", "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".new", path)
    settle(path)


def forget(path):
    if os.path.exists(path):
        os.remove(path)
        settle(path)


def settle(path):
    """What others were told of a file must be so after a power cut as well."""
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def create_data():
    """System tables, made beside the data folder, so that what is not finished is never taken for data."""
    new = f"{DATA}.new"
    shutil.rmtree(new, ignore_errors=True)
    command = ["mariadb-install-db", f"--datadir={new}", "--skip-test-db", "--skip-name-resolve", "--skip-log-bin"]
    users = ["--auth-root-authentication-method=socket", "--auth-root-socket-user=mysql"]
    subprocess.run([*command, *users, "--wsrep-on=OFF"], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(DATA, ignore_errors=True)
    os.rename(new, DATA)


def shown(data):
    return f"up to change {data['seqno']} of cluster {data['history']}" if data["data"] == "whole" else data["data"]


# The other members.

def read_settings():
    with open(SETTINGS, encoding="utf-8") as file:
        return json.load(file)


${asking}

class Handler(http.server.BaseHTTPRequestHandler):
    timeout = 5

    def setup(self):
        self.request.settimeout(self.timeout)
        self.request.do_handshake()
        super().setup()

    def do_GET(self):
        self.answer(self.server.member.view() if self.path == "/state" else None)

    def do_POST(self):
        candidate = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 10000)))
        if self.path != "/grant" or candidate.get("key") not in self.names_of_peer():
            self.answer(None)
            return
        self.answer({"granted": self.server.member.grant(candidate)})

    def names_of_peer(self):
        """The keys of the members that have the address in the certificate of whoever asks."""
        certified = [value for kind, value in self.request.getpeercert().get("subjectAltName", ()) if kind == "IP Address"]
        return [other["key"] for other in self.server.member.settings["others"] if other["address"] in certified]

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200 if value is not None else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Members ask once a second."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def get_request(self):
        """With the certificates as they are now, since they change while this runs; the handshake has a thread of its own."""
        connection, address = self.socket.accept()
        try:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(AUTHORITY)
            context.load_cert_chain(PAIR)
            return context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address
        except OSError:
            connection.close()
            raise

    def handle_error(self, request, client_address):
        """Whoever hangs up, or is nobody of ours, is not worth a line."""


def serve(member):
    server = Server((member.settings["address"], member.settings["port"]), Handler)
    server.member = member
    threading.Thread(target=server.serve_forever, daemon=True).start()


# For people, and for the unit.

def waits_for(me, others):
    missing = [key for key, other in others.items() if other is None]
    if missing:
        return f"waiting for {', '.join(missing)}: only with what they say can the cluster be made"
    histories = {member["history"] for member in [me, *others.values()] if member["data"] == "whole"}
    if len(histories) > 1:
        return "the members have data of different clusters: move away what is wrong, then restart ${serverUnit} there"
    if not histories and any(member["data"] == "damaged" for member in [me, *others.values()]):
        return "no member has whole data: restore a backup on one of them"
    return "waiting for another member, which makes the cluster"


def ask_everybody(settings):
    """The members, this one among them, each with its key and what it says of itself."""
    members = sorted([own(settings), *settings["others"]], key=lambda member: member["key"])
    answers = in_parallel(lambda member: ask(member, "GET", "/state"), members)
    return [(member["key"], answer) for member, answer in zip(members, answers)]


def own(settings):
    return {"key": settings["key"], "address": settings["address"], "port": settings["port"]}


def status():
    for key, answer in ask_everybody(read_settings()):
        if answer is None:
            print(f"{key}: no answer")
        else:
            ready = "ready" if answer["ready"] else "not ready"
            data = shown(answer) if answer["phase"] in ("waiting", "electing") else "in use"
            print(f"{key}: {answer['phase']}, {ready}, data: {data}")


def gate():
    said = None
    while True:
        found = missing(read_settings())
        if not found:
            print("all members of the cluster serve", flush=True)
            return
        if found != said:
            print("\n".join(found), flush=True)
        said = found
        time.sleep(ROUND)


def missing(settings):
    everybody = ask_everybody(settings)
    found = [f"{key} does not answer" for key, answer in everybody if answer is None]
    found += [f"{key} does not serve: {answer['phase']}" for key, answer in everybody if answer and not answer["ready"]]
    if found:
        return found
    if any(answer["size"] < settings["votes"] for _, answer in everybody):
        return ["the voter beside the members is not there"]
    question = f"SELECT COUNT(*) FROM mysql.global_priv WHERE User = '{settings['user']}';"
    done = subprocess.run(client("root"), input=question, capture_output=True, text=True, check=False)
    return [] if done.stdout.strip() == "1" else ["the apps' user is not there yet"]


def hand_over():
    settings = read_settings()
    me = ask(own(settings), "GET", "/state")
    if me is None or not me["ready"] or not settings["others"]:
        return
    began = seen = time.monotonic()
    patience = HASTE if is_shutting_down() else LONGEST
    while time.monotonic() - began < patience:
        answers = [answer for answer in ask_all(settings).values() if answer is not None]
        if any(answer["ready"] for answer in answers):
            break
        if any(answer["phase"] != "waiting" for answer in answers):
            seen = time.monotonic()
        elif time.monotonic() - seen > HASTE:
            print("no other member is about to serve: stopping without one that takes over", flush=True)
            break
        time.sleep(ROUND)
    with open(DRAINING, "w", encoding="ascii"):
        pass
    time.sleep(NOTICE)


def is_shutting_down():
    state = subprocess.run(["systemctl", "is-system-running"], capture_output=True, text=True, check=False)
    return state.stdout.strip() == "stopping"


def new_certificates():
    """A server that does not run yet reads them when it starts."""
    statements = "FLUSH SSL; SET GLOBAL wsrep_provider_options = 'socket.ssl_reload=1';"
    user = "root" if os.getuid() == 0 else "mysql"
    done = subprocess.run(client(user), input=statements, capture_output=True, text=True, check=False)
    if done.returncode != 0 and "ERROR 2002" not in done.stderr:
        sys.exit(f"the server does not take them: {done.stderr.strip()}")


def force():
    try:
        with open(FORCED, "w", encoding="ascii"):
            pass
    except FileNotFoundError:
        sys.exit("${serverUnit} is not running: systemctl start ${serverUnit}")
    print("if the server waits for others it now makes the cluster: journalctl -fu ${serverUnit}")


COMMANDS = {
    "run": lambda: sys.exit(Member().run()),
    "hand-over": hand_over,
    "gate": gate,
    "status": status,
    "new-certificates": new_certificates,
    "bootstrap": force,
}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit("usage: member " + "|".join(COMMANDS))
    COMMANDS[sys.argv[1]]()
`;
