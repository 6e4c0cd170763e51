// Loaded into a server that is measured (`node --expose-gc --import`): at SIGUSR2 it writes its heap after a collection to the file
// that GROUNDPLAN_HEAP_FILE names.
import { writeFileSync } from 'node:fs';

process.on('SIGUSR2', () => {
  globalThis.gc();
  globalThis.gc();
  writeFileSync(process.env.GROUNDPLAN_HEAP_FILE, String(process.memoryUsage().heapUsed));
});
