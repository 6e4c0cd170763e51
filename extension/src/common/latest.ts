/**
 * Runs `work` once at a time: called again while it runs, it runs once more after that, however often it was called.
 *
 * @param work must not reject
 */
export function latest(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    do {
      again = false;
      await work();
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
