import { entry } from './entry.js';

/** The third site that breaks ties. */
export const arbiter = {
  'arbiter/in-region': entry<{ location: string; region: string; free?: string }>({
    severity: 'error',
    title: 'The arbiter is where a region is',
    message: ({ location, region, free }) =>
      `the arbiter is in ${location} like ${region} and dies with it: put it at a third location${free === undefined ? '' : `, such as ${free}`}`,
    docs: `The arbiter breaks ties between the regions. In the location of one of them it dies together with it, and takes the majority along: the other region, which is well, has one vote of three, and its database stops. That is worse than no arbiter, since the fault that it is there for is the one it shares.

Any location without a region will do. It sees a few packets a second, so that distance does not matter.`,
  }),
};
