import { entry } from './entry.js';

/** Volumes. */
export const volume = {
  'volume/too-small': entry<{ size: string; smallest: string }>({
    severity: 'error',
    title: 'A volume smaller than Hetzner makes',
    message: ({ size, smallest }) =>
      `a volume of ${size} is under Hetzner's smallest of ${smallest}: write ${smallest}`,
    docs: `Hetzner's API refuses volumes under 10 GB. A volume can grow later, while it is in use; it can never shrink.`,
  }),
  'volume/shrunk': entry<{ names: readonly string[]; before: number; after: number }>({
    severity: 'error',
    title: 'A volume smaller than the one that is deployed',
    message: ({ names, before, after }) =>
      names.length === 1
        ? `the volume ${names[0]} has ${before} GB and cannot shrink to ${after} GB: write ${before}GB`
        : `${names.length} volumes (${names[0]}, …) have ${before} GB and cannot shrink to ${after} GB: write ${before}GB`,
    docs: `Hetzner's volumes grow, also while they are in use, but never shrink. To come to a smaller one, replace the hosts of the
entity one after the other: each gets a new volume and copies its data from the others.`,
    example: {
      language: 'diff',
      wrong: ' databases:\n   main:\n-    volume: { size: 100GB }\n+    volume: { size: 50GB }',
      right: ' databases:\n   main:\n     volume: { size: 100GB }',
    },
  }),
};
