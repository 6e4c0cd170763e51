import { report } from '@groundplan/diagnostics';
import { fix, setValue } from '../../edits.js';
import type { Check } from '../context.js';
import { arbiterLocation } from '../free-location.js';
import { missesArbiter } from '../missing-arbiter.js';
import { othersThan } from '../relation.js';
import { galeraOverRegions, placeOfGalera } from './galera.js';

/** A Galera cluster that a cut can divide into two halves. All clusters miss the same arbiter, so that it is said once. */
export const noArbiter: Check = ({ model, tree, catalog }) => {
  const [first] = galeraOverRegions(model, tree);
  if (first === undefined || missesArbiter(model, tree) !== 'database') return [];
  const location = arbiterLocation(model, catalog);
  const span = placeOfGalera(first);
  return [
    report(
      'database/no-arbiter',
      span,
      { regions: model.regions.length, ...(location === undefined ? {} : { location }) },
      {
        related: othersThan(
          span,
          model.regions.map(({ keySpan, name }) => ({
            span: keySpan,
            message: `${name} is one of ${model.regions.length} regions`,
          })),
        ),
        fixes:
          location === undefined
            ? []
            : fix(`Add an arbiter in ${location}`, setValue(tree, ['arbiter'], `{ location: ${location} }`, 'regions')),
      },
    ),
  ];
};
