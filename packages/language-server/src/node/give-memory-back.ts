import type { Session } from 'node:inspector/promises';
import type { Readable } from 'node:stream';

/** Nobody waits for an answer when nothing was asked for so long. */
const quietMilliseconds = 1500;

/**
 * Returns memory to the system whenever a client has been quiet for a while after it asked something. V8 keeps the room of what it
 * no longer holds, about as much again as the whole server needs, until something presses; an editor runs many servers.
 *
 * The collection is the one that a debugger asks for, since `gc()` keeps the room of young objects
 * (V8: `HeapProfiler.collectGarbage` ends in `Heap::CollectAllAvailableGarbage`). No debugger and no port is opened.
 *
 * @returns what ends it
 */
export function giveMemoryBack(input: Readable): () => void {
  let timer: NodeJS.Timeout | undefined;
  const asked = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void collect(), quietMilliseconds);
    timer.unref();
  };
  input.on('data', asked);
  return () => {
    clearTimeout(timer);
    input.off('data', asked);
  };
}

async function collect(): Promise<void> {
  let session: Session | undefined;
  try {
    const inspector = await import('node:inspector/promises');
    session = new inspector.Session();
    session.connect();
    // It is answered when it is done; a session that ends before takes the collection with it.
    await session.post('HeapProfiler.collectGarbage');
  } catch {
    // A Node that was built without an inspector keeps the memory.
  } finally {
    session?.disconnect();
  }
}
