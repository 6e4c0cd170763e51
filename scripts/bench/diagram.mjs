import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { drawTopology, toJson } from '@groundplan/diagram';
import { analyse } from '@groundplan/model';
import { npmTool } from '../npm-tool.mjs';
import { median, milliseconds } from './processes.mjs';
import { largeTopology, manyApps } from './topologies.mjs';

const graphvizVersion = '1.29.2';
const warmUps = 8;
const rounds = 31;

/**
 * Pictures of five hundred nodes beside graphviz's layout and SVG of the same: servers, each drawn by itself, which Groundplan joins
 * stack by stack and graphviz one by one; and apps with connections of their own, the same edges for both.
 *
 * Both run in this process, so that neither pays for a start, and both begin with what they take: a model, and a text of DOT. Groundplan
 * is given a model that it has not seen before, as after an edit. Graphviz writes titles alone in its boxes, which is the least it can
 * be asked for; what it takes to write what our boxes say, with lines at right angles as ours are, is shown beside it.
 */
export async function measureDiagram() {
  const folder = await npmTool('@hpcc-js/wasm-graphviz', graphvizVersion);
  const { Graphviz } = await import(pathToFileURL(join(folder, 'dist', 'index.js')).href);
  const graphviz = await Graphviz.load();
  return [
    ...compare(graphviz, 'servers', largeTopology(5), edgesByServer),
    ...compare(graphviz, 'apps', manyApps(8, 56), edgesDrawn),
  ];
}

function compare(graphviz, what, text, edgesOf) {
  const models = Array.from({ length: warmUps + rounds }, () => analyse(text).model);
  const [model] = models;
  const stacks = drawTopology(model).nodes.filter(({ expandable }) => expandable);
  const expanded = new Set(what === 'servers' ? stacks.map(({ id }) => id) : []);
  const drawing = drawTopology(model, { expanded });
  const edges = edgesOf(model);
  const dot = dotOf(drawing, edges, ({ title }) => title, '');
  const ours = [];
  const theirs = [];
  for (const [round, fresh] of models.entries()) {
    const mine = timeOf(() => drawTopology(fresh, { expanded }));
    const peer = timeOf(() => graphviz.dot(dot, 'svg'));
    if (round < warmUps) continue;
    ours.push(mine);
    theirs.push(peer);
  }
  const same = dotOf(drawing, edges, ({ title, subtitle }) => `${title}\\n${subtitle}`, 'splines=ortho;');
  const sames = Array.from({ length: 3 }, () => timeOf(() => graphviz.dot(same, 'svg')));
  const mine = median(ours);
  const row = (peer, words, target) => ({
    what: `picture of ${drawing.nodes.length} nodes (${what})`,
    ours: milliseconds(mine),
    peer: `${milliseconds(peer)} graphviz, ${edges.length} edges, ${words}`,
    ratio: mine / peer,
    target,
  });
  return [row(median(theirs), 'titles alone', 0.1), row(median(sames), 'all words, right angles', undefined)];
}

/** Balancers to each app server, each app server to each database server of its region. */
function edgesByServer(model) {
  const hosts = (region, tier) => model.hosts.filter((host) => host.region === region && host.tier === tier);
  return model.regions
    .flatMap((region) =>
      hosts(region, 'app').flatMap((app) => [
        ...hosts(region, 'lb')
          .slice(0, 1)
          .map((balancer) => [balancer.key, app.key]),
        ...hosts(region, 'db')
          .slice(0, 1)
          .map((database) => [app.key, database.key]),
      ]),
    )
    .map(([from, to]) => [`host.${from}`, `host.${to}`]);
}

function edgesDrawn(model) {
  const { edges } = JSON.parse(toJson(model));
  return edges.filter(({ kind }) => kind !== 'tunnel').map(({ from, to }) => [from, to]);
}

/** Regions as clusters, as the picture frames them. */
function dotOf({ nodes }, edges, labelOf, settings) {
  const boxes = new Map();
  for (const node of nodes) {
    const { id } = node;
    if (node.kind === 'region') continue;
    const region = /^(?:tier|host|volume)\.(r\d+)[._]/.exec(id)?.[1] ?? '';
    boxes.set(region, `${boxes.get(region) ?? ''}"${id}" [shape=box label="${labelOf(node)}"];`);
  }
  const clusters = [...boxes].map(([region, inside]) =>
    region === '' ? inside : `subgraph cluster_${region}{label="${region}";${inside}}`,
  );
  return `digraph{${settings}${clusters.join('')}${edges.map(([from, to]) => `"${from}"->"${to}";`).join('')}}`;
}

function timeOf(work) {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}
