import { failoverTimes } from '@groundplan/diagram';
import type { Scenario } from './scenario.js';
import { spareApp } from './targets.js';

export const appPowerLoss: Scenario = {
  name: 'app-power-loss',
  title: 'The power of an app server fails under load',
  fault: 'F4',
  of: (model) => {
    const app = spareApp(model);
    if (app === undefined) return undefined;
    return {
      subject: `app.${app.name}`,
      budget: { reads: 0, writes: failoverTimes.markedDown(app), lost: 'nothing', whole: undefined },
      lasts: { seconds: failoverTimes.markedDown(app) + 5 },
      inject: async (stage) => {
        const [host] = stage.hostsOf(app);
        if (host === undefined) throw new Error(`app.${app.name} has no host`);
        await host.powerLoss();
        return { what: `the power of ${host.name} was cut, and came back`, heal: () => host.boot() };
      },
    };
  },
};
