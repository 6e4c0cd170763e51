import type { Handler, Method, Route } from './route.js';

/** What the table says about a request. */
export type Match =
  | { readonly kind: 'found'; readonly handle: Handler; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly Method[] }
  | { readonly kind: 'unknown' };

export type Router = (method: string, path: string) => Match;

interface Entry {
  readonly route: Route;
  readonly segments: readonly string[];
}

/**
 * Makes a router of a table of routes. A literal segment wins over a variable one, so that `/servers/actions` is
 * never taken for the server named "actions". Segments are percent-decoded after the split.
 */
export function makeRouter(routes: readonly Route[]): Router {
  const byLength = new Map<number, Entry[]>();
  for (const route of routes) {
    const segments = split(route.path);
    const entries = byLength.get(segments.length) ?? [];
    entries.push({ route, segments });
    byLength.set(segments.length, entries);
  }
  for (const entries of byLength.values()) entries.sort(literalFirst);

  return (method, path) => {
    const segments = split(path).map(decode);
    const matching = (byLength.get(segments.length) ?? []).filter((entry) => fits(entry.segments, segments));
    // Among the matching paths only the most literal one counts, whatever its methods.
    const [best] = matching;
    if (best === undefined) return { kind: 'unknown' };
    const same = matching.filter((entry) => entry.route.path === best.route.path);
    const entry = same.find((candidate) => candidate.route.method === method);
    if (entry === undefined) return { kind: 'wrong-method', allowed: same.map((candidate) => candidate.route.method) };
    return { kind: 'found', handle: entry.route.handle, params: valuesOf(entry.segments, segments) };
  };
}

function split(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function isVariable(segment: string): boolean {
  return segment.startsWith('{');
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.every((part, index) => isVariable(part) || part === segments[index]);
}

function literalFirst(a: Entry, b: Entry): number {
  for (const [index, segment] of a.segments.entries()) {
    const difference = Number(isVariable(segment)) - Number(isVariable(b.segments[index] ?? ''));
    if (difference !== 0) return difference;
  }
  return 0;
}

function valuesOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    if (isVariable(part)) values[part.slice(1, -1)] = segments[index] ?? '';
  }
  return values;
}
