import { failoverTimes } from '@groundplan/diagram';
import type { Scenario } from './scenario.js';
import { lossOf, postgresql } from './targets.js';

export const databasePrimaryPowerLoss: Scenario = {
  name: 'database-primary-power-loss',
  title: 'The power of the database primary fails',
  fault: 'F6',
  of: (model) => {
    const database = postgresql(model, 2);
    if (database === undefined) return undefined;
    return {
      subject: `database.${database.name}`,
      budget: {
        reads: 0,
        writes: failoverTimes.promotion,
        lost: lossOf(database),
        whole: failoverTimes.rejoined,
      },
      lasts: 'until users are served',
      inject: async (stage) => {
        const host = await stage.primaryOf(database);
        await host.powerLoss();
        return { what: `the power of ${host.name} was cut, and came back`, heal: () => host.boot() };
      },
      also: async (stage) => [await stage.planIsEmpty('a plan after the failover has nothing to do (F32)')],
    };
  },
};
