/** A DNS zone as the API has it. */
export interface Zone {
  /** Without a dot at the end. */
  readonly name: string;
  /** Seconds, for sets that have none of their own. */
  readonly ttl: number;
  readonly sets: readonly RecordSet[];
}

/** All records of one name and type. */
export interface RecordSet {
  /** Relative to the zone; `@` for the zone itself. */
  readonly name: string;
  readonly type: string;
  readonly ttl: number | null;
  /** As they stand in a zone file. */
  readonly values: readonly string[];
}

/** The zone as a file (RFC 1035, section 5): the SOA first, the rest as it comes. */
export function zoneFile({ name, ttl, sets }: Zone): string {
  const sorted = [...sets.filter(({ type }) => type === 'SOA'), ...sets.filter(({ type }) => type !== 'SOA')];
  const lines = sorted.flatMap((set) =>
    set.values.map((value) => `${set.name} ${set.ttl ?? ttl} IN ${set.type} ${value}`),
  );
  return `$ORIGIN ${name}.\n$TTL ${ttl}\n${lines.join('\n')}\n`;
}
