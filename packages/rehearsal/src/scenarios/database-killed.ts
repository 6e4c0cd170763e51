import { failoverTimes } from '@groundplan/diagram';
import type { Model } from '@groundplan/model';
import { databaseDrill } from './database-drill.js';
import type { Drill, Scenario } from './scenario.js';

/** A process of the primary's host is killed without a warning, and nobody does anything about it. */
function killed(model: Model, what: string, kill: readonly string[]): Drill | undefined {
  return databaseDrill(model, {
    servers: 1,
    writes: failoverTimes.databaseRestarted,
    whole: failoverTimes.rejoined,
    inject: async (database, stage) => {
      const host = await stage.primaryOf(database);
      await host.must(kill);
      return { what: `${what} on ${host.name} was killed` };
    },
  });
}

export const postgresqlKilled: Scenario = {
  name: 'postgresql-killed',
  title: "The primary's PostgreSQL is killed",
  fault: 'F7',
  of: (model) =>
    // The first line of its file is the postmaster.
    killed(model, 'PostgreSQL', ['sh', '-c', 'kill -KILL "$(head -n 1 /srv/data/postgresql/*/postmaster.pid)"']),
};

export const patroniKilled: Scenario = {
  name: 'patroni-killed',
  title: "The primary's Patroni is killed",
  fault: 'F7',
  of: (model) =>
    killed(model, 'Patroni', ['systemctl', 'kill', '--kill-whom=main', '--signal=KILL', 'patroni.service']),
};
