import { escaped } from './escaped.js';
import type { Timeline } from './report.js';

const width = 960;
const left = 44;
const right = 12;
const plot = { top: 56, height: 130 };
const strip = { top: 212, height: 20 };

/** What users saw, second by second, with what happened when, and below it who was the primary. */
export function timelineSvg(timeline: Timeline, title: string): string {
  const { requests, primaries, seconds } = timeline;
  const span = Math.max(1, seconds);
  const most = roundUp(Math.max(1, ...requests.map(({ served, failed }) => served + failed)));
  const x = (second: number): number => left + (Math.min(second, span) / span) * (width - left - right);
  const y = (count: number): number => plot.top + plot.height * (1 - count / most);
  const hasStrip = primaries.length > 0;
  const height = hasStrip ? strip.top + strip.height + 6 : plot.top + plot.height + 26;
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    ...grid(most, y),
    ...requests.map(({ served, failed }, second) => bar({ second, served, failed }, x, y)),
    `<line class="grid" x1="${left}" x2="${width - right}" y1="${y(0)}" y2="${y(0)}"/>`,
    `<text x="4" y="${plot.top - 14}">requests a second</text>`,
    ...ticks(span, x),
    ...markers(markersOf(timeline), x),
    ...(hasStrip ? primaryStrip(primaries, x) : []),
    '</svg>',
  ].join('\n');
}

type Scale = (value: number) => number;

function grid(most: number, y: Scale): string[] {
  return [most / 2, most].flatMap((count) => [
    `<line class="grid" x1="${left}" x2="${width - right}" y1="${tenth(y(count))}" y2="${tenth(y(count))}" stroke-dasharray="1 3"/>`,
    `<text x="${left - 8}" y="${tenth(y(count) + 4)}" text-anchor="end">${tenth(count)}</text>`,
  ]);
}

function bar(
  { second, served, failed }: { readonly second: number; readonly served: number; readonly failed: number },
  x: Scale,
  y: Scale,
): string {
  const from = x(second);
  const wide = tenth(Math.max(0.8, x(second + 1) - from - 0.8));
  const part = (kind: string, low: number, high: number): string =>
    high === low
      ? ''
      : `<rect class="${kind}" x="${tenth(from)}" y="${tenth(y(high))}" width="${wide}" height="${tenth(y(low) - y(high))}"/>`;
  const bars = part('served', 0, served) + part('failed', served, served + failed);
  return bars === '' ? '' : `<g><title>second ${second}: ${served} served, ${failed} failed</title>${bars}</g>`;
}

function ticks(span: number, x: Scale): string[] {
  const step = [5, 10, 20, 30, 60, 120].find((each) => span / each <= 16) ?? 300;
  const bottom = plot.top + plot.height;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step).map(
    (second) => `<text x="${tenth(x(second))}" y="${bottom + 16}" text-anchor="middle">${second} s</text>`,
  );
}

interface Marker {
  readonly kind: 'fault' | 'healed' | 'whole';
  readonly label: string;
  readonly at: number;
}

function markersOf({ faultAt, healedAt, wholeAt }: Timeline): Marker[] {
  const isHealed = faultAt !== null && healedAt !== null && healedAt - faultAt >= 0.5;
  return [
    ...(faultAt === null ? [] : [{ kind: 'fault', label: 'it happens', at: faultAt } as const]),
    ...(isHealed ? [{ kind: 'healed', label: 'it ends', at: healedAt } as const] : []),
    ...(wholeAt === null ? [] : [{ kind: 'whole', label: 'all is as it was', at: wholeAt } as const]),
  ];
}

/** Labels that would touch are put above each other. */
function markers(all: readonly Marker[], x: Scale): string[] {
  const ends = [0, 0, 0];
  return all.flatMap(({ kind, label, at }) => {
    const from = x(at);
    const long = 7 * label.length;
    const isLate = from + long > width;
    const begin = isLate ? from - long - 4 : from + 4;
    const row = Math.max(
      0,
      ends.findIndex((end) => end <= begin),
    );
    ends[row] = begin + long + 8;
    const baseline = plot.top - 4 - 13 * row;
    return [
      `<line class="${kind}" x1="${tenth(from)}" x2="${tenth(from)}" y1="${baseline - 9}" y2="${plot.top + plot.height}"/>`,
      `<text class="marker ${kind}" x="${tenth(isLate ? from - 4 : from + 4)}" y="${baseline}" text-anchor="${isLate ? 'end' : 'start'}">${label}</text>`,
    ];
  });
}

function primaryStrip(primaries: Timeline['primaries'], x: Scale): string[] {
  const hosts = [...new Set(primaries.map(({ host }) => host))].sort();
  const middle = strip.top + strip.height / 2 + 4;
  return [
    `<text x="${left - 8}" y="${middle - 6}" text-anchor="end" font-size="10">pri-</text>`,
    `<text x="${left - 8}" y="${middle + 5}" text-anchor="end" font-size="10">mary</text>`,
    `<rect class="none" x="${left}" y="${strip.top}" width="${width - left - right}" height="${strip.height}" fill="none" stroke="var(--line)"/>`,
    ...primaries.map(({ host, from, to }) => {
      const wide = x(to) - x(from);
      const name = escaped(host);
      const label = 7 * host.length < wide ? name : '';
      return `<g><title>${name}: ${from} s to ${to} s</title><rect class="host${hosts.indexOf(host) % 3}" x="${tenth(x(from))}" y="${strip.top}" width="${tenth(wide)}" height="${strip.height}"/><text class="inside" x="${tenth(x(from) + wide / 2)}" y="${middle}" text-anchor="middle">${label}</text></g>`;
    }),
  ];
}

/** To a number with a half that is easy to read. */
function roundUp(count: number): number {
  const unit = 10 ** Math.floor(Math.log10(count));
  return unit * ([1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((each) => unit * each >= count) ?? 10);
}

function tenth(value: number): number {
  return Math.round(10 * value) / 10;
}
