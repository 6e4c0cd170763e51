import { failoverTimes } from '@groundplan/diagram';
import type { Scenario } from './scenario.js';
import { postgresql } from './targets.js';

export const databaseStandbyPowerLoss: Scenario = {
  name: 'database-standby-power-loss',
  title: 'The power of a database standby fails',
  fault: 'F9',
  of: (model) => {
    const database = postgresql(model, 2);
    if (database === undefined) return undefined;
    return {
      subject: `database.${database.name}`,
      database,
      budget: { reads: 0, writes: failoverTimes.standbyGivenUp, lost: 'nothing', whole: failoverTimes.rejoined },
      lasts: 'until users are served',
      inject: async (stage) => {
        const primary = await stage.primaryOf(database);
        const host = stage.hostsOf(database).find(({ name }) => name !== primary.name);
        if (host === undefined) throw new Error(`database.${database.name} has no standby`);
        await host.powerLoss();
        return { what: `the power of ${host.name} was cut, and came back`, heal: () => host.boot() };
      },
    };
  },
};
