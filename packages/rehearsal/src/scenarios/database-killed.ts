import { failoverTimes } from '@groundplan/diagram';
import type { Database } from '@groundplan/model';
import type { Host } from '../host/host.js';
import type { Drill, Scenario } from './scenario.js';
import { lossOf, postgresql } from './targets.js';

/** A process of the primary's host is killed without a warning, and nobody does anything about it. */
function killed(database: Database, what: string, kill: (host: Host) => Promise<void>): Drill {
  return {
    subject: `database.${database.name}`,
    budget: {
      reads: 0,
      writes: failoverTimes.databaseRestarted,
      lost: lossOf(database),
      whole: failoverTimes.rejoined,
    },
    lasts: 'until users are served',
    inject: async (stage) => {
      const host = await stage.primaryOf(database);
      await kill(host);
      return { what: `${what} on ${host.name} was killed` };
    },
  };
}

export const postgresqlKilled: Scenario = {
  name: 'postgresql-killed',
  title: "The primary's PostgreSQL is killed",
  fault: 'F7',
  of: (model) => {
    const database = postgresql(model, 1);
    // The first line of its file is the postmaster.
    const script = 'kill -KILL "$(head -n 1 /srv/data/postgresql/*/postmaster.pid)"';
    return (
      database &&
      killed(database, 'PostgreSQL', async (host) => {
        await host.must(['sh', '-c', script]);
      })
    );
  },
};

export const patroniKilled: Scenario = {
  name: 'patroni-killed',
  title: "The primary's Patroni is killed",
  fault: 'F7',
  of: (model) => {
    const database = postgresql(model, 1);
    return (
      database &&
      killed(database, 'Patroni', async (host) => {
        await host.must(['systemctl', 'kill', '--kill-whom=main', '--signal=KILL', 'patroni.service']);
      })
    );
  },
};
