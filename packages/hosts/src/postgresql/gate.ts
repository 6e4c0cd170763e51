import { text } from '../template.js';
import type { Text } from '../text.js';
import type { Members } from './members.js';
import { patroniConfig } from './paths.js';

/** Waits until a cluster is whole: an apply is not over before, and what needs the database comes after it. */
export function gate({ cluster }: Members): Text {
  const { voter } = cluster;
  // Balancers are configured after what waits at the gate, and those votes with them.
  const later = voter?.tier === 'lb' ? `"voter ${voter.key}"` : '';
  return text`
#!/usr/bin/python3
"""Ends once database.${cluster.database.name} has a primary, every standby follows it, and everybody votes who can by now.

Says what is missing as long as something is.
"""

import time

import postgresql_cluster as cluster

# Whose host is configured after the gate.
LATER = (${later === '' ? '' : `${later},`})


def problems():
    try:
        yield from (sentence for key, sentence in cluster.missing_of_etcd() if key not in LATER)
        yield from (sentence for _, sentence in cluster.missing(cluster.patroni("GET", "/cluster")))
    except (OSError, ValueError, KeyError) as problem:
        yield f"this host cannot say yet: {problem}"


def main():
    said = None
    while True:
        found = list(problems())
        if not found:
            print("database.${cluster.database.name} is whole", flush=True)
            return
        if found != said:
            print("\n".join(found), flush=True)
        said = found
        time.sleep(1)


if __name__ == "__main__":
    main()
`;
}

/** What an operator has to know of a cluster: told by its primary's host, and by every host while there is none. */
export function watch({ cluster }: Members, sections: { readonly database: string; readonly quorum: string }): Text {
  return text`
#!/usr/bin/python3
"""What is wrong with database.${cluster.database.name}, as lines for the watch: key, sentence, detail, section of RUNBOOK.md."""

import sys

sys.path.insert(0, "/usr/local/lib/groundplan")

import postgresql_cluster as cluster


def told(key, sentence, detail, section):
    print(key, sentence, detail.replace("\n", " ").replace("\t", " "), section, sep="\t")


def main():
    try:
        found = cluster.patroni("GET", "/cluster")
    except (OSError, ValueError) as problem:
        told("patroni", "Patroni does not answer on this host", str(problem), "${sections.database}")
        return
    primary = cluster.leader(found)
    if primary is not None and primary["name"] != cluster.OWN:
        return
    for key, sentence in cluster.missing(found):
        told(key, sentence, "patronictl -c ${patroniConfig} list", "${sections.database}")
    try:
        for key, sentence in cluster.missing_of_etcd():
            told(key, sentence, "", "${sections.quorum}")
    except (OSError, ValueError, KeyError) as problem:
        detail = f"Nobody can take over until it has. {problem}"
        told("quorum", "the etcd of database.${cluster.database.name} has no majority", detail, "${sections.quorum}")


if __name__ == "__main__":
    main()
`;
}
