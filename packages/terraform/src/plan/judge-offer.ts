import { type Catalog, findLocation, findServerType, isSold } from '@groundplan/catalog';
import { type Diagnostic, normalise, report } from '@groundplan/diagnostics';
import { groups, nameOf, type PlacedChange } from './judge-plan.js';
import { type PlanContext, writtenType } from './place-of.js';

/** Whether a plan orders servers or rescales them, so that it matters what is sold. */
export function ordersServers(changes: readonly PlacedChange[]): boolean {
  return changes.some(isOrder);
}

/** What Hetzner would refuse in the middle of an apply, by what it offers now; `offer` is what the API has just said. */
export function judgeOffer(context: PlanContext, changes: readonly PlacedChange[], offer: Catalog): Diagnostic[] {
  const orders = changes.filter(isOrder).flatMap((change) => {
    const type = change.after?.['server_type'];
    const location = findLocation(offer, String(change.after?.['location']))?.name;
    if (typeof type !== 'string' || location === undefined) return [];
    return [{ ...change, span: writtenType(context, change.name) ?? change.span, serverType: type, location }];
  });
  return normalise(
    groups(orders, ({ span, serverType, location }) => [span.start, serverType, location]).flatMap((group) => {
      const { span, serverType: type, location } = group[0];
      const names = group.map(nameOf);
      const sale = isSold(offer, type, location);
      if (sale === 'unknown' || sale === 'no') {
        return [report('plan/not-sold', span, { type, location, names, isKnown: sale === 'no' })];
      }
      const isThere = findServerType(offer, type)?.perLocation[location]?.available;
      return isThere === false ? [report('plan/out-of-stock', span, { type, location, names })] : [];
    }),
  );
}

function isOrder({ type, action, changed }: PlacedChange): boolean {
  if (type !== 'hcloud_server') return false;
  return action === 'create' || action === 'replace' || changed.some(({ name }) => name === 'server_type');
}
