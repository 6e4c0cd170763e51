/** Something that keeps packets from passing. */
export type Cut =
  /** Nothing passes between the two, in neither direction. */
  | { readonly kind: 'between'; readonly ports: readonly [string, string] }
  /** Nothing passes to or from the one. */
  | { readonly kind: 'around'; readonly port: string };

/** The rules of a router as a whole, for `nft -f`: they take the place of what was in force in one step. */
export function ruleset(cuts: readonly Cut[]): string {
  const pairs = cuts.flatMap((cut) => (cut.kind === 'between' ? [cut.ports, [...cut.ports].reverse()] : []));
  const alone = cuts.flatMap((cut) => (cut.kind === 'around' ? [cut.port] : []));
  return `table inet rehearsal
delete table inet rehearsal
table inet rehearsal {
  set pairs {
    type ifname . ifname
${elements(pairs.map(([from, to]) => `"${from}" . "${to}"`))}  }

  set alone {
    type ifname
${elements(alone.map((port) => `"${port}"`))}  }

  chain forward {
    type filter hook forward priority filter; policy accept;
    iifname . oifname @pairs drop
    iifname @alone drop
    oifname @alone drop
  }
}
`;
}

function elements(items: readonly string[]): string {
  const unique = [...new Set(items)].sort();
  return unique.length === 0 ? '' : `    elements = { ${unique.join(', ')} }\n`;
}
