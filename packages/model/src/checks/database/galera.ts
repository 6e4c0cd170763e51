import type { Span } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import type { Database, Model } from '../../model.js';
import { isLeftOut } from '../left-out.js';
import { isMeant, isWritten, pathOf } from '../places.js';

/** The databases that are one Galera cluster over several regions, as their author meant it. */
export function galeraOverRegions({ databases, regions }: Model, tree: SyntaxTree): readonly Database[] {
  if (regions.length < 2) return [];
  return databases.filter((database) => {
    const { engine, betweenRegions } = database;
    if (engine.value !== 'mariadb' || betweenRegions?.value !== 'galera' || !isMeant(engine)) return false;
    return isWritten(betweenRegions) || choosesNoReplication(tree, database);
  });
}

/** Whether a database says nothing about replication between regions, so that its engine decides. */
export function choosesNoReplication(tree: SyntaxTree, database: Database): boolean {
  const path = [...pathOf(database), 'replication'];
  return isLeftOut(tree, pathOf(database), 'replication') || isLeftOut(tree, path, 'between_regions');
}

/** What in the file makes a database a Galera cluster: the word itself, or the engine that has it by default. */
export function placeOfGalera({ engine, betweenRegions }: Database): Span {
  return (betweenRegions !== undefined && isWritten(betweenRegions) ? betweenRegions : engine).origin.span;
}
