/**
 * Tries until it neither throws nor rejects, for 90 seconds at most: the machine may be busy.
 *
 * @param failure what is said then, together with what it threw last
 */
export async function until(
  work: () => Promise<unknown>,
  failure: string | (() => string) = 'it does not come about',
): Promise<void> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    try {
      await work();
      return;
    } catch (problem) {
      if (Date.now() > deadline) throw new Error(typeof failure === 'string' ? failure : failure(), { cause: problem });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
