import type { Host } from '@groundplan/model';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { type Channel, statePath } from './paths.js';

/** What the programs of alerts share, as a module of Python's. */
export function library(host: Host, channels: readonly Channel[]): Text {
  const queues = channels.map(({ name, queue }) => `"${name}": "${queue}"`).join(', ');
  return text`
"""What the programs that tell an operator share: what is wrong now, what was told, and what is still to be sent.

Everything told is in the journal: journalctl -t groundplan-alert
"""

import contextlib
import fcntl
import json
import os
import subprocess
import time

HOST = "${host.name}"
STATE = "${statePath}/state.json"
# What is still to be sent, by the way that it goes: none where the journal alone is told.
QUEUES = {${queues}}

HOUR, DAY = 3600, 86400
# Messages that may wait to be sent; with more of them something else is wrong.
MOST_WAITING = 200
# Characters of what programs say about themselves.
MOST_DETAIL = 1500


@contextlib.contextmanager
def open_state():
    """The problems that are known, by key, and the events that were told, by subject; nobody else has them meanwhile."""
    with open(STATE + ".lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            with open(STATE, encoding="utf-8") as file:
                state = json.load(file)
        except (FileNotFoundError, ValueError):
            state = {}
        for part in ("problems", "events", "restarts"):
            state.setdefault(part, {})
        yield state
        with open(STATE + ".new", "w", encoding="utf-8") as file:
            json.dump(state, file, sort_keys=True)
        os.replace(STATE + ".new", STATE)


def open_problem(state, key, subject, detail, section):
    """Tells of something that is wrong until it is over; nothing new when it was told already."""
    problem = state["problems"].setdefault(key, {"since": time.time()})
    problem.update(subject=subject, detail=detail, section=section)
    problem.pop("gone", None)
    told = problem.get("told")
    if told is not None and time.time() - told < DAY:
        return
    since = f"since {moment(problem['since'])}"
    tell(subject if told is None else f"still: {subject}", since, detail, section)
    problem["told"] = time.time()


def close_problem(state, key):
    """Tells that a problem is over, if anybody was told of it."""
    problem = state["problems"].pop(key)
    if "told" in problem:
        gone = problem.get("gone", time.time())
        tell(f"over: {problem['subject']}", f"after {duration(gone - problem['since'])}", level=6)


def happened(state, subject, detail, section):
    """Tells of something that happened, once an hour at most; how often it did meanwhile is said the next time."""
    events, now = state["events"], time.time()
    for old in [each for each, event in events.items() if now - event["told"] > DAY]:
        del events[old]
    event = events.get(subject)
    if event is not None and now - event["told"] < HOUR:
        event["more"] += 1
        return
    more = 0 if event is None else event["more"]
    when = moment(now) if more == 0 else f"{moment(now)}, and {more} times since {moment(event['told'])}"
    tell(subject, when, detail, section)
    events[subject] = {"told": now, "more": 0}


def tell(subject, when, detail="", section="", level=3):
    """Says it in the journal, and leaves it for the sender."""
    lines = [f"{HOST}: {plain(' '.join(subject.split()))}", when]
    if detail.strip():
        lines.append(f"\`\`\`\n{plain(shortened(detail))}\n\`\`\`")
    if section:
        lines.append(f'What to do: RUNBOOK.md, "{section}"')
    priority = f"<{level}>" if "JOURNAL_STREAM" in os.environ else ""
    for line in "\n".join(lines).replace("\`\`\`\n", "").replace("\n\`\`\`", "").splitlines():
        print(priority + line, flush=True)
    for way in QUEUES:
        leave_for_sender(way, "\n".join(lines))


def leave_for_sender(way, message):
    queue = QUEUES[way]
    if len(os.listdir(queue)) >= MOST_WAITING:
        print(f"not sent by {way}, since {MOST_WAITING} others wait already", flush=True)
        return
    name = f"{time.time_ns():020d}-{os.getpid()}"
    new = os.path.join(os.path.dirname(queue), name)
    with open(new, "w", encoding="utf-8") as file:
        json.dump({"at": time.time(), "text": message}, file)
    os.chmod(new, 0o644)
    os.rename(new, os.path.join(queue, name))


def last_words(unit):
    """What a unit has said last, each line as it said it."""
    command = ["journalctl", f"--unit={unit}", "--lines=12", "--output=cat", "--no-pager", "--quiet"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def plain(text):
    """Without what chats take for a mention or the end of a quotation: programs say what users sent them."""
    kept = "".join(each for each in text if each.isprintable() or each == "\n")
    return kept.replace("<", "‹").replace(">", "›").replace("\`", "'")


def shortened(detail):
    """The end of it, where programs say why."""
    detail = detail.strip()
    return detail if len(detail) <= MOST_DETAIL else "…" + detail[-MOST_DETAIL:]


def moment(seconds):
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))


def duration(seconds):
    minutes = max(1, round(seconds / 60))
    if minutes < 120:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes < 2880 else f"{round(minutes / 1440)} days"
`;
}
