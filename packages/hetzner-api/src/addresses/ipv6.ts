/** The eight groups of an IPv6 address, or undefined. */
export function parseIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map(parseGroups);
  const groups = head.length + tail.length;
  if (halves.length === 1) return groups === 8 ? valid(head) : undefined;
  return groups < 8 ? valid([...head, ...new Array<number>(8 - groups).fill(0), ...tail]) : undefined;
}

/** Numbers of the groups of one side of `::`; NaN for what is no group. A dotted tail gives two groups. */
function parseGroups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group, index, all) => {
    const dotted = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(group);
    if (dotted !== null && index === all.length - 1) {
      const octets = dotted.slice(1).map(Number);
      const [a = 0, b = 0, c = 0, d = 0] = octets;
      return octets.every((octet) => octet < 256) ? [a * 256 + b, c * 256 + d] : [Number.NaN];
    }
    return [/^[0-9a-fA-F]{1,4}$/.test(group) ? Number.parseInt(group, 16) : Number.NaN];
  });
}

function valid(groups: readonly number[]): readonly number[] | undefined {
  return groups.length === 8 && groups.every((group) => Number.isInteger(group)) ? groups : undefined;
}

/** The canonical text of RFC 5952: lower case, the longest run of at least two zero groups as `::`. */
export function formatIpv6(groups: readonly number[]): string {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (best.length < 2) return text(groups);
  return `${text(groups.slice(0, best.start))}::${text(groups.slice(best.start + best.length))}`;
}

/** An IPv6 range in canonical form, or undefined if it is none or has host bits. */
export function canonicalIpv6Range(text: string): string | undefined {
  const match = /^([0-9a-fA-F:.]+)\/(0|[1-9][0-9]{0,2})$/.exec(text);
  const groups = parseIpv6(match?.[1] ?? '');
  const prefix = Number(match?.[2]);
  if (groups === undefined || prefix > 128) return undefined;
  const bits = groups.map((group) => group.toString(2).padStart(16, '0')).join('');
  return bits.slice(prefix).includes('1') ? undefined : `${formatIpv6(groups)}/${prefix}`;
}

/** Whether an address lies in a /64 given by its text with `/64`. */
export function isInNetwork64(network: string, address: string): boolean {
  const outer = parseIpv6(network.replace(/\/64$/, ''));
  const inner = parseIpv6(address);
  return (
    outer !== undefined && inner !== undefined && outer.slice(0, 4).every((group, index) => group === inner[index])
  );
}
