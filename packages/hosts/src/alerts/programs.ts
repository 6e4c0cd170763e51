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

/** Takes messages to the webhook. */
export const send: Text = text`
#!/usr/bin/python3
"""Sends what waits to the webhook, several messages as one, until nothing waits any more.

A webhook that does not take them is asked again, less and less often. Its address is a secret: it is read from a file
for each attempt, and is in no message and no argument.
"""

import http.client
import json
import os
import time
import urllib.error
import urllib.request

import alerts

# Seconds: what comes together is sent together; between two messages; between attempts, at first and at last.
GATHER, BETWEEN, FIRST_PAUSE, LONGEST_PAUSE = 3, 20, 5, 600
# Seconds that a message may wait: an older one would tell of what is long over.
OLDEST = alerts.DAY
# Messages and characters in one.
MOST, LONGEST = 10, 12000


class NotTaken(Exception):
    """Why the webhook did not take it, without its address; \`after\` are the seconds that it asks to wait."""

    def __init__(self, reason, after=0):
        super().__init__(reason)
        self.after = after


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A message that is led elsewhere would arrive as an empty GET."""

    def redirect_request(self, *_):
        return None


def waiting():
    """The messages that wait, the oldest first: path and content."""
    found = []
    for name in sorted(os.listdir(alerts.QUEUE)):
        path = os.path.join(alerts.QUEUE, name)
        try:
            with open(path, encoding="utf-8") as file:
                message = json.load(file)
            is_old = time.time() - message["at"] > OLDEST
        except (OSError, ValueError, KeyError, TypeError):
            is_old = True
        if is_old:
            print(f"never sent, since nobody took it for too long: {name}", flush=True)
            os.unlink(path)
        else:
            found.append((path, message["text"]))
    return found


def joined(messages):
    text = "\n\n".join(text for _, text in messages[:MOST])
    if len(text) > LONGEST:
        text = text[:LONGEST] + " …"
    if len(messages) > MOST:
        text += f"\n\n{len(messages) - MOST} more on {alerts.HOST}: journalctl -t groundplan-alert"
    return text


def deliver(text):
    with open(os.path.join(os.environ["CREDENTIALS_DIRECTORY"], "webhook"), encoding="utf-8") as file:
        address = file.read().strip()
    try:
        request = urllib.request.Request(
            address,
            data=json.dumps({"text": text}).encode(),
            headers={"Content-Type": "application/json", "User-Agent": "groundplan-alert"},
        )
        with urllib.request.build_opener(NoRedirect).open(request, timeout=20):
            return
    except urllib.error.HTTPError as problem:
        after = problem.headers.get("Retry-After", "")
        raise NotTaken(f"it answers {problem.code}", int(after) if after.isdecimal() else 0) from None
    except urllib.error.URLError as problem:
        raise NotTaken(f"it cannot be reached: {problem.reason}") from None
    except OSError as problem:
        raise NotTaken(f"it cannot be reached: {problem}") from None
    except (ValueError, http.client.HTTPException) as problem:
        # What these say may hold the address.
        raise NotTaken(f"its address or its answer is none: {type(problem).__name__}") from None


def main():
    pause = FIRST_PAUSE
    time.sleep(GATHER)
    while messages := waiting():
        try:
            deliver(joined(messages))
        except NotTaken as problem:
            seconds = min(LONGEST_PAUSE, max(pause, problem.after))
            print(f"the webhook took nothing: {problem}; {len(messages)} wait, next attempt in {seconds:g} s", flush=True)
            time.sleep(seconds)
            pause = min(LONGEST_PAUSE, pause * 2)
            continue
        for path, _ in messages:
            os.unlink(path)
        print(f"sent {len(messages)}", flush=True)
        pause = FIRST_PAUSE
        time.sleep(BETWEEN)


if __name__ == "__main__":
    main()
`;
