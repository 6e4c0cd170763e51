import { report } from '@groundplan/diagnostics';
import type { Check } from '../context.js';
import { fittingImage, imageOf, useImage } from '../images.js';
import { isIntended } from '../left-out.js';
import { dotted, isWritten, pathOf } from '../places.js';
import { othersThan, type Part } from '../relation.js';
import { backupsOf } from './targets.js';

/** PostgreSQL whose backups go to SFTP, with an image whose pgBackRest cannot do that. */
export const sftpTooOld: Check = ({ model, tree, catalog }) => {
  const image = imageOf(model, tree, catalog);
  if (image === undefined || hasSftp(image.pgbackrest)) return [];
  return backupsOf(model).flatMap(({ owner, to, target }) => {
    if (
      owner.kind !== 'database' ||
      owner.engine.value !== 'postgresql' ||
      !isIntended(tree, owner.engine, pathOf(owner), 'engine')
    )
      return [];
    if (target.kind !== 'external' || target.type.value !== 'sftp' || !isWritten(target.type)) return [];
    const newer = fittingImage(catalog, image.name, ({ pgbackrest }) => hasSftp(pgbackrest));
    const parts: Part[] = [{ span: target.type.origin.span, message: `${dotted(target)} is reached by SFTP` }];
    if (isWritten(model.image)) {
      parts.push({ span: model.image.origin.span, message: `${image.name} has pgBackRest ${image.pgbackrest}` });
    }
    return [
      report(
        'backup/sftp-too-old',
        to.span,
        {
          image: image.name,
          version: image.pgbackrest,
          target: dotted(target),
          ...(newer === undefined ? {} : { newer }),
        },
        { related: othersThan(to.span, parts), fixes: useImage(model, tree, newer) },
      ),
    ];
  });
};

/** pgBackRest stores by SFTP from 2.46 on (its release notes of 2023-05-22). */
export function hasSftp(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 46);
}
