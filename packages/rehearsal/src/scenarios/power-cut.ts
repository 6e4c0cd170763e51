import type { Scenario } from './scenario.js';

/** Seconds that all is off. */
const dark = 5;

export const powerCut: Scenario = {
  name: 'power-cut',
  title: 'The power of all hosts fails at once',
  fault: undefined,
  of: () => ({
    subject: 'everything',
    budget: { reads: undefined, writes: undefined, lost: 'nothing', whole: undefined },
    lasts: { seconds: dark },
    inject: async (stage) => {
      const hosts = stage.hosts();
      await Promise.all(hosts.map((host) => host.powerLoss()));
      return {
        what: `the power of all ${hosts.length} hosts was cut, and came back after ${dark} seconds`,
        heal: async () => {
          await Promise.all(hosts.map((host) => host.boot()));
        },
      };
    },
  }),
};
