import type { EdgeKind } from '../graph/graph.js';
import { icon } from './icons.js';
import { text, widthOf } from './text.js';

/** Something that the legend explains. */
export type LegendItem =
  | { readonly kind: 'edge'; readonly edge: EdgeKind }
  | { readonly kind: 'stack' }
  | { readonly kind: 'bastion' }
  | { readonly kind: 'network' };

const edgeWords: Readonly<Record<EdgeKind, string>> = {
  names: 'looks up names',
  requests: 'requests',
  calls: 'calls another app',
  uses: 'reads and writes',
  replication: 'replicates',
  backup: 'backs up',
  tunnel: 'encrypted tunnel',
};

const sample = 32;
const lineHeight = 24;

/** What the lines and signs mean that the picture holds, in as many rows as its width asks for. */
export function drawLegend(
  items: readonly LegendItem[],
  left: number,
  top: number,
  width: number,
): { readonly svg: string; readonly height: number } {
  let x = left;
  let y = top;
  const parts: string[] = [];
  for (const item of items) {
    const words = wordsOf(item);
    const needed = sample + 8 + Math.ceil(widthOf(words, 'small')) + 24;
    if (x > left && x + needed - 24 > left + width) {
      x = left;
      y += lineHeight;
    }
    parts.push(sampleOf(item, x, y + 8), text(words, x + sample + 8, y + 12, 'small', { class: 'gp-m' }));
    x += needed;
  }
  return { svg: `<g aria-hidden="true">${parts.join('')}</g>`, height: items.length === 0 ? 0 : y - top + lineHeight };
}

function wordsOf(item: LegendItem): string {
  switch (item.kind) {
    case 'edge':
      return edgeWords[item.edge];
    case 'stack':
      return 'several servers';
    case 'bastion':
      return 'SSH goes in here';
    case 'network':
      return 'private network';
  }
}

function sampleOf(item: LegendItem, x: number, y: number): string {
  switch (item.kind) {
    case 'edge': {
      const head = item.edge === 'tunnel' ? '' : `<path class="gp-head" d="M${x + sample} ${y}l-7 -3.5v7z"/>`;
      return `<g class="gp-${item.edge}"><path class="gp-line" d="M${x} ${y}h${sample - 5}"/>${head}</g>`;
    }
    case 'stack':
      return [4, 2, 0]
        .map((by) => `<rect class="gp-layer" x="${x + by + 4}" y="${y + by - 8}" width="22" height="12" rx="3"/>`)
        .join('');
    case 'network':
      return `<rect class="gp-network" x="${x + 2}" y="${y - 8}" width="28" height="16" rx="4"/>`;
    case 'bastion':
      return `<g class="gp-a-balancer">${icon('key', x + 10, y - 8, 16)}</g>`;
  }
}
