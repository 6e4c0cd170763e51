import type { Catalog } from '@groundplan/catalog';
import { type Diagnostic, type Fix, report } from '@groundplan/diagnostics';
import { entryOf, nodeAt, type SyntaxTree } from '@groundplan/syntax';
import type { Database, Model } from '../../model.js';
import type { Check, CheckContext } from '../context.js';
import { fix, removeEntry, replaceAt, setSourced, setValue } from '../edits.js';
import { fittingImage, imageOf, useImage } from '../images.js';
import { isLeftOut } from '../left-out.js';
import { dotted, isMeant, isWritten } from '../places.js';
import { markLast, type Part } from '../relation.js';

/** PostgreSQL's own replication between servers that both write: `origin = none` came with this version. */
const logicalFrom = 16;

const enginesOf = { galera: 'mariadb', pglogical: 'postgresql', logical: 'postgresql' } as const;

/** How the databases of several regions become one: chosen, had by the engine, and had by the image. */
export const replication: Check = (context) => {
  const { databases, regions } = context.model;
  if (regions.length === 0) return [];
  return databases.flatMap((database) => {
    if (regions.length === 1) return unusedReplication(context, database);
    if (!isMeant(database.engine)) return [];
    const { betweenRegions } = database;
    if (betweenRegions === undefined) return mustChoose(context, database);
    if (!isWritten(betweenRegions)) return [];
    return mismatch(context, database, betweenRegions) ?? tooOld(context, betweenRegions);
  });
};

type Chosen = NonNullable<Database['betweenRegions']>;

/** With one region there is nothing to replicate to. Reported like any key that means nothing where it stands. */
function unusedReplication({ tree }: CheckContext, database: Database): Diagnostic[] {
  const path = ['databases', database.name, 'replication'];
  const entry = entryOf(nodeAt(tree.root, path), 'between_regions');
  if (entry === undefined || entry.merged) return [];
  const because = 'there is one region';
  return [
    report(
      'schema/not-here',
      entry.keySpan,
      { key: entry.key, where: path.join('.'), because },
      {
        unnecessary: true,
        label: because,
        fixes: fix('Remove between_regions', removeEntry(tree, [...path, entry.key])),
      },
    ),
  ];
}

function mustChoose({ model, tree, catalog }: CheckContext, database: Database): Diagnostic[] {
  const path = ['databases', database.name];
  const chosenNowhere =
    isLeftOut(tree, path, 'replication') || isLeftOut(tree, [...path, 'replication'], 'between_regions');
  if (!chosenNowhere) return [];
  const logical = hasLogical(model, catalog);
  return [
    report(
      'database/choose-replication',
      database.keySpan,
      { database: dotted(database), logical },
      {
        fixes: (logical ? ['pglogical', 'logical'] : ['pglogical']).flatMap((choice) =>
          fix(`Choose ${choice}`, setReplication(tree, path, choice)),
        ),
      },
    ),
  ];
}

function setReplication(tree: SyntaxTree, path: readonly string[], choice: string) {
  return isLeftOut(tree, path, 'replication')
    ? setValue(tree, [...path, 'replication'], `{ between_regions: ${choice} }`, 'engine')
    : setValue(tree, [...path, 'replication', 'between_regions'], choice);
}

/** A replication that the engine does not have. */
function mismatch(
  { model, tree, catalog }: CheckContext,
  database: Database,
  chosen: Chosen,
): Diagnostic[] | undefined {
  const { engine } = database;
  const { value } = chosen;
  if (value === 'none' || enginesOf[value] === engine.value) return undefined;
  const needs = enginesOf[value];
  const choices =
    engine.value === 'mariadb' ? ['galera'] : hasLogical(model, catalog) ? ['pglogical', 'logical'] : ['pglogical'];
  const parts: [Part, ...Part[]] = [{ span: chosen.origin.span, message: `${value} needs ${needs}` }];
  if (isWritten(engine)) parts.push({ span: engine.origin.span, message: `the engine is ${engine.value}` });
  const { span, related } = markLast(parts);
  return [
    report(
      'database/engine-mismatch',
      span,
      { replication: value, engine: engine.value, needs, choices: choices.join(' or ') },
      {
        related,
        fixes: [
          ...choices.flatMap((choice) => useReplication(chosen, choice)),
          ...fix(`Use the engine ${needs}`, setSourced(tree, engine, ['databases', database.name, 'engine'], needs)),
        ],
      },
    ),
  ];
}

/** `logical` with an image whose PostgreSQL cannot do it. */
function tooOld({ model, tree, catalog }: CheckContext, chosen: Chosen): Diagnostic[] {
  const image = imageOf(model, catalog);
  if (chosen.value !== 'logical' || image === undefined || image.postgresql >= logicalFrom) return [];
  const newer = fittingImage(catalog, image.name, ({ postgresql }) => postgresql >= logicalFrom);
  const parts: [Part, ...Part[]] = [
    { span: chosen.origin.span, message: `logical needs PostgreSQL ${logicalFrom} or newer` },
  ];
  if (isWritten(model.image)) {
    parts.push({ span: model.image.origin.span, message: `${image.name} has PostgreSQL ${image.postgresql}` });
  }
  const { span, related } = markLast(parts);
  return [
    report(
      'database/image-too-old',
      span,
      { image: image.name, postgresql: image.postgresql, ...(newer === undefined ? {} : { newer }) },
      { related, fixes: [...useImage(model, tree, newer), ...useReplication(chosen, 'pglogical')] },
    ),
  ];
}

function useReplication({ origin }: Chosen, choice: string): Fix[] {
  return fix(`Use ${choice}`, replaceAt(origin.span, choice));
}

function hasLogical(model: Model, catalog: Catalog): boolean {
  return (imageOf(model, catalog)?.postgresql ?? 0) >= logicalFrom;
}
