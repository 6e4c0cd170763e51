/** An address of a name, and for how long it may be kept. */
export interface Resolved {
  readonly address: string;
  /** Seconds. */
  readonly ttl: number;
}

export interface NameCache {
  /**
   * The addresses of a name, as they may still be used. Rejects if the name cannot be resolved now and was not before: what is out of
   * date is not used again, as browsers do not.
   */
  lookup(name: string): Promise<readonly string[]>;
}

/**
 * Keeps the addresses of names as a browser does: as long as the shortest TTL says, for everyone who asks in that time, in the order
 * in which the answer had them. Questions at the same time become one.
 *
 * @param resolve asks the name server
 * @param clock milliseconds
 */
export function makeNameCache(resolve: (name: string) => Promise<readonly Resolved[]>, clock: () => number): NameCache {
  const known = new Map<string, { readonly addresses: readonly string[]; readonly until: number }>();
  const asking = new Map<string, Promise<readonly string[]>>();

  const ask = async (name: string): Promise<readonly string[]> => {
    try {
      const answer = await resolve(name);
      if (answer.length === 0) throw new Error(`${name} has no address`);
      const ttl = Math.min(...answer.map((each) => each.ttl));
      const addresses = answer.map(({ address }) => address);
      known.set(name, { addresses, until: clock() + 1000 * ttl });
      return addresses;
    } finally {
      asking.delete(name);
    }
  };

  return {
    async lookup(name) {
      const entry = known.get(name);
      if (entry !== undefined && clock() < entry.until) return entry.addresses;
      const question = asking.get(name) ?? ask(name);
      asking.set(name, question);
      return question;
    },
  };
}
