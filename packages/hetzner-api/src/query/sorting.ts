import { invalidField } from '../http/errors.js';

/** How a resource is sorted by a field; numbers and strings in their natural order. */
export type SortKeys<Item> = Readonly<Record<string, (item: Item) => number | string>>;

/**
 * Sorts by the `sort` parameters of a query (`field`, `field:asc`, `field:desc`, several in order of weight); without
 * any, the order of the input. The keys are those the operation documents; another one is refused.
 */
export function sortItems<Item>(items: readonly Item[], query: URLSearchParams, keys: SortKeys<Item>): Item[] {
  const comparisons = query.getAll('sort').map((parameter) => comparisonFor(parameter, keys));
  return [...items].sort((a, b) => {
    for (const compare of comparisons) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function comparisonFor<Item>(parameter: string, keys: SortKeys<Item>): (a: Item, b: Item) => number {
  const [name = '', direction = 'asc', ...rest] = parameter.split(':');
  const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
  if (key === undefined || rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
    throw invalidField('sort', `'${parameter}' is not a valid sort order`);
  }
  const sign = direction === 'asc' ? 1 : -1;
  return (a, b) => {
    const left = key(a);
    const right = key(b);
    if (left === right) return 0;
    return left < right ? -sign : sign;
  };
}
