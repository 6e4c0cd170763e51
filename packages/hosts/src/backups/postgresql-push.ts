import type { Database } from '@groundplan/model';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { stanzaOf } from './pgbackrest-conf.js';

/**
 * PostgreSQL's `archive_command`. A server that shuts down waits for its archiver, which ends the round that it is in and makes
 * another one, of three attempts each: a restart would take six times what one attempt may take while the storage is away. An exit
 * code above 125 ends the archiver at once, and nobody starts it again in a server that shuts down (postgresql.org,
 * "Continuous Archiving and Point-in-Time Recovery"; `shell_archive_file` and `reaper` of PostgreSQL 15).
 */
export function pushProgram(database: Database): Text {
  return text`
#!/bin/sh
# Sends a segment of the log of database.${database.name} to its backups. Called by PostgreSQL, in the folder of its data.
#   pgbackrest-push pg_wal/SEGMENT
set -u

code=0
pgbackrest --stanza=${stanzaOf(database)} archive-push "$1" || code=$?
[ "$code" -ne 0 ] || exit 0

# A server that shuts down would try six times. What is not sent is kept, and sent when a server has started again.
if grep -q '^stopping' postmaster.pid; then
  echo "the log is sent after the next start" >&2
  exit 126
fi
# More than 125 would end the archiver.
[ "$code" -le 125 ] || code=125
exit "$code"
`;
}
