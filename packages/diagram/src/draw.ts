import { formatEuros, type Sum } from '@groundplan/catalog';
import type { Diagnostic, Span } from '@groundplan/diagnostics';
import type { Cost, Model } from '@groundplan/model';
import type { Effect } from './fail/effect.js';
import { counted, listed } from './fail/words.js';
import { buildGraph } from './graph/build.js';
import { isFailable } from './graph/failable.js';
import { type EdgeKind, type Fact, type Graph, type GraphNode, isTier, type NodeKind } from './graph/graph.js';
import type { Box } from './layout/geometry.js';
import { type Layout, layOut, type PlacedCard, type PlacedEdge } from './layout/layout.js';
import { measures } from './layout/measures.js';
import { type Change, marksOf } from './marks/marks.js';
import { noProblems, type ProblemCounts, placeProblems } from './marks/problems.js';
import type { NodeId } from './node-id.js';
import { type CardContext, drawCard } from './svg/card.js';
import { connectionTable } from './svg/connections.js';
import { drawEdges } from './svg/edges.js';
import { drawFrame, drawGround } from './svg/frame.js';
import { iconDefinitions } from './svg/icons.js';
import { drawLegend, type LegendItem } from './svg/legend.js';
import { styleSheet } from './svg/style.js';
import { text, widthOf } from './svg/text.js';
import type { Theme } from './svg/theme.js';
import { drawTunnel, drawTunnelLine } from './svg/tunnel.js';
import { escapeXml } from './svg/xml.js';

export interface DrawOptions {
  /** Drawn on the nodes that they concern. */
  readonly problems?: readonly Diagnostic[];
  /** What the topology costs, as `costOf` says. */
  readonly cost?: Cost;
  /** Ids of stacks that are shown server by server. */
  readonly expanded?: ReadonlySet<NodeId>;
  /** What a failure does. */
  readonly effect?: Effect;
  /** What a plan does with each node. */
  readonly changes?: ReadonlyMap<NodeId, Change>;
  /** `css` unless the picture is shown where nothing reads style sheets. */
  readonly theme?: Theme;
}

export interface DrawnNode {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly title: string;
  /** What it is, in a few words. */
  readonly subtitle: string;
  /** The part of the file that speaks of it. */
  readonly span: Span;
  /** In pixels of the picture. */
  readonly box: Box;
  readonly facts: () => readonly Fact[];
  readonly problems: ProblemCounts;
  /** Whether it is a stack that can be shown server by server. */
  readonly expandable: boolean;
  /** Whether `fail` knows it as something that can fail. */
  readonly failable: boolean;
}

export interface Drawing {
  readonly svg: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** In the order of reading. */
  readonly nodes: readonly DrawnNode[];
  /** The nodes that each error and warning of the options is drawn on. */
  readonly problemNodes: ReadonlyMap<Diagnostic, readonly NodeId[]>;
}

/** Draws a topology. The same model and options give the same bytes; the model of a broken file gives as much as it holds. */
export function drawTopology(model: Model, options: DrawOptions = {}): Drawing {
  const graph = buildGraph(model, options.cost);
  const layout = layOut(graph, options.expanded ?? new Set());
  return render(graph, layout, options);
}

function render(graph: Graph, layout: Layout, options: DrawOptions): Drawing {
  const { cost, effect, changes, problems: diagnostics = [], theme = 'css' } = options;
  const { model } = graph;
  const problems = placeProblems(model, diagnostics.length === 0 ? [] : nodesOf(layout), diagnostics);
  const sources = { effect, changes, problems };
  const nodes: DrawnNode[] = [];
  const drawn = (node: GraphNode, box: Box, expandable: boolean) => {
    const { id, kind, title, subtitle, span, facts } = node;
    nodes.push({
      id,
      kind,
      title,
      subtitle,
      span,
      box,
      facts,
      problems: problems.byNode.get(id) ?? noProblems,
      expandable,
      failable: isFailable(node, model),
    });
  };
  const connections = connectionTable(graph.edges);
  const bastion = model.access?.bastion.loadBalancer;
  const context: CardContext = {
    marksOf: (node, stack) => marksOf(node, sources, stack),
    connectionsOf: ({ id }) => connections.get(id),
    isBastion: (node) => bastion !== undefined && isTier(node) && node.entity === bastion,
    drawn,
    bodies: new Map(),
  };
  const isGone = (id: NodeId) =>
    effect !== undefined && (effect.failed.includes(id) || effect.states.get(id) === 'dark');
  const isOff = ({ edge }: PlacedEdge) => isGone(edge.from) || isGone(edge.to);

  const above = layout.cards.filter(({ content }) => content.node.kind === 'internet' || content.node.kind === 'dns');
  const inside = cardsByFrame(layout);
  const below = layout.cards.filter(
    ({ content }) => content.node.kind === 'bucket' || content.node.kind === 'external',
  );
  let symbols = '';
  for (const card of above) symbols += drawCard(card, context);
  for (const frame of layout.frames) {
    if (frame.node.kind !== 'arbiter') drawn(frame.node, frame.box, false);
    const sum = cost?.regions.find(({ name }) => name === frame.node.title)?.sum;
    symbols += drawFrame(
      frame,
      marksOf(frame.node, sources),
      sum && frame.node.kind === 'region' ? euros(sum) : undefined,
    );
    for (const card of inside.get(frame.node.id) ?? []) symbols += drawCard(card, context);
  }
  for (const tunnel of layout.tunnels) {
    drawn(tunnel.node, tunnel.box, false);
    symbols += drawTunnel(tunnel, marksOf(tunnel.node, sources));
  }
  for (const card of below) symbols += drawCard(card, context);

  const facts = titleFacts(graph, cost, problems.total);
  const name = model.name.value === '' ? 'topology' : model.name.value;
  const titleWidth = Math.max(widthOf(name, 'name'), widthOf(facts, 'body'));
  const width = Math.ceil(Math.max(layout.width, titleWidth + 2 * measures.margin, 480));
  const items = legendItems(layout, bastion !== undefined);
  const legendTop = layout.bottom + 32;
  const legend = drawLegend(items, measures.margin, legendTop, width - 2 * measures.margin);
  const height = Math.ceil((items.length === 0 ? layout.bottom : legendTop + legend.height) + measures.margin - 8);
  const uses = items.flatMap((item) => (item.kind === 'edge' ? [item.edge] : []));
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="gp" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="graphics-document" aria-roledescription="topology diagram" aria-labelledby="gp-title" aria-describedby="gp-desc">`,
    `<title id="gp-title">${escapeXml(name)}</title>`,
    `<desc id="gp-desc">${escapeXml(summary(graph, facts))}</desc>`,
    `<style>${styleSheet(theme, { edges: uses })}</style>`,
    iconDefinitions(['region', 'network', 'key', ...nodes.map(({ kind }) => kind)]),
    `<rect class="gp-page" width="${width}" height="${height}"/>`,
    `<g aria-hidden="true">${text(name, measures.margin, measures.margin + 18, 'name')}${text(facts, measures.margin, measures.margin + 38, 'body', { class: 'gp-m' })}</g>`,
    `<g aria-hidden="true">${layout.frames.map((frame) => drawGround(frame, marksOf(frame.node, sources).state)).join('')}</g>`,
    drawEdges(layout.edges, effect === undefined ? undefined : isOff),
    `<g aria-hidden="true">${layout.tunnels.map((tunnel) => drawTunnelLine(tunnel, isGone(tunnel.node.id))).join('')}</g>`,
    symbols,
    legend.svg,
    '</svg>\n',
  ].join('\n');
  return { svg, width, height, nodes, problemNodes: problems.nodesOf };
}

/** Everything that a problem can be drawn on. */
function nodesOf({ frames, cards, tunnels }: Layout): GraphNode[] {
  return [
    ...frames.map(({ node }) => node),
    ...cards.flatMap(({ content }) => [
      content.node,
      ...content.members.flatMap(({ node, volume }) => (volume === undefined ? [node] : [node, volume])),
    ]),
    ...tunnels.map(({ node }) => node),
  ];
}

/** The cards of each site by the id of its node; the arbiter's card is that of its site. */
function cardsByFrame({ cards }: Layout): ReadonlyMap<NodeId, readonly PlacedCard[]> {
  const frames = new Map<NodeId, PlacedCard[]>();
  for (const card of cards) {
    const { kind, id, parent } = card.content.node;
    const frame = kind === 'arbiter' ? id : parent;
    if (frame === undefined) continue;
    const known = frames.get(frame);
    if (known === undefined) frames.set(frame, [card]);
    else known.push(card);
  }
  return frames;
}

function titleFacts({ model }: Graph, cost: Cost | undefined, { errors, warnings }: ProblemCounts): string {
  return [
    counted(model.hosts.length, 'server'),
    counted(model.regions.length, 'region'),
    ...(cost === undefined ? [] : [`${euros(cost.total)} a month`]),
    ...(errors === 0 ? [] : [counted(errors, 'error')]),
    ...(warnings === 0 ? [] : [counted(warnings, 'warning')]),
  ].join(' · ');
}

/** `61.45 €`, `at least 61.45 €`: Inter's smaller set lacks the sign that is written elsewhere. */
function euros({ euros: amount, unknown }: Sum): string {
  return `${unknown === 0 ? '' : 'at least '}${formatEuros(amount)}`;
}

/** One sentence, for those who do not see the picture. */
function summary({ model, regions }: Graph, facts: string): string {
  const parts = [
    model.loadBalancers.length === 0 ? '' : counted(model.loadBalancers.length, 'load balancer'),
    model.apps.length === 0 ? '' : counted(model.apps.length, 'app'),
    model.databases.length === 0 ? '' : counted(model.databases.length, 'database'),
    model.storages.length === 0 ? '' : counted(model.storages.length, 'shared storage'),
    model.buckets.length === 0 ? '' : counted(model.buckets.length, 'bucket'),
  ].filter((part) => part !== '');
  const where = listed(regions.map(({ node }) => node.title));
  return `${facts.replaceAll(' · ', ', ')}: ${listed(parts)}${where === '' ? '' : ` in ${where}`}.`;
}

const edgeOrder: readonly EdgeKind[] = ['names', 'requests', 'calls', 'uses', 'replication', 'backup', 'tunnel'];

/** Only what the picture holds. */
function legendItems({ edges, tunnels, cards, frames }: Layout, hasBastion: boolean): LegendItem[] {
  const kinds = new Set<EdgeKind>(edges.map(({ edge }) => edge.kind));
  if (tunnels.length > 0) kinds.add('tunnel');
  const isStacked = cards.some(({ content }) => (content.count ?? 0) > 1 && content.members.length === 0);
  return [
    ...edgeOrder.filter((kind) => kinds.has(kind)).map((edge): LegendItem => ({ kind: 'edge', edge })),
    ...(frames.length > 0 ? [{ kind: 'network' } as const] : []),
    ...(isStacked ? [{ kind: 'stack' } as const] : []),
    ...(hasBastion ? [{ kind: 'bastion' } as const] : []),
  ];
}
