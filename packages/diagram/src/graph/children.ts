import { type Host, isPair } from '@groundplan/model';
import { floatingIpId, hostId, volumeId } from '../node-id.js';
import { facts, factsOfHost } from './facts.js';
import type { GraphNode, TierNode } from './graph.js';
import { roleOf } from './words.js';

/** One node for each server of a stack. */
export function hostNode(host: Host, parent: string): GraphNode {
  return {
    id: hostId(host),
    kind: 'host',
    title: host.name,
    subtitle: roleOf(host) ?? host.address,
    span: host.span,
    parent,
    facts: () => factsOfHost(host),
  };
}

export function volumeNode(host: Host): GraphNode | undefined {
  const { volume, entity } = host;
  if (volume === undefined) return undefined;
  const declared = entity?.kind === 'database' || entity?.kind === 'storage' ? entity.volume.keySpan : host.span;
  return {
    id: volumeId(host),
    kind: 'volume',
    title: `volume of ${host.name}`,
    subtitle: `${volume.size.value} GB`,
    span: declared,
    parent: hostId(host),
    facts: () =>
      facts([
        ['size', `${volume.size.value} GB`],
        ['filesystem', volume.filesystem.value],
      ]),
  };
}

export function floatingIpNode({ entity, region, id }: TierNode): GraphNode | undefined {
  if (entity.kind !== 'load_balancer' || !isPair(entity)) return undefined;
  return {
    id: floatingIpId(entity, region),
    kind: 'floating_ip',
    title: 'floating IP',
    subtitle: `${entity.name} in ${region.name}`,
    span: entity.mode.origin.span,
    parent: id,
    facts: () => facts([['moves between', `the balancers of ${entity.name}`]]),
  };
}
