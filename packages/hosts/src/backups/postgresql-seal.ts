import { text } from '../template.js';
import type { Text } from '../text.js';

/**
 * Part of the program of the backups. A primary archives what it has written itself: PostgreSQL marks what a standby receives as
 * archived, while the primary that sent it may have had no time to send it to the storage as well (`XLogArchiveForceDone` in the
 * WAL receiver of PostgreSQL 15). Without those segments nothing after them could be restored before the next backup.
 */
export const seal: Text = text`
def history(timeline):
    """The timelines before one: the number of each, and of the segment in which it ended."""
    if timeline == 1:
        return
    with open(f"{DATA}/pg_wal/{timeline:08X}.history", encoding="utf-8") as file:
        for line in file:
            if "\t" in line:
                number, at, _ = line.split("\t", 2)
                high, low = at.split("/")
                yield int(number), (int(high, 16) * 2**32 + int(low, 16)) // SEGMENT


def number_of(segment):
    return int(segment[8:16], 16) * PER_FILE + int(segment[16:24], 16)


def seal(found, timeline):
    """Sends what the primaries before this one had no time to send, and says whether anything is missing then."""
    newest = number_of(found["backup"][-1]["archive"]["stop"])
    archive = f"archive/{STANZA}/{found['archive'][-1]['id']}"
    folders, lost, begin = {}, False, 0
    for number, end in history(timeline):
        for segment in range(max(begin, newest), end):
            name = f"{number:08X}{segment // PER_FILE:08X}{segment % PER_FILE:08X}"
            folder = name[:16]
            if folder not in folders:
                listed = backups.run(["pgbackrest", "--log-level-console=off", "repo-ls", f"{archive}/{folder}"])
                folders[folder] = {each[:24] for each in listed.split()}
            path = f"{DATA}/pg_wal/{name}"
            if name in folders[folder]:
                continue
            if os.path.exists(path):
                pgbackrest("--no-archive-async", "archive-push", path)
                say(f"{name} is sent, which the primary before this one had not sent")
            else:
                say(f"{name} is neither here nor in the backups")
                lost = True
        begin = end
    return lost
`;
