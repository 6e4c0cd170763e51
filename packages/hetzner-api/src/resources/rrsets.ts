import { beginAndRender } from '../actions/routes.js';
import { invalidField, notFound, notUnique } from '../http/errors.js';
import { type Context, created, ok, parameter, type Route } from '../http/route.js';
import { readFields } from '../input/fields.js';
import { filterBy, listReply } from '../query/list.js';
import type { RRSetShape } from '../shapes.js';
import type { RecordValue, RRSetRecord, ZoneRecord } from '../state/records.js';
import {
  checkName,
  checkType,
  readRecords,
  refuseConflicts,
  refuseManagedSet,
  refuseProtectedSet,
  refuseSecondary,
  ttlBounds,
} from './rrset-rules.js';
import { raiseSerial } from './zone-defaults.js';
import { zoneOf } from './zone-lookup.js';

/** A record set as the API shows it. */
export function renderRRSet(zone: ZoneRecord, rrset: RRSetRecord): RRSetShape {
  return {
    id: `${rrset.name}/${rrset.type}`,
    name: rrset.name,
    type: rrset.type,
    ttl: rrset.ttl,
    labels: rrset.labels,
    protection: rrset.protection,
    records: rrset.records,
    zone: zone.id,
  };
}

function findSet(zone: ZoneRecord, name: string, type: string): RRSetRecord | undefined {
  return zone.rrsets.find((rrset) => rrset.name === name && rrset.type === type);
}

/** The zone and the record set that a route names. */
function setOf(context: Context): { zone: ZoneRecord; rrset: RRSetRecord } {
  const zone = zoneOf(context);
  refuseSecondary(zone);
  const name = parameter(context, 'rr_name');
  const type = parameter(context, 'rr_type');
  const rrset = findSet(zone, name, type);
  if (rrset === undefined) throw notFound(`rrset '${name}/${type}'`);
  return { zone, rrset };
}

/** Starts an action on a zone that changes its records. */
function change(context: Context, zone: ZoneRecord, command: string, apply: () => void) {
  return beginAndRender(context, {
    command,
    resources: [{ id: zone.id, type: 'zone' }],
    apply: () => {
      apply();
      raiseSerial(zone, context.now);
    },
  });
}

function create(context: Context) {
  const zone = zoneOf(context);
  refuseSecondary(zone);
  const fields = readFields(context.body);
  const name = fields.requiredText('name', checkName(zone));
  const type = fields.requiredText('type', checkType);
  const ttl = fields.integer('ttl', ttlBounds) ?? null;
  const labels = fields.labels() ?? {};
  const records = readRecords(fields, type);
  fields.finish();
  if (findSet(zone, name, type) !== undefined) throw notUnique(`rrset '${name}/${type}' already exists`, 'name');
  refuseManagedSet({ type });
  const rrset: RRSetRecord = { name, type, ttl, labels, records, protection: { change: false }, created: context.now };
  refuseConflicts(zone, rrset);
  const action = change(context, zone, 'create_rrset', () => zone.rrsets.push(rrset));
  return created({ rrset: renderRRSet(zone, rrset), action });
}

function update(context: Context) {
  const { zone, rrset } = setOf(context);
  const fields = readFields(context.body);
  const labels = fields.labels();
  fields.finish();
  rrset.labels = labels ?? rrset.labels;
  return ok({ rrset: renderRRSet(zone, rrset) });
}

function remove(context: Context) {
  const { zone, rrset } = setOf(context);
  refuseManagedSet(rrset);
  refuseProtectedSet(rrset);
  const action = change(context, zone, 'delete_rrset', () => removeSet(zone, rrset));
  return created({ action });
}

function removeSet(zone: ZoneRecord, rrset: RRSetRecord): void {
  zone.rrsets = zone.rrsets.filter((candidate) => candidate !== rrset);
}

function changeProtection(context: Context) {
  const { zone, rrset } = setOf(context);
  const fields = readFields(context.body);
  const value = fields.requiredFlag('change');
  fields.finish();
  const action = change(context, zone, 'change_rrset_protection', () => {
    rrset.protection = { change: value };
  });
  return created({ action });
}

function changeTtl(context: Context) {
  const { zone, rrset } = setOf(context);
  const fields = readFields(context.body);
  const ttl = fields.integer('ttl', ttlBounds) ?? null;
  if (!Object.hasOwn(context.body, 'ttl')) fields.requiredInteger('ttl');
  fields.finish();
  refuseProtectedSet(rrset);
  const action = change(context, zone, 'change_rrset_ttl', () => {
    rrset.ttl = ttl;
  });
  return created({ action });
}

function setRecords(context: Context) {
  const { zone, rrset } = setOf(context);
  refuseManagedSet(rrset);
  const records = readAll(context, rrset);
  refuseProtectedSet(rrset);
  refuseConflicts(zone, { ...rrset, records });
  const action = change(context, zone, 'set_rrset_records', () => {
    rrset.records = records;
  });
  return created({ action });
}

function readAll(context: Context, rrset: RRSetRecord): readonly RecordValue[] {
  const fields = readFields(context.body);
  const records = readRecords(fields, rrset.type);
  fields.finish();
  return records;
}

/** Adds records, and makes the record set if there is none. */
function addRecords(context: Context) {
  const zone = zoneOf(context);
  refuseSecondary(zone);
  const name = parameter(context, 'rr_name');
  const type = parameter(context, 'rr_type');
  const known = findSet(zone, name, type);
  const fields = readFields(context.body);
  const ttl = fields.integer('ttl', ttlBounds) ?? null;
  const records = readRecords(fields, type);
  const wrongName = checkName(zone)(name);
  const wrongType = checkType(type);
  if (wrongName !== undefined) fields.refuse('name', wrongName);
  if (wrongType !== undefined) fields.refuse('type', wrongType);
  fields.finish();
  refuseManagedSet({ type });
  if (known !== undefined) refuseProtectedSet(known);
  if (known !== undefined && ttl !== null && known.ttl !== ttl) {
    throw invalidField('ttl', 'must be the same as that of the existing rrset');
  }
  const all = [...(known?.records ?? []), ...records];
  if (new Set(all.map((record) => record.value)).size < all.length) {
    throw invalidField('records', 'must only contain values that do not exist yet');
  }
  const rrset: RRSetRecord = known ?? {
    name,
    type,
    ttl,
    labels: {},
    records: [],
    protection: { change: false },
    created: context.now,
  };
  refuseConflicts(zone, { ...rrset, records: all });
  const action = change(context, zone, 'add_rrset_records', () => {
    rrset.records = all;
    if (known === undefined) zone.rrsets.push(rrset);
  });
  return created({ action });
}

/** Removes records, and the record set with its last one. */
function removeRecords(context: Context) {
  const { zone, rrset } = setOf(context);
  refuseManagedSet(rrset);
  const values = readAll(context, rrset).map((record) => record.value);
  refuseProtectedSet(rrset);
  refuseUnknownValues(rrset, values);
  const rest = rrset.records.filter((record) => !values.includes(record.value));
  const action = change(context, zone, 'remove_rrset_records', () => {
    rrset.records = rest;
    if (rest.length === 0) removeSet(zone, rrset);
  });
  return created({ action });
}

function updateRecords(context: Context) {
  const { zone, rrset } = setOf(context);
  refuseManagedSet(rrset);
  const changed = readAll(context, rrset);
  refuseProtectedSet(rrset);
  refuseUnknownValues(
    rrset,
    changed.map((record) => record.value),
  );
  const action = change(context, zone, 'update_rrset_records', () => {
    rrset.records = rrset.records.map((old) => changed.find((record) => record.value === old.value) ?? old);
  });
  return ok({ action });
}

function refuseUnknownValues(rrset: RRSetRecord, values: readonly string[]): void {
  const unknown = values.find((value) => !rrset.records.some((record) => record.value === value));
  if (unknown !== undefined) throw notFound(`record '${unknown}' of rrset '${rrset.name}/${rrset.type}'`);
}

const base = '/zones/{id}/rrsets';
const one = `${base}/{rr_name}/{rr_type}`;

export const rrsetRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: base,
    handle: (context) => {
      const zone = zoneOf(context);
      refuseSecondary(zone);
      return listReply(context, {
        key: 'rrsets',
        items: filterBy(zone.rrsets, context.query, 'type', (rrset) => rrset.type),
        render: (rrset) => renderRRSet(zone, rrset),
        sort: {
          id: (rrset) => `${rrset.name}/${rrset.type}`,
          name: (rrset) => rrset.name,
          created: (rrset) => rrset.created,
        },
        name: (rrset) => rrset.name,
        labels: (rrset) => rrset.labels,
        maximum: 100,
      });
    },
  },
  { method: 'POST', path: base, handle: create },
  {
    method: 'GET',
    path: one,
    handle: (context) => {
      const { zone, rrset } = setOf(context);
      return ok({ rrset: renderRRSet(zone, rrset) });
    },
  },
  { method: 'PUT', path: one, handle: update },
  { method: 'DELETE', path: one, handle: remove },
  { method: 'POST', path: `${one}/actions/change_protection`, handle: changeProtection },
  { method: 'POST', path: `${one}/actions/change_ttl`, handle: changeTtl },
  { method: 'POST', path: `${one}/actions/set_records`, handle: setRecords },
  { method: 'POST', path: `${one}/actions/add_records`, handle: addRecords },
  { method: 'POST', path: `${one}/actions/remove_records`, handle: removeRecords },
  { method: 'POST', path: `${one}/actions/update_records`, handle: updateRecords },
];
