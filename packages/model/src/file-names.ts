/** The topology of a folder; several in one folder are called `NAME.topology.yaml`. */
export const topologyFile = 'topology.yaml';
/** Severities that differ from the catalogue's, for the topologies of its folder and below. */
export const configFile = 'groundplan.config.yaml';
/** What Hetzner offers to the user's own token, instead of the bundled catalogue. */
export const catalogFile = 'groundplan.catalog.json';

/** Whether a file of that name, without its folder, is a topology. */
export function isTopologyName(name: string): boolean {
  return name === topologyFile || (name.endsWith(`.${topologyFile}`) && !name.startsWith('.'));
}
