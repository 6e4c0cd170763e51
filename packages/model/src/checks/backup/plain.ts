import type { Catalog } from '@groundplan/catalog';
import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Model } from '../../model.js';
import type { Check } from '../context.js';
import { dotted, isWritten } from '../places.js';
import { type Backup, backupsOf, locationOf, locationsOf } from './targets.js';

/** Backups that leave the site of their data unencrypted. */
export const plain: Check = ({ model, catalog }) =>
  backupsOf(model).flatMap((found) => {
    const { encrypt } = found.backup;
    if (encrypt.value || !isWritten(encrypt) || !isOffSite(model, catalog, found)) return [];
    const { span } = encrypt.origin;
    const details = { fixes: fix('Encrypt the backups', replaceAt(span, 'true')) };
    return [report('backup/plain', span, { target: dotted(found.target) }, details)];
  });

function isOffSite(model: Model, catalog: Catalog, { owner, target }: Backup): boolean {
  if (target.kind === 'external') return true;
  const location = locationOf(model, catalog, target);
  return location !== undefined && locationsOf(owner).some((data) => data !== location);
}
