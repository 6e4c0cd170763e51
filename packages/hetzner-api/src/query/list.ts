import { type Context, ok, type Reply } from '../http/route.js';
import type { Labels } from '../input/labels.js';
import { parseLabelSelector } from './label-selector.js';
import { paginate } from './pagination.js';
import { type SortKeys, sortItems } from './sorting.js';

/** How the records of a family are listed. */
export interface Listing<Item> {
  /** Key of the list in the answer, such as `servers`. */
  readonly key: string;
  readonly items: Iterable<Item>;
  readonly render: (item: Item) => object;
  readonly sort: SortKeys<Item>;
  /** For the `name` parameter; absent where a family has none. */
  readonly name?: (item: Item) => string | null;
  /** For the `label_selector` parameter; absent where a family has no labels. */
  readonly labels?: (item: Item) => Labels;
  /** Largest `per_page`. */
  readonly maximum?: number;
}

/** Answers a list request: filter by name and labels, sort, cut one page, render it. */
export function listReply<Item>(context: Context, listing: Listing<Item>): Reply {
  let items = [...listing.items];
  const { name, labels } = listing;
  const wanted = context.query.get('name');
  if (name !== undefined && wanted !== null) items = items.filter((item) => name(item) === wanted);
  const selector = context.query.get('label_selector');
  if (labels !== undefined && selector !== null) {
    const matches = parseLabelSelector(selector);
    items = items.filter((item) => matches(labels(item)));
  }
  const page = paginate(sortItems(items, context.query, listing.sort), context.query, context.url, listing.maximum);
  const body = { [listing.key]: page.items.map(listing.render), meta: { pagination: page.pagination } };
  return page.link === '' ? ok(body) : ok(body, { Link: page.link });
}

/** Keeps the items of which a property is among the values of a repeatable parameter; all if there is none. */
export function filterBy<Item>(
  items: Iterable<Item>,
  query: URLSearchParams,
  name: string,
  value: (item: Item) => string,
): Item[] {
  const wanted = query.getAll(name);
  return wanted.length === 0 ? [...items] : [...items].filter((item) => wanted.includes(value(item)));
}

/** The usual sort keys. */
export const byIdNameCreated: SortKeys<{ readonly id: number; readonly name: string; readonly created: number }> = {
  id: (item) => item.id,
  name: (item) => item.name,
  created: (item) => item.created,
};
