import { text } from '../template.js';
import type { Text } from '../text.js';
import { checkUser } from './paths.js';

/** Makes the apps' database and user, and gives the user a new password with the old one still good for a day. */
export function users(sqlName: string): Text {
  return text`
#!/usr/bin/python3
"""Makes the database ${sqlName} and its user, and that of the check, once this server is part of the cluster.

A new password is added to the one before, so that apps can change one after another; after a day the old one goes. A host
that was not told of a change leaves alone what others have set. No password is in a command or a statement: the server
is given what it would store.
"""

import hashlib
import json
import os
import subprocess
import sys
import time

from server import Sampler, client

NAME = "${sqlName}"
DAY = 86400


def main():
    with open(os.path.join(os.environ["CREDENTIALS_DIRECTORY"], "app-password"), encoding="ascii") as file:
        mine = stored_form(file.read().strip())
    stamp = os.path.join(os.environ["STATE_DIRECTORY"], "app-password")
    sampler = Sampler("mysql")
    while not sampler.is_ready():
        time.sleep(1)
    run(
        f"CREATE DATABASE IF NOT EXISTS \`{NAME}\` CHARACTER SET utf8mb4;"
        "CREATE USER IF NOT EXISTS '${checkUser}'@localhost IDENTIFIED VIA unix_socket;"
    )
    valid = wanted(passwords(), mine, *read_stamp(stamp))
    if valid is not None:
        set_passwords(valid)
    write_stamp(stamp, mine)


def wanted(current, mine, stamped, age):
    """The passwords that are to be valid, the newest first; None to leave things as they are."""
    if not current:
        return [mine]
    if stamped != mine:
        return None if current[0] == mine else [mine, current[0]]
    return [mine] if current[0] == mine and len(current) > 1 and age > DAY else None


def stored_form(password):
    """What mysql_native_password keeps of a password."""
    return "*" + hashlib.sha1(hashlib.sha1(password.encode()).digest()).hexdigest().upper()


def passwords():
    """The stored forms that the user has now, the newest first; none without a user."""
    found = run(f"SELECT Priv FROM mysql.global_priv WHERE User = '{NAME}' AND Host = '%';").strip()
    if not found:
        return []
    rights = json.loads(found)
    ways = [rights if not way else way for way in rights.get("auth_or", [rights])]
    return [way["authentication_string"] for way in ways if way.get("authentication_string")]


def set_passwords(valid):
    ways = " OR ".join(f"mysql_native_password USING '{each}'" for each in valid)
    # In GRANT an underscore stands for any character.
    pattern = NAME.replace("_", "\\_")
    run(
        f"CREATE USER IF NOT EXISTS '{NAME}'@'%' IDENTIFIED VIA {ways};"
        f"ALTER USER '{NAME}'@'%' IDENTIFIED VIA {ways};"
        f"GRANT ALL PRIVILEGES ON \`{pattern}\`.* TO '{NAME}'@'%';"
    )
    print(f"user {NAME}: {len(valid)} passwords are valid" if len(valid) > 1 else f"user {NAME}: one password is valid")


def read_stamp(path):
    """The password that this host has set last, and how many seconds ago."""
    try:
        with open(path, encoding="ascii") as file:
            return file.read().strip(), time.time() - os.path.getmtime(path)
    except FileNotFoundError:
        return None, 0


def write_stamp(path, mine):
    if read_stamp(path)[0] == mine:
        return
    with open(path + ".new", "w", encoding="ascii") as file:
        file.write(mine + "\n")
    os.replace(path + ".new", path)


def run(statements):
    done = subprocess.run(client("mysql"), input=statements, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        sys.exit(f"the server refused: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    main()
`;
}
