/** Lets a few in at a time, in the order in which they come. */
export interface Gate {
  /** Resolves when there is room, with what makes room again. */
  enter(): Promise<() => void>;
}

/** A gate for `size` at a time. */
export function makeGate(size: number): Gate {
  let inside = 0;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  };
  return {
    async enter() {
      if (inside < size) inside += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      let left = false;
      return () => {
        if (!left) leave();
        left = true;
      };
    },
  };
}
