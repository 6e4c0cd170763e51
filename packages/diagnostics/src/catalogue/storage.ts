import { entry } from './entry.js';

/** Shared storage. */
export const storage = {
  'storage/replica-two': entry({
    severity: 'error',
    title: 'Two replicas and nobody to break a tie',
    message: () =>
      'two replicas and nobody to break a tie: after a cut each takes its own files for the true ones, write arbiter: 1',
    docs: `Two servers that lose sight of each other both think that the other one is dead. Each goes on writing, and when they meet again a file has two contents, neither of which is right: split brain. GlusterFS cannot mend that, somebody has to choose file by file; until then the file cannot be read.

The arbiter is a small third server that keeps names only. With it there is always a majority: two of three, which go on and heal the third afterwards. Three replicas with data (\`{ data: 3, arbiter: 0 }\`) do the same, with one more copy.`,
  }),
  'storage/two-way': entry<{ region: string }>({
    severity: 'error',
    title: 'Geo-replication goes one way',
    message: ({ region }) =>
      `${region} has the original and cannot receive copies as well: geo-replication goes one way, remove it here, or use a bucket where every region must write`,
    docs: `GlusterFS's geo-replication copies from one region to the others, with a delay and never back. The copies are mounted read-only, since what somebody writes there would be overwritten, or stay and never reach the original.

List under \`to\` only regions other than \`from\`. Where programs in every region must write the same files, use a bucket: all regions see the same one.`,
  }),
  'storage/maintenance': entry({
    severity: 'information',
    title: 'GlusterFS is barely maintained',
    message: () => 'GlusterFS is barely maintained upstream: prefer a bucket where the program can use one',
    docs: `Red Hat ended its GlusterFS product in 2024, and few people work on it since. It still does what it did, distributions ship it, and Groundplan tests it; but fixes are slow to come.

Programs that can use S3 (most frameworks have it for uploads) are better off with a bucket: no servers, no quorum, no healing, links that go to browsers directly. For programs that need a file system there is nothing simpler that survives the death of a server.

This is an information, not a warning: it does not count for \`--max-warnings\`.`,
  }),
};
