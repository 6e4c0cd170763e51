import { failoverTimes } from '@groundplan/diagram';
import { databaseDrill } from './database-drill.js';
import type { Scenario } from './scenario.js';

export const databasePrimaryPartition: Scenario = {
  name: 'database-primary-partition',
  title: 'The database primary is cut off from the private network',
  fault: 'F12',
  of: (model) =>
    databaseDrill(model, {
      servers: 2,
      writes: failoverTimes.cutOffPromotion,
      whole: failoverTimes.rejoined,
      inject: async (database, stage) => {
        const host = await stage.primaryOf(database);
        await stage.isolate(host.name, 'private networks');
        return {
          what: `${host.name} was cut off from the private network, and came back`,
          heal: () => stage.reconnect(),
        };
      },
    }),
};
