import { databaseDrill } from './database-drill.js';
import type { Scenario } from './scenario.js';

const filler = '/srv/data/rehearsal-filler';

export const databaseDiskFull: Scenario = {
  name: 'database-disk-full',
  title: 'The volume of the database primary is full',
  fault: undefined,
  of: (model) =>
    databaseDrill(model, {
      servers: 1,
      writes: undefined,
      whole: undefined,
      lasts: { seconds: 40 },
      inject: async (database, stage) => {
        const host = await stage.primaryOf(database);
        // A file without a byte written takes its room all the same; then the rest, block by block.
        const script = `fallocate -l "$(df --output=avail -B1 /srv/data | tail -n 1)" "$0" || true; dd if=/dev/zero of="$0-rest" bs=64k 2>/dev/null || true`;
        await host.must(['sh', '-c', script, filler], { timeoutMilliseconds: 120_000 });
        return {
          what: `the volume of ${host.name} was filled to the last block, and emptied again`,
          heal: async () => {
            await host.must(['rm', '-f', filler, `${filler}-rest`]);
          },
        };
      },
    }),
};
