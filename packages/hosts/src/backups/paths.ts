/** Belongs to the user of the database. */
export const statePath = '/var/lib/groundplan/backups';
export const backupProgram = '/usr/local/lib/groundplan/backup';
export const libraryPath = '/usr/local/lib/groundplan/backups.py';
/** Whatever else a database's user needs for its backups. */
export const secretsFolder = '/etc/groundplan/backups';
