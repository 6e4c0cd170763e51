import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits. It does not keep the process alive, as the API of a rehearsal does as long as it is open: who is still waiting for something
 * when all is removed waits for nothing.
 *
 * @param signal ends it early; it does not reject then
 */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }).catch(
    () => undefined,
  );
}
