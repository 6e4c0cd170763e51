import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { drawTopology } from '@groundplan/diagram';
import { analyse } from '@groundplan/model';
import { npmTool } from '../npm-tool.mjs';
import { median, milliseconds } from './processes.mjs';
import { largeTopology, manyApps } from './topologies.mjs';

const graphvizVersion = '1.29.2';
const rounds = 31;

/**
 * Pictures of five hundred nodes beside graphviz's layout and SVG of the same: servers, each drawn by itself, which Groundplan joins
 * stack by stack and graphviz one by one; and apps with connections of their own, the same edges for both.
 */
export async function measureDiagram() {
  const folder = await npmTool('@hpcc-js/wasm-graphviz', graphvizVersion);
  const { Graphviz } = await import(pathToFileURL(join(folder, 'dist', 'index.js')).href);
  const graphviz = await Graphviz.load();
  return [
    compare(graphviz, 'servers', largeTopology(5), edgesByServer),
    compare(graphviz, 'apps', manyApps(8, 56), edgesDrawn),
  ];
}

function compare(graphviz, what, text, edgesOf) {
  const { model } = analyse(text);
  const stacks = drawTopology(model).nodes.filter(({ expandable }) => expandable);
  const expanded = new Set(what === 'servers' ? stacks.map(({ id }) => id) : []);
  const drawing = drawTopology(model, { expanded });
  const edges = edgesOf(model, drawing);
  const dot = dotOf(drawing, edges);
  const ours = [];
  const theirs = [];
  for (let round = -8; round < rounds; round++) {
    const mine = timeOf(() => drawTopology(model, { expanded }));
    const peer = timeOf(() => graphviz.dot(dot, 'svg'));
    if (round < 0) continue;
    ours.push(mine);
    theirs.push(peer);
  }
  const [mine, peer] = [median(ours), median(theirs)];
  return {
    what: `picture of ${drawing.nodes.length} nodes (${what})`,
    ours: milliseconds(mine),
    peer: `${milliseconds(peer)} graphviz, ${edges.length} edges`,
    ratio: mine / peer,
    target: 0.1,
  };
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

function edgesDrawn(_model, { svg }) {
  return [...svg.matchAll(/data-from="([^"]*)" data-to="([^"]*)"/g)].map(([, from, to]) => [from, to]);
}

/** Regions as clusters, as the picture frames them. */
function dotOf({ nodes }, edges) {
  const boxes = new Map();
  for (const { id, kind, title } of nodes) {
    if (kind === 'region') continue;
    const region = /^(?:tier|host|volume)\.(r\d+)[._]/.exec(id)?.[1] ?? '';
    boxes.set(region, `${boxes.get(region) ?? ''}"${id}" [shape=box label="${title}"];`);
  }
  const clusters = [...boxes].map(([region, inside]) =>
    region === '' ? inside : `subgraph cluster_${region}{label="${region}";${inside}}`,
  );
  return `digraph{${clusters.join('')}${edges.map(([from, to]) => `"${from}"->"${to}";`).join('')}}`;
}

function timeOf(work) {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}
