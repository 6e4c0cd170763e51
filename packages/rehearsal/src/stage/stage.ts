import type { App, Database, LoadBalancer, Model } from '@groundplan/model';
import type { Host } from '../host/host.js';
import type { Lab } from '../lab/lab.js';
import type { Applier } from '../lab/tool.js';
import type { Where } from '../network/network.js';
import { pause } from '../pause.js';
import type { Finding } from '../scenarios/scenario.js';
import { hostsOf } from '../scenarios/targets.js';
import { claimsPrimary } from './primaries.js';

/** What a scenario can do, and ask. */
export interface Stage {
  readonly model: Model;
  hosts(): readonly Host[];
  /** The hosts of an entity, in the order of their names. */
  hostsOf(entity: LoadBalancer | App | Database): readonly Host[];
  /** The host whose PostgreSQL takes writes. Rejects if there is none for a minute. */
  primaryOf(database: Database): Promise<Host>;
  /** The host that has the floating address; any of them where all are active. */
  activeOf(balancer: LoadBalancer): Promise<Host>;
  /** From now on nothing passes to or from a host; its cables stay. */
  isolate(name: string, where: Where): Promise<void>;
  /** Ends all isolations. */
  reconnect(): Promise<void>;
  /** The IPv4 addresses that DNS has for a name now. */
  records(name: string): readonly string[];
  /** Plans, and looks whether there is anything to do. */
  planIsEmpty(promise: string): Promise<Finding>;
}

/** The stage of a topology that has been applied in a lab. */
export function makeStage(model: Model, lab: Lab, applier: Applier): Stage {
  const { rehearsal } = lab;
  const ofEntity: Stage['hostsOf'] = (entity) => hostsOf(model, entity).map(({ name }) => rehearsal.host(name));
  return {
    model,
    hosts: () => rehearsal.hosts(),
    hostsOf: ofEntity,
    async primaryOf(database) {
      for (let attempt = 0; attempt < 60; attempt += 1) {
        for (const host of ofEntity(database)) if (await claimsPrimary(host)) return host;
        await pause(1000);
      }
      throw new Error(`database.${database.name} has no primary`);
    },
    async activeOf(balancer) {
      const holder = lab.floatingAddressHolders().find((name) => ofEntity(balancer).some((host) => host.name === name));
      const host = ofEntity(balancer).find(({ name }) => holder === undefined || name === holder);
      if (host === undefined) throw new Error(`load_balancer.${balancer.name} has no host`);
      return host;
    },
    isolate: (name, where) => rehearsal.isolate(name, where),
    reconnect: () => rehearsal.heal(),
    records: (name) => lab.records(name),
    async planIsEmpty(promise) {
      const changes = await applier.plan();
      const [first] = changes;
      const measured = first === undefined ? 'nothing to do' : `${changes.length} to do: ${first}`;
      return { promise, measured, met: first === undefined };
    },
  };
}
