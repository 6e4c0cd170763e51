import { failoverTimes } from '@groundplan/diagram';
import type { Scenario } from './scenario.js';
import { lossOf, postgresql } from './targets.js';

export const databasePrimaryPartition: Scenario = {
  name: 'database-primary-partition',
  title: 'The database primary is cut off from the private network',
  fault: 'F12',
  of: (model) => {
    const database = postgresql(model, 2);
    if (database === undefined) return undefined;
    return {
      subject: `database.${database.name}`,
      budget: {
        reads: 0,
        writes: failoverTimes.cutOffPromotion,
        lost: lossOf(database),
        whole: failoverTimes.rejoined,
      },
      lasts: 'until users are served',
      inject: async (stage) => {
        const host = await stage.primaryOf(database);
        await stage.isolate(host.name, 'private networks');
        return {
          what: `${host.name} was cut off from the private network, and came back`,
          heal: () => stage.reconnect(),
        };
      },
    };
  },
};
