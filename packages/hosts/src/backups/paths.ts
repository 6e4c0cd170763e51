/** Belongs to the user of the database. */
export const statePath = '/var/lib/groundplan/backups';
export const backupProgram = '/usr/local/lib/groundplan/backup';
/** pgBackRest wants to find its own name in the command that PostgreSQL calls. */
export const pushProgramPath = '/usr/local/lib/groundplan/pgbackrest-push';
export const libraryPath = '/usr/local/lib/groundplan/backups.py';
/** The unit that does something of the backups, without `.service` or the `.timer` that starts it. */
export function backupUnit(what: string): string {
  return `groundplan-backup@${what}`;
}
/** Whatever else a database's user needs for its backups. */
export const secretsFolder = '/etc/groundplan/backups';
