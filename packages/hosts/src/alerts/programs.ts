import { text } from '../template.js';
import type { Text } from '../text.js';
import { runbook } from './runbook.js';

/** Tells of one thing. */
export const alert: Text = text`
#!/usr/bin/python3
"""Tells an operator that something happened or that a unit failed. It never waits: a sender of its own takes it on.

    alert [--do SECTION] SUBJECT [DETAIL]   something happened; the same subject is told once an hour
    alert --unit NAME                       a unit failed, until it has succeeded again (groundplan-alert@.service)
"""

import argparse
import subprocess

import alerts


def main():
    parser = argparse.ArgumentParser(description="Tells an operator that something happened.")
    parser.add_argument("subject", nargs="?", metavar="SUBJECT")
    parser.add_argument("detail", nargs="?", default="", metavar="DETAIL")
    parser.add_argument("--do", default="", metavar="SECTION", help="the section of RUNBOOK.md")
    parser.add_argument("--unit", metavar="NAME", help="the unit that failed")
    given = parser.parse_args()
    if (given.unit is None) == (given.subject is None):
        parser.error("either SUBJECT or --unit is needed")
    with alerts.open_state() as state:
        if given.unit is None:
            alerts.happened(state, given.subject, given.detail, given.do)
        else:
            said = alerts.last_words(given.unit)
            alerts.open_problem(state, f"unit {given.unit}", f"{given.unit} failed", said, "${runbook.unit}")


if __name__ == "__main__":
    main()
`;
