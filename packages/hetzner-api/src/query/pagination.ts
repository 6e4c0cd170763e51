import { invalidField } from '../http/errors.js';

export interface PaginationShape {
  page: number;
  per_page: number;
  previous_page: number | null;
  next_page: number | null;
  last_page: number | null;
  total_entries: number | null;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly pagination: PaginationShape;
  /** Value of the Link header; empty if there is only one page. */
  readonly link: string;
}

const defaultPerPage = 25;

/**
 * Cuts one page out of a list by `page` (from 1) and `per_page` (25 by default; a larger number than the maximum is
 * taken as the maximum). A page beyond the last one is empty.
 */
export function paginate<Item>(items: readonly Item[], query: URLSearchParams, url: string, maximum = 50): Page<Item> {
  const page = positive(query, 'page') ?? 1;
  const perPage = Math.min(positive(query, 'per_page') ?? defaultPerPage, maximum);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const pagination: PaginationShape = {
    page,
    per_page: perPage,
    previous_page: page > 1 ? page - 1 : null,
    next_page: page < last ? page + 1 : null,
    last_page: last,
    total_entries: items.length,
  };
  return {
    items: items.slice((page - 1) * perPage, page * perPage),
    pagination,
    link: linkHeader(pagination, query, url),
  };
}

function positive(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^[0-9]{1,9}$/.test(text) || Number(text) < 1) throw invalidField(name, 'must be a positive integer');
  return Number(text);
}

function linkHeader(pagination: PaginationShape, query: URLSearchParams, url: string): string {
  const link = (page: number, rel: string): string => {
    const target = new URLSearchParams(query);
    target.set('page', String(page));
    target.set('per_page', String(pagination.per_page));
    return `<${url}?${target}>; rel="${rel}"`;
  };
  const links: string[] = [];
  if (pagination.previous_page !== null) links.push(link(pagination.previous_page, 'prev'));
  if (pagination.next_page !== null) links.push(link(pagination.next_page, 'next'));
  if (pagination.last_page !== null && pagination.last_page > 1) links.push(link(pagination.last_page, 'last'));
  return links.join(', ');
}
