import type { Scenario } from './scenario.js';

export const nothing: Scenario = {
  name: 'nothing',
  title: 'Nothing happens',
  fault: undefined,
  of: () => ({
    subject: 'everything',
    isQuiet: true,
    budget: { reads: 0, writes: 0, lost: 'nothing', whole: undefined },
    lasts: { seconds: 15 },
    inject: async () => ({ what: 'nothing was done' }),
    also: async (stage) => [await stage.planIsEmpty('a second plan has nothing to do')],
  }),
};
