/** GB of a size such as `100GB` or `2TB`, in Hetzner's units: 1 TB is 1000 GB; undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const match = /^([1-9][0-9]{0,8})(GB|TB)$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * (match[2] === 'TB' ? 1000 : 1);
}

export function formatSize(gigabytes: number): string {
  return gigabytes >= 1000 && gigabytes % 1000 === 0 ? `${gigabytes / 1000}TB` : `${gigabytes}GB`;
}
