import type { Model } from '@groundplan/model';
import type { DrawOptions } from './draw.js';
import { buildGraph } from './graph/build.js';
import { floatingIpNode, hostNode, volumeNode } from './graph/children.js';
import { isFailable } from './graph/failable.js';
import type { GraphNode } from './graph/graph.js';
import { marksOf } from './marks/marks.js';
import { placeProblems } from './marks/problems.js';

/**
 * The topology as JSON for other programs, every single server included, without places in a picture:
 *
 * - `format`: 1; only additions do not raise it.
 * - `topology`: its name.
 * - `regions`: `{ id, name, location, network }`, in the order of the file.
 * - `nodes`: `{ id, kind, title, description, parent, span, facts, failable }` and, where there is something to say, `state` (`failed`,
 *   `dark`, `degraded`, `carries-on`), `change` (`create`, `update`, `replace`, `delete`) and `problems` (`{ errors, warnings }`). `id` is
 *   made of first names and stays when a thing is renamed; `parent` is the id of what it stands in, or null; `span` are the offsets of its part
 *   of the file in UTF-16 units.
 * - `edges`: `{ kind, from, to, both, labels }`; `from` and `to` are ids, `both` says that it goes both ways.
 */
export function toJson(model: Model, options: DrawOptions = {}): string {
  const graph = buildGraph(model, options.cost);
  const nodes: GraphNode[] = [
    graph.internet,
    ...(graph.dns === undefined ? [] : [graph.dns]),
    ...graph.regions.flatMap(({ node, tiers }) => [
      node,
      ...tiers.flatMap((tier) => [
        tier,
        ...present(floatingIpNode(tier)),
        ...tier.hosts.flatMap((host) => [hostNode(host, tier.id), ...present(volumeNode(host))]),
      ]),
    ]),
    ...(graph.arbiter === undefined ? [] : [graph.arbiter]),
    ...graph.tunnels,
    ...graph.buckets,
    ...graph.externals,
  ];
  const problems = placeProblems(model, nodes, options.problems ?? []);
  const sources = { effect: options.effect, changes: options.changes, problems };
  const value = {
    format: 1,
    topology: model.name.value,
    regions: graph.regions.map(({ node, region, cidr }) => ({
      id: node.id,
      name: region.name,
      location: region.location.value,
      network: cidr,
    })),
    nodes: nodes.map((node) => {
      const { state, change, problems: counts } = marksOf(node, sources);
      const { id, kind, title, subtitle, parent, span, facts } = node;
      return {
        id,
        kind,
        title,
        description: subtitle,
        parent: parent ?? null,
        span,
        facts: facts(),
        failable: isFailable(node, model),
        ...(state === undefined ? {} : { state }),
        ...(change === undefined ? {} : { change }),
        ...(counts.errors + counts.warnings === 0 ? {} : { problems: counts }),
      };
    }),
    edges: graph.edges.map(({ kind, from, to, both, labels }) => ({ kind, from, to, both, labels })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function present<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
