import { runbook } from '../alerts/index.js';
import { text } from '../template.js';
import type { Text } from '../text.js';

/**
 * Whether backups are fresh enough, by what the last look has found: the host whose turn the backups are says so, and of restore
 * tests the one whose turn those are.
 */
export const freshness: Text = text`
#!/usr/bin/python3
"""What is wrong with the backups, by what the last look has found. Printed for groundplan-watch, a line for each."""

import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import backups

# Seconds in which a look may fail before it is told, since a storage may be away for a moment.
PATIENCE = 3600


def problem(key, subject, detail, section):
    print("\t".join(" ".join(part.split()) for part in (key, subject, detail, section)))


def age(seconds):
    hours = round((time.time() - seconds) / 3600)
    return f"{hours} h" if hours < 72 else f"{hours // 24} days"


def main():
    look = backups.recall("look")
    if look.get("makes_backups"):
        newest = look.get("newest")
        if newest is None and time.time() - look["first"] > backups.OLDEST:
            problem("old", f"{backups.OWNER} has no backup", look["error"], "${runbook.backup}")
        elif newest is not None and time.time() - newest > backups.OLDEST:
            subject = f"the newest backup of {backups.OWNER} is {age(newest)} old"
            problem("old", subject, look["error"] or f"made {backups.moment(newest)}", "${runbook.backup}")
        if time.time() - min(look["failing"] or time.time(), look["at"]) > PATIENCE:
            subject = f"the backups of {backups.OWNER} cannot be looked at"
            problem("unseen", subject, look["error"], "${runbook.backup}")
        for key, subject, detail in look.get("problems", []):
            problem(key, subject, detail, "${runbook.backup}")
    if look.get("tests_restores") and backups.OLDEST_TEST is not None:
        test = backups.recall("restore-test")
        since = test.get("passed", look["first"])
        if time.time() - since > backups.OLDEST_TEST:
            subject = f"no restore test of {backups.OWNER} has passed for {age(since)}"
            problem("untested", subject, test.get("why", "none has run"), "${runbook.restoreTest}")


if __name__ == "__main__":
    main()
`;
