import { notFound } from '../http/errors.js';
import { type Context, parameter } from '../http/route.js';
import type { ZoneRecord } from '../state/records.js';
import { findNamed } from '../state/world.js';

/** The zone that `{id}` of a route names, by id or by name. */
export function zoneOf(context: Context): ZoneRecord {
  const text = parameter(context, 'id');
  const { zones } = context.project;
  const zone = /^[0-9]{1,15}$/.test(text) ? zones.get(Number(text)) : findNamed(zones, text);
  if (zone === undefined) throw notFound(`zone '${text}'`);
  return zone;
}
