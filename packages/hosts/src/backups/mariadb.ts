import type { Cluster, Host, Model } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script } from '../bundle/file.js';
import { backupPassphrase } from '../secret-names.js';
import { common } from './common.js';
import { mariadbProgram } from './mariadb-program.js';
import { backupProgram } from './paths.js';
import { restic } from './restic.js';
import { resticLibrary, resticLibraryPath } from './restic-library.js';
import { targetOf } from './target.js';
import { databaseTimers, often, schedule } from './units.js';

/** Backups of a member of a Galera cluster. */
export function mariadbBackups(model: Model, { database, regions }: Cluster, host: Host): BundlePart[] {
  const { backup } = database;
  const target = targetOf(model, backup?.to, [...regions, database].map(({ firstName }) => firstName).join('.'));
  if (backup === undefined || target === undefined) return [];
  const name = `database.${database.name}`;
  const { keySpan } = backup;
  return [
    {
      packages: ['mariadb-backup', 'python3'],
      files: [
        script(backupProgram, keySpan, mariadbProgram(database, backup, host)),
        file(resticLibraryPath, keySpan, resticLibrary, {
          check: ['python3', '-m', 'py_compile', resticLibraryPath],
        }),
      ],
    },
    restic(name, target, backupPassphrase('database', database), 'mysql', keySpan),
    common(name, backup, 'mysql'),
    schedule(name, keySpan, 'mysql', [...databaseTimers(name, backup), often(name, 'log', keySpan)]),
  ];
}
