/** What to do when the server has stopped without being asked to. */
export interface AfterCrash {
  readonly restart: boolean;
  /** To be shown; undefined when the user knows already. */
  readonly message: string | undefined;
}

const most = 4;
const window = 3 * 60_000;

/**
 * Restarts the server up to four times within three minutes, and says so once in that time.
 *
 * @param now milliseconds since any moment
 */
export function crashPolicy(now: () => number): () => AfterCrash {
  let crashes: number[] = [];
  return () => {
    const time = now();
    crashes = [...crashes.filter((crash) => time - crash < window), time];
    if (crashes.length > most) {
      crashes = [];
      return {
        restart: false,
        message: `The Groundplan language server stopped ${most + 1} times within three minutes and is not started again.`,
      };
    }
    return {
      restart: true,
      message: crashes.length === 1 ? 'The Groundplan language server stopped and was started again.' : undefined,
    };
  };
}
