/** By which the records of a topology are known at Cloudflare, whatever their addresses. */
export function recordComment(topology: string): string {
  return `groundplan:${topology}`;
}
