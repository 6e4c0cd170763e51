import { entry } from './entry.js';

/** Buckets. */
export const bucket = {
  'bucket/location': entry<{ location: string; allowed: readonly string[]; key?: string; nearest?: string }>({
    severity: 'error',
    title: 'No object storage in that location',
    message: ({ location, allowed, key, nearest }) => {
      const among = `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;
      if (nearest !== undefined) return `there is no location "${location}": did you mean ${nearest}?`;
      return key === undefined
        ? `buckets cannot be in "${location}": use ${among}`
        : `${key} would be in ${location} like the region, where buckets cannot be: write location: ${among}`;
    },
    docs: `Hetzner has object storage in Falkenstein (\`fsn1\`), Nuremberg (\`nbg1\`) and Helsinki (\`hel1\`), and not in Ashburn, Hillsboro and Singapore. A bucket whose \`location\` is not written is in the region's, so that in a region outside of Europe each bucket names its own.

Programs far from the bucket wait for the distance with each request. Browsers too, but they can be sent there directly by links. For backups the distance is welcome.`,
  }),
};
