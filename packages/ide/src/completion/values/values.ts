import { genericPath, type SchemaNode } from '@groundplan/model/language';
import { bodyFor, finishedBodyFor } from '../bodies.js';
import { list, plain, raw, type Scalar } from '../body.js';
import { type Context, dataAt, othersInList, schemaOf, type ValueProposal } from '../context.js';
import { hasStrayKey, isConditionOf, missingKeys, suitsMap, typesOf } from '../schema.js';
import { scalars } from './scalars.js';

/** What the value at a path may be. */
export function values(context: Context, path: readonly string[]): readonly ValueProposal[] {
  const { own, parent } = schemaOf(path);
  if (own === undefined) return [];
  const generic = genericPath(path).join('.');
  const types = typesOf(own);
  const proposed = types.includes('array') ? lists(context, path) : scalars(context, path, generic, own);
  const whole = types.includes('object') ? snippets(context, path) : [];
  const key = path.at(-1) ?? '';
  if (parent?.properties === undefined || !isConditionOf(parent, key)) return [...proposed, ...whole];
  const { [key]: _own, ...data } = dataAt(context, path.slice(0, -1));
  return [...proposed, ...whole].flatMap((proposal) => inParent(context, path, parent, data, proposal));
}

/** A list of one item, for each that the list may have. */
function lists(context: Context, path: readonly string[]): ValueProposal[] {
  return values(context, [...path, '0']).map((proposal) => ({
    ...proposal,
    label: proposal.label,
    body: list(proposal.body),
    ...(proposal.body.kind === 'scalar' ? { filterText: plain(proposal.body) } : {}),
  }));
}

function snippets(context: Context, path: readonly string[]): ValueProposal[] {
  const found = bodyFor(context, path);
  if (found?.body.kind !== 'map') return [];
  const { body, additionalEdits = [], companions = [] } = found;
  return [
    {
      label: '{ … }',
      kind: 'snippet',
      body,
      filterText: '{',
      rank: 8,
      ...(additionalEdits.length === 0 ? {} : { additionalEdits }),
      ...(companions.length === 0 ? {} : { companions }),
    },
  ];
}

/** A value with the keys that it makes necessary beside it; none when it makes another key there an error. */
function inParent(
  context: Context,
  path: readonly string[],
  parent: SchemaNode,
  data: Readonly<Record<string, unknown>>,
  proposal: ValueProposal,
): readonly ValueProposal[] {
  const key = path.at(-1) ?? '';
  if (proposal.body.kind !== 'scalar') return [proposal];
  const changed = { ...data, [key]: dataOf(proposal.body) };
  if (hasStrayKey(parent, changed, true)) return [];
  const isStray = hasStrayKey(parent, changed) && !hasStrayKey(parent, data);
  const before = missingKeys(parent, data);
  const needed = missingKeys(parent, changed).filter((each) => each !== key && !before.includes(each));
  const companions = needed.flatMap((each) => {
    const usual = finishedBodyFor(context, [...path.slice(0, -1), each]);
    const found = [usual, raw(0)].find((body) => {
      return (
        body !== undefined && (body.kind !== 'scalar' || suitsMap(parent, { ...changed, [each]: dataOf(body) }, each))
      );
    });
    return found === undefined ? [] : [[each, found] as const];
  });
  return [
    {
      ...proposal,
      ...(isStray ? { rank: 8 } : {}),
      ...(companions.length === 0 ? {} : { companions: [...(proposal.companions ?? []), ...companions] }),
    },
  ];
}

function dataOf(body: Scalar): unknown {
  const source = plain(body);
  return body.raw ? JSON.parse(source) : source;
}

/** Of a list, the items that are not in it yet. */
export function items(context: Context, path: readonly string[]): readonly ValueProposal[] {
  const taken = othersInList(context, path.slice(0, -1));
  return values(context, path).filter(({ body }) => body.kind !== 'scalar' || !taken.includes(plain(body)));
}
