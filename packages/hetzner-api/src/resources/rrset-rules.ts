import { invalidInput, isProtected, refused } from '../http/errors.js';
import { between } from '../input/checks.js';
import type { Check, Fields } from '../input/fields.js';
import type { RecordValue, RRSetRecord, ZoneRecord } from '../state/records.js';
import { isRecordType, recordTypes, refuseRecordValue } from './record-values.js';

/** Seconds. */
export const ttlBounds: Check<number> = between(60, 2_147_483_647);

/** Records of one set. */
const mostRecords = 50;

/** The name of a record set: lower case, relative to the zone, `@` for its apex, `*` as first label. */
export function checkName(zone: Pick<ZoneRecord, 'name'>): Check<string> {
  return (name) => {
    if (name === '@') return undefined;
    if (name !== name.toLowerCase()) return 'must be in lower case';
    if (name.endsWith('.')) return 'must not end with a dot';
    if (name === zone.name || name.endsWith(`.${zone.name}`)) return 'must not end with the name of the zone';
    const labels = name.split('.');
    const isValid = labels.every(
      (label, index) => (label === '*' && index === 0) || /^[a-z0-9_](?:[-a-z0-9_]{0,61}[a-z0-9_])?$/.test(label),
    );
    return isValid && name.length + zone.name.length < 253 ? undefined : 'is not a valid name';
  };
}

/** Type of a record set. */
export const checkType: Check<string> = (type) =>
  isRecordType(type) ? undefined : `must be one of ${recordTypes.join(', ')}`;

/** Reads `records`: not empty, distinct, each of the form its type demands. */
export function readRecords(fields: Fields, type: string): readonly RecordValue[] {
  const list = fields.requiredObjects('records');
  if (list.length === 0 && fields.has('records')) fields.refuse('records', 'must not be empty');
  if (list.length > mostRecords) fields.refuse('records', `must not be longer than ${mostRecords} records`);
  const records = list.map((record) => ({
    value: record.requiredText('value', (value) => (isRecordType(type) ? refuseRecordValue(type, value) : undefined)),
    comment: record.text('comment') ?? '',
  }));
  if (new Set(records.map((record) => record.value)).size < records.length) {
    fields.refuse('records', 'must only contain distinct values');
  }
  return records;
}

/** Throws `incorrect_zone_mode` for a zone whose records Hetzner only copies. */
export function refuseSecondary(zone: ZoneRecord): void {
  if (zone.mode === 'secondary') {
    throw refused('incorrect_zone_mode', 'This operation is not supported for this zone mode.');
  }
}

/** Throws `protected` for a record set that must not change. */
export function refuseProtectedSet(rrset: RRSetRecord): void {
  if (rrset.protection.change) throw isProtected('rrset change');
}

/** Throws for the SOA, which Hetzner writes itself. */
export function refuseManagedSet(rrset: Pick<RRSetRecord, 'type'>): void {
  if (rrset.type === 'SOA') throw refused('unsupported_error', 'SOA records are managed by Hetzner');
}

/**
 * Throws for records that DNS does not allow: a CNAME at the apex, beside other records of its name, or more than one
 * (RFC 1034, 3.6.2).
 */
export function refuseConflicts(zone: ZoneRecord, candidate: Pick<RRSetRecord, 'name' | 'type' | 'records'>): void {
  const { name, type, records } = candidate;
  const others = zone.rrsets.filter((rrset) => rrset.name === name && rrset.type !== type);
  if (type === 'CNAME') {
    if (name === '@') throw invalidInput('a CNAME is not allowed at the zone apex');
    if (records.length > 1) throw invalidInput('a CNAME rrset must not have more than one record');
    if (others.length > 0) throw invalidInput(`a CNAME must not exist beside other records of '${name}'`);
  } else if (others.some((rrset) => rrset.type === 'CNAME')) {
    throw invalidInput(`records of '${name}' must not exist beside its CNAME`);
  }
}
