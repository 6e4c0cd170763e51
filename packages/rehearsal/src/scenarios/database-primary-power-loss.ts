import { failoverTimes } from '@groundplan/diagram';
import { databaseDrill } from './database-drill.js';
import type { Scenario } from './scenario.js';

export const databasePrimaryPowerLoss: Scenario = {
  name: 'database-primary-power-loss',
  title: 'The power of the database primary fails',
  fault: 'F6',
  of: (model) =>
    databaseDrill(model, {
      servers: 2,
      writes: failoverTimes.promotion,
      whole: failoverTimes.rejoined,
      inject: async (database, stage) => {
        const host = await stage.primaryOf(database);
        await host.powerLoss();
        return { what: `the power of ${host.name} was cut, and came back`, heal: () => host.boot() };
      },
      also: async (stage) => [await stage.planIsEmpty('a plan after the failover has nothing to do (F32)')],
    }),
};
