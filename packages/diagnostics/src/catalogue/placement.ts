import { entry } from './entry.js';

/** How servers are spread over Hetzner's machines. */
export const placement = {
  'placement/too-many-groups': entry<{ count: number; limit: number }>({
    severity: 'error',
    title: 'More placement groups than a project has',
    message: ({ count, limit }) =>
      `with this the topology needs ${count} placement groups and a project has ${limit}: use fewer tiers, or split the topology over two projects`,
    docs: `Servers of one entity are kept on different physical machines by a spread placement group, so that a broken machine takes one of them. A group holds 10 servers, and larger tiers get several by themselves; each entity has its own in each region. A project at Hetzner has at most 50 groups (docs.hetzner.com, placement groups).

Merge small apps into one, or move a part into a topology and a project of its own.`,
  }),
};
