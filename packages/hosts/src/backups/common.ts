import type { DatabaseBackup, FileBackup } from '@groundplan/model';
import { watchCheck } from '../alerts/index.js';
import type { BundlePart } from '../bundle/bundle.js';
import { file } from '../bundle/file.js';
import { freshness } from './check.js';
import { library } from './library.js';
import { libraryPath, statePath } from './paths.js';

/** What backups of any kind have. */
export function common(owner: string, backup: DatabaseBackup | FileBackup, user: string): BundlePart {
  const { keySpan } = backup;
  const folders = '/etc/tmpfiles.d/groundplan-backups.conf';
  return {
    files: [
      file(libraryPath, keySpan, library(owner, backup), { check: ['python3', '-m', 'py_compile', libraryPath] }),
      file(folders, keySpan, [`d ${statePath} 0755 ${user} ${user}\n`], {
        action: { kind: 'run', command: ['systemd-tmpfiles', '--create', folders] },
      }),
      watchCheck('backup', backup.alertIfOlderThan.origin.span, freshness),
    ],
  };
}
