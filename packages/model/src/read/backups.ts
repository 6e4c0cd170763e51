import { entryOf } from '@groundplan/syntax';
import type { DatabaseBackup, FileBackup } from '../model.js';
import { dottedReference } from './references.js';
import { boolean, child, duration, integer, type Scope, text, withDefault } from './scope.js';

const targets = ['bucket', 'external'] as const;

/** What both kinds of backup have; `backup: bucket.dumps` is short for `backup: { to: bucket.dumps }`. */
function common(scope: Scope) {
  const entry = entryOf(scope.node, 'backup');
  if (entry === undefined) return undefined;
  const backup = child(scope, 'backup');
  const to =
    entry.value.kind === 'mapping' ? dottedReference(backup, 'to', targets) : dottedReference(scope, 'backup', targets);
  return {
    backup,
    fields: {
      span: entry.value.span,
      keySpan: entry.keySpan,
      to,
      encrypt: withDefault(backup, 'encrypt', boolean),
      restoreTest: withDefault(backup, 'restore_test', text),
      alertIfOlderThan: withDefault(backup, 'alert_if_older_than', duration),
    },
  };
}

export function databaseBackup(scope: Scope): DatabaseBackup | undefined {
  const read = common(scope);
  return (
    read && {
      ...read.fields,
      full: withDefault(read.backup, 'full', text),
      incremental: withDefault(read.backup, 'incremental', text),
      keepFull: withDefault(read.backup, 'keep_full', integer),
    }
  );
}

export function fileBackup(scope: Scope): FileBackup | undefined {
  const read = common(scope);
  if (read === undefined) return undefined;
  const keep = child(read.backup, 'keep');
  return {
    ...read.fields,
    every: withDefault(read.backup, 'every', duration),
    keep: { daily: withDefault(keep, 'daily', integer), weekly: withDefault(keep, 'weekly', integer) },
  };
}
