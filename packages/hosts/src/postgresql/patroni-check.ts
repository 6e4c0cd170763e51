import { text } from '../template.js';

/**
 * Patroni's own judgement of its file, on a host where it may be running: `patroni --validate-config` tries whether its ports are
 * free and etcd can be reached, which says nothing about the file.
 */
export const patroniCheck = text`
#!/usr/bin/python3
"""Exits with 0 when Patroni would take a configuration. Its ports may be in use, and etcd away.

  patroni-check FILE
"""

import socket
import sys
from types import SimpleNamespace

import yaml
from patroni import validator


def main(path):
    with open(path, encoding="utf-8") as file:
        config = yaml.safe_load(file)
    reachable = {tuple(each.rsplit(":", 1)) for each in config["etcd3"]["hosts"]}

    class Socket:
        """Whoever should answer does, and no port is taken."""

        def __init__(self, *_):
            pass

        def settimeout(self, _):
            pass

        def connect_ex(self, address):
            host, port = address
            return 0 if (host, str(port)) in reachable else 1

        def close(self):
            pass

    names = {name: getattr(socket, name) for name in dir(socket) if not name.startswith("__")}
    validator.socket = SimpleNamespace(**{**names, "socket": Socket})
    problems = [str(problem) for problem in validator.schema(config) or ()]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
`;
