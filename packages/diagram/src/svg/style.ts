import type { EdgeKind, NodeKind } from '../graph/graph.js';
import { type ColorName, colorOf, type Theme, themeVariables } from './theme.js';

/** The colour that stands for a kind of thing. */
export const accents: Readonly<Record<NodeKind, ColorName>> = {
  internet: 'outside',
  dns: 'outside',
  region: 'outside',
  load_balancer: 'balancer',
  floating_ip: 'balancer',
  app: 'app',
  database: 'database',
  storage: 'storage',
  bucket: 'bucket',
  external: 'outside',
  arbiter: 'outside',
  tunnel: 'outside',
  host: 'outside',
  volume: 'outside',
};

const lineColors: Readonly<Record<EdgeKind, ColorName>> = {
  names: 'line',
  requests: 'balancer',
  calls: 'app',
  uses: 'line',
  replication: 'database',
  backup: 'storage',
  tunnel: 'outside',
};

/** Lines differ without colour as well. */
const dashes: Readonly<Partial<Record<EdgeKind, string>>> = {
  names: '2 4',
  calls: '10 3 2 3',
  replication: '2 3',
  backup: '7 4',
};

export const fonts = `Inter,"Segoe UI",system-ui,sans-serif`;
const semiboldFonts = `"Inter SemiBold",${fonts}`;

/** The style sheet of the picture. Everything in it begins with `gp`, so that it touches nothing else on a page. */
export function styleSheet(theme: Theme, uses: { readonly edges: readonly EdgeKind[] }): string {
  const color = colorOf(theme);
  const rules = [
    `.gp text{font-family:${fonts};fill:${color('text')}}`,
    `.gp .gp-b{font-family:${semiboldFonts};font-weight:600}`,
    `.gp .gp-m{fill:${color('muted')}}`,
    `.gp-page{fill:${color('page')}}`,
    `.gp-frame{fill:${color('frame')};stroke:${color('frame-border')}}`,
    `.gp-network{fill:none;stroke:${color('network-border')};stroke-dasharray:4 4}`,
    `.gp-plate{fill:${color('frame')}}`,
    `.gp-box,.gp-layer{fill:${color('card')};stroke:${color('card-border')}}`,
    `.gp-hit{fill:none;pointer-events:all}`,
    `.gp-row{fill:${color('frame')};stroke:${color('card-border')}}`,
    `.gp-icon{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}`,
    `.gp-tile{fill-opacity:.12}`,
    `.gp-count{fill-opacity:.12}`,
    ...accentRules(color),
    `.gp-line{fill:none;stroke-width:1.5}`,
    `.gp-head{stroke:none}`,
    ...uses.edges.flatMap((kind) => edgeRules(kind, color)),
    `.gp-off{opacity:.35}`,
    `.gp-sign{fill:none;stroke:${color('on-mark')};stroke-width:1.6;stroke-linecap:round}`,
    `.gp-mark{stroke:${color('card')};stroke-width:1.5}`,
    `.gp .gp-on-mark{fill:${color('on-mark')}}`,
    `.gp-error{fill:${color('error')}}`,
    `.gp-warning{fill:${color('warning')}}`,
    `.gp-good{fill:${color('good')}}`,
    `.gp-neutral{fill:${color('outside')}}`,
    `.gp-failed .gp-box,.gp-failed .gp-row,.gp-failed .gp-frame{stroke:${color('error')};stroke-width:2}`,
    `.gp-hatch{stroke:${color('error')};stroke-width:1;stroke-opacity:.28}`,
    `.gp-cross{stroke:${color('error')};stroke-width:2.5;stroke-linecap:round;fill:none}`,
    `.gp-dark .gp-frame,.gp-dark .gp-box,.gp-dark .gp-row{stroke:${color('muted')};stroke-width:1.5;stroke-dasharray:5 4}`,
    `.gp-dark .gp-body{opacity:.5}`,
    `.gp-degraded .gp-frame,.gp-degraded .gp-box,.gp-degraded .gp-row{stroke:${color('warning')};stroke-width:2}`,
    `.gp .gp-node .gp-plain{fill:none;stroke:none}`,
    `.gp-half{fill:${color('warning')};fill-opacity:.14}`,
  ];
  const interactive =
    theme === 'css'
      ? [
          `.gp-node:focus{outline:none}`,
          `.gp-node:focus-visible .gp-box,.gp-node:focus-visible .gp-row,.gp-node:focus-visible .gp-hit{stroke:${color('balancer')};stroke-width:2.5}`,
        ]
      : [];
  return [themeVariables(theme), ...rules, ...interactive].filter((rule) => rule !== '').join('\n');
}

function accentRules(color: (name: ColorName) => string): string[] {
  const names = [...new Set(Object.values(accents))];
  return names.flatMap((name) => [
    `.gp-a-${name} .gp-icon{stroke:${color(name)}}`,
    `.gp-a-${name} .gp-tile,.gp-a-${name} .gp-count,.gp-a-${name} .gp-dot{fill:${color(name)}}`,
    `.gp .gp-a-${name} .gp-a{fill:${color(name)}}`,
  ]);
}

function edgeRules(kind: EdgeKind, color: (name: ColorName) => string): string[] {
  const stroke = color(lineColors[kind]);
  const dash = dashes[kind];
  const width = kind === 'tunnel' ? ';stroke-width:5;stroke-opacity:.35' : '';
  return [
    `.gp-${kind} .gp-line{stroke:${stroke}${width}${dash === undefined ? '' : `;stroke-dasharray:${dash}`}}`,
    `.gp-${kind} .gp-head{fill:${stroke}}`,
  ];
}
