import { type Attributes, attributesOf, type Plan, readPlan } from './planned-change.js';
import type { Trace, TracedPlace } from './trace.js';

/** What a text or a value turned out to be, or in one sentence why it is not that. */
export type Parsed<T> =
  | { readonly value: T; readonly problem: undefined }
  | { readonly value: undefined; readonly problem: string };

/**
 * A plan from what `terraform show -json PLAN` (or `tofu show -json PLAN`) writes, as text or already parsed. Never throws. Unlike
 * {@link readPlan} it says what is wrong with what is no such answer: a state, another command's output, half a file.
 */
export function parsePlan(shown: unknown): Parsed<Plan> {
  const { value, problem } = parseObject(shown, 'the plan');
  if (value === undefined) return failed(problem);
  const version = value['format_version'];
  // https://developer.hashicorp.com/terraform/internals/json-format, "Format Version": another major version may mean anything.
  if (typeof version !== 'string')
    return failed('the plan has no format_version: it is not from "terraform show -json"');
  if (!/^1\./.test(version)) return failed(`the plan has format ${version}, where 1.x is known`);
  const changes = value['resource_changes'];
  if (changes === undefined && value['values'] !== undefined) {
    return failed('this is a state, not a plan: "terraform show -json" needs the file of a saved plan');
  }
  // A plan that changes no resource at all has none.
  if (changes !== undefined && !Array.isArray(changes)) return failed('resource_changes of the plan is not a list');
  return { value: readPlan(value), problem: undefined };
}

/** The content of trace.json, as text or already parsed. Never throws; says what is wrong with what Groundplan did not write. */
export function parseTrace(written: unknown): Parsed<Trace> {
  const { value, problem } = parseObject(written, 'trace.json');
  if (value === undefined) return failed(problem);
  if (value['format'] !== 1) return failed(`trace.json has format ${shownFormat(value['format'])}, where 1 is known`);
  const { topology } = value;
  if (typeof topology !== 'string') return failed('trace.json does not name its topology');
  const addresses = parsePlaces(value['addresses'], 'addresses');
  if (addresses.value === undefined) return failed(addresses.problem);
  const files = parsePlaces(value['files'], 'files');
  if (files.value === undefined) return failed(files.problem);
  return { value: { format: 1, topology, addresses: addresses.value, files: files.value }, problem: undefined };
}

function shownFormat(format: unknown): string {
  return typeof format === 'number' || typeof format === 'string' ? String(format) : 'none';
}

function parsePlaces(value: unknown, name: string): Parsed<Record<string, TracedPlace>> {
  const places = attributesOf(value);
  if (places === undefined) return failed(`${name} of trace.json is not a map`);
  const wrong = Object.keys(places).find((key) => !isPlace(places[key]));
  if (wrong !== undefined) return failed(`${name} of trace.json has no place for ${wrong}`);
  return { value: places as Record<string, TracedPlace>, problem: undefined };
}

function isPlace(value: unknown): value is TracedPlace {
  const place = attributesOf(value);
  return typeof place?.['path'] === 'string' && isPosition(place['start']) && isPosition(place['end']);
}

function isPosition(value: unknown): boolean {
  const position = attributesOf(value);
  return isIndex(position?.['line']) && isIndex(position?.['character']);
}

function isIndex(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

function parseObject(given: unknown, name: string): Parsed<Attributes> {
  let value = given;
  if (typeof given === 'string') {
    try {
      value = JSON.parse(given);
    } catch {
      return failed(given.trim() === '' ? `${name} is empty` : `${name} is not JSON`);
    }
  }
  const object = attributesOf(value);
  return object === undefined ? failed(`${name} is not a JSON object`) : { value: object, problem: undefined };
}

function failed(problem: string): { readonly value: undefined; readonly problem: string } {
  return { value: undefined, problem };
}
