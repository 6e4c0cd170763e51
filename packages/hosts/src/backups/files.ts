import type { Model, SharedStorage } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script } from '../bundle/file.js';
import { backupPassphrase } from '../secret-names.js';
import { common } from './common.js';
import { filesProgram } from './files-program.js';
import { backupProgram } from './paths.js';
import { restic } from './restic.js';
import { resticLibrary, resticLibraryPath } from './restic-library.js';
import { targetOf } from './target.js';
import { calendar, often, schedule } from './units.js';

/** Where the files of a shared storage are, and whose turn their backup is. */
interface Files {
  readonly storage: SharedStorage;
  /** The first name of the region whose files they are. */
  readonly region: string;
  /** A mount point. */
  readonly path: string;
  /** A command that ends with success on the one host that makes the backups; always, if it is empty. */
  readonly turn: readonly string[];
}

/** Backups of the files of a shared storage, for each host that has them mounted. */
export function fileBackups(model: Model, { storage, region, path, turn }: Files): BundlePart[] {
  const { backup } = storage;
  const target = targetOf(model, backup?.to, `${region}.${storage.firstName}`);
  if (backup === undefined || target === undefined) return [];
  const name = `storage.${storage.name}`;
  const { keySpan, every, restoreTest } = backup;
  return [
    {
      packages: ['python3'],
      files: [
        script(backupProgram, keySpan, filesProgram(name, backup, path, turn)),
        file(resticLibraryPath, keySpan, resticLibrary, {
          check: ['python3', '-m', 'py_compile', resticLibraryPath],
        }),
      ],
    },
    restic(name, target, backupPassphrase('storage', storage), 'root', keySpan),
    common(name, backup, 'root'),
    schedule(name, keySpan, 'root', [
      often(name, 'files', every.origin.span, every.value),
      often(name, 'look', keySpan),
      ...(restoreTest.value === 'none' ? [] : [calendar(name, 'restore-test', restoreTest)]),
    ]),
  ];
}
