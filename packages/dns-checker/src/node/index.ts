export { DnsFailure } from '../dns/api.js';
export { type CloudflareRecord, type CloudflareZone, openCloudflareZone } from '../dns/cloudflare-zone.js';
