import { report } from '@groundplan/diagnostics';
import type { Check } from '../context.js';
import { fittingImage, imageOf, useImage } from '../images.js';
import { isWritten } from '../places.js';
import { markLast, type Part } from '../relation.js';
import { logicalFrom, useReplication, writtenReplications } from './replication.js';

/** PostgreSQL's own replication with an image whose PostgreSQL cannot do it. */
export const imageTooOld: Check = ({ model, tree, catalog }) => {
  const image = imageOf(model, tree, catalog);
  if (image === undefined || image.postgresql >= logicalFrom) return [];
  const newer = fittingImage(catalog, image.name, ({ postgresql }) => postgresql >= logicalFrom);
  return writtenReplications(model, tree).flatMap(({ database, written }) => {
    if (written.value !== 'logical' || database.engine.value !== 'postgresql') return [];
    const parts: [Part, ...Part[]] = [
      { span: written.origin.span, message: `logical needs PostgreSQL ${logicalFrom} or newer` },
    ];
    if (isWritten(model.image)) {
      parts.push({ span: model.image.origin.span, message: `${image.name} has PostgreSQL ${image.postgresql}` });
    }
    const { span, related } = markLast(parts);
    return [
      report(
        'database/image-too-old',
        span,
        { image: image.name, postgresql: image.postgresql, ...(newer === undefined ? {} : { newer }) },
        { related, fixes: [...useImage(model, tree, newer), ...useReplication(written, 'pglogical')] },
      ),
    ];
  });
};
