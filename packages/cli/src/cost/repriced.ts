import { type Host, type Model, referenceWords } from '@groundplan/model';

/** A server that keeps its place but not its type. */
export interface Repriced {
  readonly server: string;
  /** `app.web`; `arbiter`. */
  readonly owner: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The servers that would be rescaled. Since 2026-06-15 a server keeps the price at which it was ordered; a rescale moves it to today's
 * price, which is the one of the catalogue.
 */
export function repricedServers(before: Model, after: Model): Repriced[] {
  const old = new Map(before.hosts.map((host) => [host.key, host]));
  return after.hosts.flatMap((host) => {
    const from = old.get(host.key)?.type.value;
    const to = host.type.value;
    return from === undefined || from === to ? [] : [{ server: host.name, owner: ownerOf(host), from, to }];
  });
}

function ownerOf({ entity }: Host): string {
  return entity === undefined ? 'arbiter' : `${referenceWords[entity.kind]}.${entity.name}`;
}

/** One line for each entity and pair of types. */
export function repricedLines(repriced: readonly Repriced[]): string[] {
  const counts = new Map<string, number>();
  for (const { owner, from, to } of repriced) {
    const what = `${owner} from ${from} to ${to}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(
    ([what, count]) => `${what}: ${count === 1 ? '1 server moves' : `${count} servers move`} to today's price`,
  );
}
