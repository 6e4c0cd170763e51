import type { Span } from '@groundplan/diagnostics';
import type { Target } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { withoutQuotes } from '../tree/own.js';
import { inOrder, type Occurrence, type Thing } from './thing.js';

/** The hosts that routes answer to, with the origins of buckets that say the same host. They come from the zone. */
export function hostThings({ tree, model }: Snapshot): Thing[] {
  const { text } = tree;
  const places = new Map<string, Occurrence[]>();
  for (const { routes } of model.loadBalancers) {
    for (const { host, keySpan } of routes) {
      const written = withoutQuotes(text, keySpan);
      const span = { start: written.start, end: written.start + host.length };
      if (host === '' || text.slice(span.start, span.end).toLowerCase() !== host) continue;
      places.set(host, [...(places.get(host) ?? []), { span, whole: keySpan, declares: false }]);
    }
  }
  for (const { cors } of model.buckets) {
    for (const { span: origin } of cors) {
      const span = hostIn(text, origin);
      const host = span && text.slice(span.start, span.end).toLowerCase();
      if (span !== undefined) places.get(host ?? '')?.push({ span, whole: origin, declares: false });
    }
  }
  const zone = model.dns?.zone.origin;
  const target = zone?.kind === 'written' ? targetOf(text, zone.span) : undefined;
  return [...places].map(([name, own]) => ({ kind: 'host', name, target, occurrences: inOrder(own) }));
}

function targetOf(text: string, span: Span): Target {
  return { span, nameSpan: withoutQuotes(text, span) };
}

/** The host in an origin such as `https://shop.example.com:8443`. */
function hostIn(text: string, origin: Span): Span | undefined {
  const { start, end } = withoutQuotes(text, origin);
  const found = /^(https?:\/\/)([A-Za-z0-9.-]+)(?::\d+)?$/.exec(text.slice(start, end));
  const from = start + (found?.[1]?.length ?? 0);
  return found === null ? undefined : { start: from, end: from + (found[2]?.length ?? 0) };
}
