import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';

/** Backups that are never restored as a test. */
export const unverified: Check = ({ model }) =>
  [...model.databases, ...model.storages].flatMap(({ backup }) => {
    if (backup === undefined || backup.restoreTest.value !== 'none') return [];
    const { span } = backup.restoreTest.origin;
    return [report('backup/unverified', span, {}, { fixes: fix('Restore weekly', replaceAt(span, 'weekly')) })];
  });
