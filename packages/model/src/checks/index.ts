import type { Diagnostic } from '@groundplan/diagnostics';
import { accessChecks } from './access/index.js';
import { alertChecks } from './alert/index.js';
import { appChecks } from './app/index.js';
import { arbiterChecks } from './arbiter/index.js';
import { backupChecks } from './backup/index.js';
import { bucketChecks } from './bucket/index.js';
import type { Check, CheckContext } from './context.js';
import { databaseChecks } from './database/index.js';
import { dnsChecks } from './dns/index.js';
import { lbChecks } from './lb/index.js';
import { nameChecks } from './name/index.js';
import { placementChecks } from './placement/index.js';
import { referenceChecks } from './reference/index.js';
import { regionChecks } from './region/index.js';
import { secretChecks } from './secret/index.js';
import { storageChecks } from './storage/index.js';
import { tunnelChecks } from './tunnel/index.js';
import { volumeChecks } from './volume/index.js';

/** By area, in the order of the alphabet; the order of the diagnostics does not depend on it. */
const checks: readonly Check[] = [
  ...accessChecks,
  ...alertChecks,
  ...appChecks,
  ...arbiterChecks,
  ...backupChecks,
  ...bucketChecks,
  ...databaseChecks,
  ...dnsChecks,
  ...lbChecks,
  ...nameChecks,
  ...placementChecks,
  ...referenceChecks,
  ...regionChecks,
  ...secretChecks,
  ...storageChecks,
  ...tunnelChecks,
  ...volumeChecks,
];

/**
 * Runs every check of the catalogue. A place has a code once: what several entities share by an alias or a merge is one mistake,
 * and is told of the first of them.
 */
export function runChecks(context: CheckContext): Diagnostic[] {
  const known = new Set<string>();
  return checks
    .flatMap((check) => check(context))
    .filter(({ code, span }) => {
      const place = `${code} ${span.start} ${span.end}`;
      if (known.has(place)) return false;
      known.add(place);
      return true;
    });
}
