import type { EdgeKind, GraphEdge } from '../graph/graph.js';
import type { NodeId } from '../node-id.js';

const verbs: Readonly<Record<EdgeKind, string | undefined>> = {
  names: undefined,
  requests: 'sends requests to',
  calls: 'calls',
  uses: 'uses',
  replication: 'replicates to',
  backup: 'backs up to',
  tunnel: undefined,
};

/** What the lines say, in words, by the node where they begin: `uses main, backs up to dumps`. */
export function connectionTable(edges: readonly GraphEdge[]): ReadonlyMap<NodeId, string> {
  const table = new Map<NodeId, string>();
  const sayings = new Sayings();
  for (const { kind, from, leadsTo } of edges) {
    const verb = verbs[kind];
    if (verb === undefined) continue;
    const said = sayings.of(verb, leadsTo);
    const known = table.get(from);
    table.set(from, known === undefined ? said : `${known}, ${said}`);
  }
  return table;
}

/** The same words are the same string, which is known at once where an entity says them in every region. */
class Sayings {
  readonly #byVerb = new Map<string, Map<string, string>>();

  of(verb: string, name: string): string {
    let byName = this.#byVerb.get(verb);
    if (byName === undefined) {
      byName = new Map();
      this.#byVerb.set(verb, byName);
    }
    const known = byName.get(name);
    if (known !== undefined) return known;
    const made = `${verb} ${name}`;
    byName.set(name, made);
    return made;
  }
}
