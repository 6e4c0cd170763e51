import type { Cluster, Host } from '@groundplan/model';
import { galeraCheckPort } from '../ports.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { runbook } from './runbook.js';

/** Whether a Galera cluster is whole, by what the check of its own says that apps ask as well. */
export function galeraCheck({ database, members, voter }: Cluster, host: Host): Text {
  return text`
#!/usr/bin/python3
"""What is wrong with the Galera cluster of database.${database.name}. Printed for groundplan-watch, a line for each."""

import urllib.error
import urllib.request

# With the voter, where there is one.
MEMBERS = ${members.length + (voter === undefined ? 0 : 1)}


def problem(key, subject, detail, section):
    print("\t".join((key, subject, detail, section)))


def said():
    try:
        with urllib.request.urlopen("http://${host.address}:${galeraCheckPort}/", timeout=10) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.read().decode()
    except OSError as failure:
        return str(failure)


def main():
    text = said().strip()
    state = dict(word.split("=", 1) for word in text.split() if "=" in word)
    if "wsrep_cluster_status" not in state:
        problem("server", "MariaDB of database.${database.name} does not answer here", text, "${runbook.database}")
    elif state["wsrep_cluster_status"] != "Primary":
        subject = "this member of database.${database.name} is cut off from the majority: it neither reads nor writes"
        problem("majority", subject, "It comes back by itself once it sees the others.", "${runbook.quorum}")
    elif int(state.get("wsrep_cluster_size", MEMBERS)) < MEMBERS:
        subject = f"database.${database.name} has {state['wsrep_cluster_size']} of {MEMBERS} members"
        problem("member", subject, "groundplan-galera status shows who is there", "${runbook.database}")
    elif state.get("wsrep_local_state") not in ("2", "4"):
        problem("behind", "this member of database.${database.name} has not caught up", text, "${runbook.database}")


if __name__ == "__main__":
    main()
`;
}
