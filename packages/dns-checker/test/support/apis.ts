import assert from 'node:assert/strict';
import type { RRSetShape, RunningApi } from '@groundplan/hetzner-api';
import type { CloudflareApi } from '../../../../test/support/cloudflare-api.js';

/** What somebody else who may do so does in Hetzner's API; it has to succeed. Returns the body of the answer. */
export async function askHetzner(
  { url }: RunningApi,
  token: string,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return response.json();
}

/** A record set of the zone example.com as Hetzner has it now. */
export async function recordSetAtHetzner(
  api: RunningApi,
  token: string,
  name: string,
  type: string,
): Promise<RRSetShape> {
  const answer = await askHetzner(api, token, 'GET', `/zones/example.com/rrsets/${name}/${type}`);
  return (answer as { rrset: RRSetShape }).rrset;
}

/** Addresses, or other values, of a record set, sorted. */
export function valuesOf({ records }: RRSetShape): string[] {
  return records.map(({ value }) => value).sort();
}

/** Makes a record at Cloudflare as somebody else would: `A` and 60 s unless it is said otherwise. */
export async function recordAtCloudflare({ url, token }: CloudflareApi, zone: string, record: object): Promise<void> {
  const response = await fetch(`${url}/zones/${zone}/dns_records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ type: 'A', ttl: 60, ...record }),
  });
  assert.ok(response.ok, `${JSON.stringify(record)}: ${response.status}`);
}
