import { entry } from './entry.js';

/** Backups: that they exist, that they share no fate with the data, and that they can be restored. */
export const backup = {
  'backup/missing': entry<{ owner: string; bucket?: string }>({
    severity: 'error',
    title: 'Data without a backup',
    message: ({ owner, bucket }) =>
      `${owner} has no backup: write backup: ${bucket ?? 'bucket.<name>, a private bucket in another location'}`,
    docs: `Standbys and replicas are no backup: they copy a wrong \`DELETE\`, a broken migration and a compromised account within the second. Hetzner's own snapshots of servers do not contain volumes. So everything that keeps data must say where its backups go.

\`backup: bucket.dumps\` is enough. A database then archives continuously and can be restored to any moment; files are copied every six hours. Backups are encrypted on the host, restored once a week as a test, and an operator is told when the newest one is too old.

The target should be in another location than the data, and in a bucket that no app has a key to. A server of your own (\`external\`) is fine as well.`,
  }),
  'backup/same-location': entry<{ target: string; owners: string; location: string; elsewhere?: string }>({
    severity: 'warning',
    title: 'Backups that are kept where the data is',
    message: ({ target, owners, location, elsewhere }) =>
      `${target} keeps the backups of ${owners} in ${location}, where the data is: ${elsewhere === undefined ? 'keep them somewhere else' : `keep them in ${elsewhere}`}`,
    docs: `A fire, a flood or a broken network takes a whole location. Backups are for the day on which the data is gone, so they must not go with it: keep them in a location where none of the data is.

Buckets can be in Falkenstein (\`fsn1\`), Nuremberg (\`nbg1\`) and Helsinki (\`hel1\`). A bucket does not move: with another location Terraform makes a new one, so copy what is in the old one first, or let the new one fill up before you remove it.`,
  }),
  'backup/public': entry<{ target: string; owners: string }>({
    severity: 'error',
    title: 'Backups in a public bucket',
    message: ({ target, owners }) =>
      `everybody can read ${target}, and the backups of ${owners} are in it: make it private, or use another bucket`,
    docs: `What is in a public bucket can be read by everybody who knows or guesses its name, without a key. Encryption helps only as long as the key stays secret, and names of files alone say a lot.

Make the bucket private. If it also holds what the public is to see, give the backups a bucket of their own.`,
  }),
  'backup/shared-bucket': entry<{ target: string; owners: string; apps: string }>({
    severity: 'error',
    title: 'Backups in a bucket that apps write to',
    message: ({ target, owners, apps }) =>
      `${apps} can write to ${target}, which holds the backups of ${owners}: one stolen key takes both, give the backups a bucket of their own`,
    docs: `Whoever breaks into an app has its keys. When the same key opens the backups, an attacker deletes the data and then the backups of it, which is what ransomware does first.

Declare another bucket for the backups, private, with no \`writers\`, and to which no app refers by \`access_key\` or \`secret_key\`. At Hetzner a key opens every bucket of its project, so that the safest place is a bucket in a project of its own; within one project Groundplan denies the apps' key by a policy of the bucket.`,
  }),
  'backup/unverified': entry({
    severity: 'warning',
    title: 'Backups that nobody has restored',
    message: () =>
      'these backups are never restored as a test, so nobody knows whether they are of use: write restore_test: weekly',
    docs: `Backups fail silently: a key that was rotated, a table that is left out, an archive that is corrupt since March. One finds out on the day one needs them, unless somebody restores them before.

With \`restore_test: weekly\` the standby restores the newest backup to a spare disk once a week, counts rows, and records the time, which the age alert reads.`,
  }),
  'backup/plain': entry<{ target: string }>({
    severity: 'warning',
    title: 'Backups that leave the site unencrypted',
    message: ({ target }) =>
      `backups leave for ${target} unencrypted, and whoever gets at them reads all data: write encrypt: true`,
    docs: `A backup holds everything: each customer, each password hash, each token. Off-site it lies on disks of others, behind one key or password. Encrypted on the host before it leaves, it is of no use to whoever finds it.

The key is a secret that \`groundplan keys\` makes. Keep a copy of the secrets file and of its age identity off-site as well, since without them nobody can restore. Changing this for a target that already has backups begins a new, encrypted set beside the old one.`,
  }),
  'backup/sftp-too-old': entry<{ image: string; version: string; target: string; newer?: string }>({
    severity: 'error',
    title: 'An image whose pgBackRest has no SFTP',
    message: ({ image, version, target, newer }) =>
      `PostgreSQL's backups reach ${target} by SFTP, which pgBackRest has from 2.46 on, and ${image} has ${version}: ${newer === undefined ? 'use a bucket' : `use image: ${newer}, or a bucket`}`,
    docs: `PostgreSQL is backed up by pgBackRest, which learned SFTP with version 2.46. Debian 12 ships 2.45, Ubuntu 24.04 2.50, Debian 13 2.55.

Use a newer image, or send the backups to a bucket. A newer image is for new servers: an existing one keeps the image it was made with until you replace it. MariaDB and shared storage are backed up by restic, which reaches SFTP with every image.`,
  }),
};
