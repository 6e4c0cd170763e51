import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawTopology, toJson } from '@groundplan/diagram';
import { analyse } from '@groundplan/model';
import { root } from '../run.mjs';
import { loadGraphviz } from './graphviz.mjs';
import { alternateScripts, median, milliseconds, percentile } from './processes.mjs';
import { largeTopology, manyApps } from './topologies.mjs';

/** Until the compilers of both are done: of a hundred pictures that a person sees while typing, few are among the first. */
const warmUps = 40;
const rounds = 41;
const processes = 5;

/**
 * Pictures of five hundred nodes beside graphviz's layout and SVG of the same: servers, each drawn by itself, which Groundplan joins
 * stack by stack and graphviz one by one; and apps with connections of their own, the same edges for both.
 *
 * Both run in this process in turns, so that neither pays for a start and both meet the same noise, and both begin with what they take: a
 * model, and a text of DOT. Groundplan is given a model that it has not seen before, as after an edit. Graphviz writes titles alone in its
 * boxes, which is the least it can be asked for; what it takes to write what our boxes say, with lines at right angles as ours are, is
 * shown beside it, and so is the first picture of a process, which is what a command line waits for.
 */
export async function measureDiagram(folder) {
  const graphviz = await loadGraphviz();
  return [
    ...compare(graphviz, folder, 'servers', largeTopology(5), edgesByServer),
    ...compare(graphviz, folder, 'apps', manyApps(8, 56), edgesDrawn),
  ];
}

function compare(graphviz, folder, what, text, edgesOf) {
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
  const row = (when, mine, peer, words, target) => ({
    what: `picture of ${drawing.nodes.length} nodes (${what}), ${when}`,
    ours: spread(mine),
    peer: `${spread(peer)} graphviz, ${edges.length} edges, ${words}`,
    ratio: median(mine) / median(peer),
    target,
  });
  const first = firstPictures(join(folder, `${what}.json`), { text, dot, expanded: [...expanded] });
  return [
    row('p50 / p95', ours, theirs, 'titles alone', 0.1),
    row('p50 / p95', ours, sames, 'all words, right angles', undefined),
    row('the first of a process', [first.ours], [first.theirs], 'titles alone', undefined),
  ];
}

/** Milliseconds of each, in a process of its own that has loaded what it needs. */
function firstPictures(file, given) {
  writeFileSync(file, JSON.stringify(given));
  const script = join(root, 'scripts', 'bench', 'first-picture.mjs');
  const [ours, theirs] = alternateScripts(
    ['groundplan', 'graphviz'].map((who) => [script, who, file]),
    processes,
  );
  return { ours: ours.milliseconds, theirs: theirs.milliseconds };
}

/** The middle and the slowest of many; what is one stands alone. */
function spread(times) {
  const shares = times.length > 1 ? [0.5, 0.95] : [0.5];
  return shares.map((share) => milliseconds(percentile(times, share))).join(' / ');
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
