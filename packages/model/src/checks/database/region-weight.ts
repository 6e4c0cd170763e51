import { type Diagnostic, report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Database, Model } from '../../model.js';
import type { Check } from '../context.js';
import { isLeftOut } from '../left-out.js';
import { missesArbiter } from '../missing-arbiter.js';
import { galeraOverRegions } from './galera.js';

/** A region that holds half of a Galera cluster's votes or more, so that its death stops the others. */
export const regionWeight: Check = ({ model, tree }) => {
  // Without its arbiter every region of two holds half: that is database/no-arbiter.
  const unknown = model.arbiter === undefined && !isLeftOut(tree, [], 'arbiter');
  if (unknown || missesArbiter(model, tree) === 'database') return [];
  return galeraOverRegions(model, tree).flatMap((database) => heavyRegion(model, database));
};

type Standby = Database['standby'][number];

function heavyRegion(model: Model, { standby }: Database): Diagnostic[] {
  const votes = standby.reduce((sum, { count }) => sum + 1 + count.value, model.arbiter === undefined ? 0 : 1);
  const heavy = standby.find(({ count }) => (1 + count.value) * 2 >= votes);
  const cause = heavy && causeOf(standby, heavy);
  if (heavy === undefined || cause === undefined) return [];
  const { span } = cause.count.origin;
  return [
    report(
      'database/region-weight',
      span,
      { region: heavy.region.name, held: 1 + heavy.count.value, votes },
      {
        related:
          cause === heavy
            ? []
            : [
                {
                  span: heavy.region.keySpan,
                  message: `${heavy.region.name} holds ${1 + heavy.count.value} of ${votes} votes`,
                },
              ],
        fixes: balance(model, standby, cause),
      },
    ),
  ];
}

/** What makes the region heavy: what is written for it alone, or else what is written for the lightest of the others. */
function causeOf(standby: readonly Standby[], heavy: Standby): Standby | undefined {
  if (heavy.count.origin.kind === 'override') return heavy;
  return standby
    .filter(({ count }) => count.origin.kind === 'override')
    .sort((a, b) => a.count.value - b.count.value)[0];
}

/** The number that the other regions have, where that is one number and the votes are balanced with it. */
function balance(model: Model, standby: readonly Standby[], cause: Standby) {
  const others = new Set(standby.filter((each) => each !== cause).map(({ count }) => count.value));
  const [common] = others;
  const regions = standby.length;
  const balanced = regions > 2 || model.arbiter !== undefined;
  if (others.size !== 1 || common === undefined || !balanced) return [];
  return fix(
    `Give ${cause.region.name} the same standbys as the others`,
    replaceAt(cause.count.origin.span, String(common)),
  );
}
