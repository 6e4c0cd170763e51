import { text } from '../template.js';
import type { Text } from '../text.js';

/** Takes messages to the webhook, or to the relay for mails. */
export const send: Text = text`
#!/usr/bin/python3
"""Sends what waits, several messages as one, until nothing waits any more.

    alert-send webhook   as JSON, to an address
    alert-send mail      to a relay, which sends it on

Whoever does not take it is asked again, less and less often. Addresses and passwords are secrets: they are read from a file
for each attempt, and are in no line that is said here and in no argument.
"""

import email.message
import email.utils
import http.client
import json
import os
import smtplib
import ssl
import sys
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
# Seconds for one answer, and characters of it that are said.
PATIENCE, LONGEST_ANSWER = 20, 200


class NotTaken(Exception):
    """Why nobody took it, without addresses; \`after\` are the seconds to wait that were asked for."""

    def __init__(self, reason, after=0):
        super().__init__(reason)
        self.after = after


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A message that is led elsewhere would arrive as an empty GET."""

    def redirect_request(self, *_):
        return None


def waiting(queue):
    """The messages that wait, the oldest first: path and content."""
    found = []
    for name in sorted(os.listdir(queue)):
        path = os.path.join(queue, name)
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


def settings_of(way):
    with open(os.path.join(os.environ["CREDENTIALS_DIRECTORY"], way), encoding="utf-8") as file:
        return file.read()


def to_webhook(messages):
    try:
        request = urllib.request.Request(
            settings_of("webhook").strip(),
            data=json.dumps({"text": joined(messages)}).encode(),
            headers={"Content-Type": "application/json", "User-Agent": "groundplan-alert"},
        )
        with urllib.request.build_opener(NoRedirect).open(request, timeout=PATIENCE):
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


def by_mail(messages):
    settings = dict(line.split(" ", 1) for line in settings_of("mail").splitlines() if " " in line)
    try:
        mail = mail_of(messages, settings)
    except ValueError as problem:
        # What this says may hold an address.
        raise NotTaken(f"an address is none: {type(problem).__name__}") from None
    try:
        with relay(settings) as connection:
            if "user" in settings:
                connection.login(settings["user"], settings["password"])
            connection.send_message(mail)
    except smtplib.SMTPRecipientsRefused as problem:
        code, said = next(iter(problem.recipients.values()))
        raise NotTaken(answer(code, said, settings)) from None
    except smtplib.SMTPResponseException as problem:
        raise NotTaken(answer(problem.smtp_code, problem.smtp_error, settings)) from None
    except smtplib.SMTPNotSupportedError as problem:
        raise NotTaken(f"it cannot do what it must: {problem}") from None
    except (smtplib.SMTPException, OSError) as problem:
        raise NotTaken(f"it cannot be reached: {without(str(problem), settings)}") from None
    except UnicodeError:
        raise NotTaken("a user or a password of such letters is taken by no relay") from None


def relay(settings):
    """A connection that is encrypted as it must be: to a relay that cannot prove its name, nothing is said."""
    at = {"host": settings["host"], "port": int(settings["port"]), "local_hostname": alerts.HOST, "timeout": PATIENCE}
    context = ssl.create_default_context()
    if settings["tls"] == "implicit":
        return smtplib.SMTP_SSL(**at, context=context)
    connection = smtplib.SMTP(**at)
    if settings["tls"] == "starttls":
        try:
            connection.starttls(context=context)
        except BaseException:
            connection.close()
            raise
    return connection


def mail_of(messages, settings):
    mail = email.message.EmailMessage()
    subject = messages[0][1].split("\n", 1)[0]
    more = f" (and {len(messages) - 1} more)" if len(messages) > 1 else ""
    mail["Subject"] = subject[:120] + more
    mail["From"] = settings["from"]
    mail["To"] = settings["to"]
    mail["Date"] = email.utils.formatdate()
    mail["Message-ID"] = email.utils.make_msgid(domain=settings["from"].rpartition("@")[2])
    # Nobody's absence is answered to a machine (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    text = joined(messages)
    mail.set_content(text.replace("\`\`\`\n", "").replace("\n\`\`\`", "") + "\n")
    return mail


def answer(code, said, settings):
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return f"it answers {code}: {without(words, settings)}"


def without(words, settings):
    """What a relay says, in one line and without what may be a secret."""
    for key in ("to", "from", "user", "password"):
        if settings.get(key):
            words = words.replace(settings[key], "…")
    return " ".join(alerts.plain(words).split())[:LONGEST_ANSWER]


WAYS = {"webhook": ("the webhook", to_webhook), "mail": ("the relay", by_mail)}


def main():
    way = sys.argv[1]
    name, deliver = WAYS[way]
    queue = alerts.QUEUES[way]
    pause = FIRST_PAUSE
    time.sleep(GATHER)
    while messages := waiting(queue):
        try:
            deliver(messages)
        except NotTaken as problem:
            seconds = min(LONGEST_PAUSE, max(pause, problem.after))
            print(f"{name} took nothing: {problem}; {len(messages)} wait, next attempt in {seconds:g} s", flush=True)
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
