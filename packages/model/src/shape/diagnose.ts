import type { Diagnostic } from '@groundplan/diagnostics';
import { isUnclosed, type Node, type SyntaxTree, toData } from '@groundplan/syntax';
import { nearest } from '../nearest.js';
import { diagnosticOf } from './diagnostic-of.js';
import { isUnderWrongIndentation } from './misindented.js';
import { nearestKey } from './nearest-key.js';
import { type Place, type Places, placesIn } from './place.js';
import type { SchemaNode } from './schema-node.js';
import type { Validate, Violation } from './validate.js';
import { expectedText } from './words.js';

/** What a violation is looked at with. */
export interface Context {
  readonly tree: SyntaxTree;
  readonly places: Places;
  /** How messages speak of the root. */
  readonly whole: string;
  /** The node of the schema at a path; undefined where there is none. */
  readonly schemaAt: (path: readonly string[]) => SchemaNode | undefined;
  /** The keys of each map that are written with a slip, or only begun: they are not missing as well. */
  readonly meant: ReadonlyMap<Node, ReadonlySet<string>>;
}

interface Found {
  readonly violation: Violation;
  readonly place: Place;
}

/** Validates the file and makes one diagnostic of each mistake, however many keywords of the schema it violates. */
export function diagnose(
  tree: SyntaxTree,
  validate: Validate,
  whole: string,
  schemaAt: Context['schemaAt'] = () => undefined,
): Diagnostic[] {
  if (tree.root === undefined || validate(toData(tree.root))) return [];
  const places = placesIn(tree.root);
  const found = onlyCauses(validate.errors ?? []).flatMap((violation): Found[] => {
    const place = places.at(violation.instancePath);
    return place === undefined ? [] : [{ violation, place }];
  });
  const context: Context = { tree, places, whole, schemaAt, meant: meantKeys(places, found) };
  return onceWritten(places, found)
    .filter(({ place }) => !isUnderWrongIndentation(context, place))
    .filter(({ place: { node } }) => node.kind !== 'scalar' || !isUnclosed(node))
    .flatMap(({ violation, place }) => diagnosticOf(context, violation, place) ?? []);
}

function meantKeys(places: Places, found: readonly Found[]): Map<Node, Set<string>> {
  const meant = new Map<Node, Set<string>>();
  for (const { violation, place } of found) {
    const slip = violation.keyword === 'additionalProperties' ? nearestKey(places, violation, place) : undefined;
    for (const key of slip === undefined ? begunKeys(violation, place) : [slip]) {
      const keys = meant.get(place.node) ?? new Set();
      meant.set(place.node, keys.add(key));
    }
  }
  return meant;
}

/** Of the keys that a map lacks, those that a word without a colon in it may become. */
function begunKeys({ params, parentSchema }: Violation, { node }: Place): readonly string[] {
  const words = node.kind === 'mapping' ? (node.incomplete ?? []).map(({ source }) => source) : [];
  if (words.length === 0) return [];
  const lacking = params.keys ?? (parentSchema.oneOf ?? []).flatMap(({ required = [] }) => required);
  return words.flatMap((word) => {
    const begun = lacking.filter((key) => key.startsWith(word));
    return begun.length > 0 ? begun : (nearest(word, lacking) ?? []);
  });
}

/** Leaves out what only follows from another violation. */
function onlyCauses(violations: readonly Violation[]): Violation[] {
  const direct = withMissingJoined(violations.filter((violation) => !isFrame(violation)));
  const chosen = new Set(direct.filter(({ keyword }) => keyword === 'oneOf').map(({ instancePath }) => instancePath));
  const meaningless = new Set(direct.filter(isMeaningless).map(({ instancePath }) => instancePath));
  const wrongKind = new Set(direct.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  const causes = direct.filter(
    (violation) =>
      !(violation.keyword === 'oneOf' && wrongKind.has(violation.instancePath)) &&
      !(isConditional(violation) && (chosen.has(violation.instancePath) || chosen.has(parentOf(violation)))) &&
      (isMeaningless(violation) || !isUnder(violation.instancePath, meaningless)),
  );
  return onePerValue(causes);
}

/** Keywords that only say that something inside them failed, and the alternatives of a choice that is reported as one. */
function isFrame({ keyword, schemaPath, propertyName }: Violation): boolean {
  return (
    keyword === 'if' || schemaPath.includes('/oneOf/') || (keyword === 'propertyNames' && propertyName === undefined)
  );
}

function isConditional({ schemaPath }: Violation): boolean {
  return schemaPath.includes('/then/');
}

/** A key that belongs to another mode; what is wrong inside of it matters no more. */
function isMeaningless({ keyword, parentSchema }: Violation): boolean {
  return keyword === 'not' && parentSchema['x-groundplan']?.because !== undefined;
}

function parentOf({ instancePath }: Violation): string {
  return instancePath.slice(0, instancePath.lastIndexOf('/'));
}

function isUnder(pointer: string, pointers: ReadonlySet<string>): boolean {
  if (pointers.size === 0) return false;
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (pointers.has(at)) return true;
  return false;
}

/** All keys that one map lacks are one mistake, except those whose lack is another check's. */
function withMissingJoined(violations: readonly Violation[]): Violation[] {
  const lacking = new Map<string, { keys: string[]; because: string | undefined }>();
  const joined: Violation[] = [];
  for (const violation of violations) {
    const { code, because } = violation.parentSchema['x-groundplan'] ?? {};
    if (violation.keyword !== 'required' || code !== undefined) {
      joined.push(violation);
      continue;
    }
    const { missingProperty = '' } = violation.params;
    const before = lacking.get(violation.instancePath);
    if (before === undefined) {
      const params = { keys: [missingProperty], because };
      lacking.set(violation.instancePath, params);
      joined.push({ ...violation, params });
    } else {
      before.keys.push(missingProperty);
      if (before.because !== because) before.because = undefined;
    }
  }
  return joined;
}

/** Keywords about one value, by how much they say: a value of the wrong kind has no wrong form. */
const aboutValue = ['type', 'not', 'enum', 'const', 'pattern', 'minimum', 'maximum'];

/** Of several violations by one value, or by one key, the one that says most; one that is left to another check says least. */
function onePerValue(violations: readonly Violation[]): Violation[] {
  const best = new Map<string, Violation>();
  const rest: Violation[] = [];
  for (const violation of violations) {
    if (!aboutValue.includes(violation.keyword)) {
      rest.push(violation);
      continue;
    }
    const key = `${violation.instancePath} ${violation.propertyName ?? ''}`;
    const before = best.get(key);
    if (before === undefined || rank(violation) < rank(before)) best.set(key, violation);
  }
  return [...rest, ...best.values()];
}

function rank({ keyword, parentSchema }: Violation): number {
  const { code, because } = parentSchema['x-groundplan'] ?? {};
  if (because !== undefined) return -1;
  const says = expectedText(parentSchema) === undefined ? 0.5 : 0;
  return aboutValue.indexOf(keyword) + says + (code === undefined ? 0 : aboutValue.length);
}

/** What an alias or a merge repeats is reported once, where it is written. */
function onceWritten(places: Places, found: readonly Found[]): Found[] {
  const seen = new Map<unknown, Map<string, Found>>();
  for (const each of found) {
    const owner = ownerOf(places, each.violation, each.place);
    const details = seen.get(owner) ?? new Map<string, Found>();
    seen.set(owner, details);
    const { keyword, propertyName, params } = each.violation;
    const detail = `${keyword} ${propertyName ?? ''} ${JSON.stringify(params)}`;
    const before = details.get(detail);
    if (before === undefined || (before.place.entry?.alias !== undefined && each.place.entry?.alias === undefined)) {
      details.set(detail, each);
    }
  }
  return [...seen.values()].flatMap((details) => [...details.values()]);
}

/** What is the same node in all places that show one mistake: the value, or the value under the wrong key. */
function ownerOf(places: Places, { keyword, propertyName, params }: Violation, place: Place): unknown {
  const key = keyword === 'additionalProperties' ? params.additionalProperty : propertyName;
  return (key === undefined ? undefined : places.entry(place, key)?.value) ?? place.node;
}
