/** What Cloudflare makes of a DNS record, and what it refuses. */
import { isIPv4, isIPv6 } from 'node:net';

export interface CloudflareRecord {
  id: string;
  name: string;
  type: string;
  content: string;
  ttl: number;
  proxied: boolean;
  proxiable: boolean;
  comment: string | null;
  comment_modified_on?: string;
  tags: string[];
  settings: Record<string, unknown>;
  meta: Record<string, unknown>;
  created_on: string;
  modified_on: string;
  priority?: number;
  data?: Record<string, unknown>;
}

/** An error as the API writes it; a validation error carries its reason in the chain. */
export interface CloudflareError {
  code: number;
  message: string;
  error_chain?: { code: number; message: string }[];
}

/** The part of a record that a request sets. */
export type RecordInput = Omit<CloudflareRecord, 'id' | 'created_on' | 'modified_on'>;

export type InputResult = { input: RecordInput; error?: never } | { input?: never; error: CloudflareError };

const proxiableTypes = ['A', 'AAAA', 'CNAME'];
const recordTypes = [...proxiableTypes, 'CAA', 'MX', 'NS', 'PTR', 'SRV', 'TXT'];
const automaticTtl = 1;
const ttlRange = { min: 60, max: 86_400 };
const sameNameHelp =
  'For more details, refer to <https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/>.';

/**
 * Reads the body of a POST or PUT. Names are made full and lower case, as Cloudflare does.
 *
 * The codes are those that Cloudflare answers with: 9000 and following inside 1004.
 */
export function readRecordInput(body: Record<string, unknown>, zoneName: string): InputResult {
  const { type, name, ttl = automaticTtl, proxied = false, comment = null, tags = [], settings = {} } = body;
  if (typeof type !== 'string' || !recordTypes.includes(type)) return invalid(9002, 'Invalid DNS record type');
  if (typeof name !== 'string' || name === '') return invalid(9000, 'DNS name is invalid.');
  if (typeof proxied !== 'boolean') return invalid(9003, "Invalid 'proxied' value, must be a boolean");
  if (typeof ttl !== 'number' || !isTtl(ttl, proxied)) {
    return invalid(9021, 'TTL must be between 60 and 86400 seconds, or 1 for Automatic.');
  }
  const proxiable = proxiableTypes.includes(type);
  if (proxied && !proxiable) return invalid(9004, 'This record type cannot be proxied.');
  const data = isObject(body.data) ? body.data : undefined;
  const content = data === undefined ? body.content : contentOfData(type, data);
  if (typeof content !== 'string' || content === '') return invalid(9007, `Content for ${type} record is invalid.`);
  const refused = refuseContent(type, content);
  if (refused !== undefined) return refused;
  return {
    input: {
      name: fullName(name, zoneName),
      type,
      content,
      ttl,
      proxied,
      proxiable,
      comment: typeof comment === 'string' && comment !== '' ? comment : null,
      tags: Array.isArray(tags) ? tags.map(String) : [],
      settings: isObject(settings) ? settings : {},
      meta: {},
      ...(typeof body.priority === 'number' ? { priority: body.priority } : {}),
      ...(data === undefined ? {} : { data }),
    },
  };
}

/** Why a record cannot stand beside those that the zone has, or undefined. */
export function conflictWith(input: RecordInput, others: readonly CloudflareRecord[]): CloudflareError | undefined {
  const sameName = others.filter(({ name }) => name === input.name);
  if (sameName.some(({ type, content }) => type === input.type && content === input.content)) {
    return { code: 81058, message: 'An identical record already exists.' };
  }
  const addressOrAlias = sameName.filter(({ type }) => proxiableTypes.includes(type));
  if (input.type === 'CNAME' && addressOrAlias.length > 0) {
    return { code: 81053, message: `An A, AAAA, or CNAME record with that host already exists. ${sameNameHelp}` };
  }
  if (proxiableTypes.includes(input.type) && addressOrAlias.some(({ type }) => type === 'CNAME')) {
    return { code: 81054, message: `A CNAME record with that host already exists. ${sameNameHelp}` };
  }
  return undefined;
}

/** A name that is not in the zone is taken as relative to it. */
function fullName(name: string, zoneName: string): string {
  const lower = name.toLowerCase().replace(/\.$/, '');
  if (lower === '@') return zoneName;
  return lower === zoneName || lower.endsWith(`.${zoneName}`) ? lower : `${lower}.${zoneName}`;
}

function isTtl(ttl: number, proxied: boolean): boolean {
  if (ttl === automaticTtl) return true;
  return !proxied && Number.isInteger(ttl) && ttl >= ttlRange.min && ttl <= ttlRange.max;
}

function refuseContent(type: string, content: string): InputResult | undefined {
  if (type === 'A' && !isIPv4(content)) return invalid(9005, 'Content for A record must be a valid IPv4 address.');
  if (type === 'AAAA' && !isIPv6(content))
    return invalid(9006, 'Content for AAAA record must be a valid IPv6 address.');
  return undefined;
}

/** Cloudflare writes the content of a structured record itself. */
function contentOfData(type: string, data: Record<string, unknown>): string | undefined {
  if (type === 'CAA') return `${data.flags} ${data.tag} "${data.value}"`;
  if (type === 'SRV') return `${data.weight} ${data.port} ${data.target}`;
  return undefined;
}

function invalid(code: number, message: string): InputResult {
  return { error: { code: 1004, message: 'DNS Validation Error', error_chain: [{ code, message }] } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
