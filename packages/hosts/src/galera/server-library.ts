import { text } from '../template.js';
import type { Text } from '../text.js';
import { drainingPath, serverSocket } from './paths.js';

/** What the programs around the server share: its state, by a client that stays connected, since a check every half second must be cheap. */
export const serverLibrary: Text = text`
"""The state of the MariaDB server of this host, looked at twice a second."""

import os
import subprocess
import threading
import time

SOCKET = "${serverSocket}"
DRAINING = "${drainingPath}"
INTERVAL, TOO_OLD = 0.5, 3

QUERY = (
    "select group_concat(variable_name, '=', variable_value separator ' ') from information_schema.global_status "
    "where variable_name in ('wsrep_ready', 'wsrep_cluster_status', 'wsrep_local_state', 'wsrep_cluster_size');\n"
)


def client(user):
    return ["mariadb", "--no-defaults", f"--socket={SOCKET}", f"--user={user}", "--batch", "--raw", "--skip-column-names"]


class Sampler:
    """Keeps the newest answer of the server; None when there is none that is fresh."""

    def __init__(self, user):
        self._user = user
        self._taken = (0.0, None)
        threading.Thread(target=self._run, daemon=True).start()

    def state(self):
        at, values = self._taken
        return values if time.monotonic() - at < TOO_OLD else None

    def is_ready(self):
        """Whether transactions may come here.

        A donor may take them as well: mariadb-backup copies while the server works, and where there are two servers the
        donor is the only one.
        """
        values = self.state()
        return (
            values is not None
            and values.get("wsrep_ready") == "ON"
            and values.get("wsrep_cluster_status") == "Primary"
            and values.get("wsrep_local_state") in ("2", "4")
            and not os.path.exists(DRAINING)
        )

    def _run(self):
        while True:
            try:
                self._ask()
            except OSError:
                pass
            time.sleep(INTERVAL)

    def _ask(self):
        if not os.path.exists(SOCKET):
            return
        command = [*client(self._user), "--unbuffered", "--connect-timeout=2"]
        pipe, null = subprocess.PIPE, subprocess.DEVNULL
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=null, text=True, bufsize=1) as process:
            try:
                while True:
                    process.stdin.write(QUERY)
                    process.stdin.flush()
                    line = process.stdout.readline()
                    if not line:
                        return
                    pairs = (word.split("=", 1) for word in line.split() if "=" in word)
                    self._taken = (time.monotonic(), {name.lower(): value for name, value in pairs})
                    time.sleep(INTERVAL)
            finally:
                self._taken = (0.0, None)
                process.kill()
`;
