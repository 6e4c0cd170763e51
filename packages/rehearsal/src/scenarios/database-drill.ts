import type { Database, Model } from '@groundplan/model';
import type { Drill } from './scenario.js';
import { lossOf, postgresql } from './targets.js';

/** What differs from one fault of a database to the next. */
export interface DatabaseFault {
  /** It can happen to a database with at least so many servers. */
  readonly servers: number;
  /** For how long writes may fail, and how long it may take until all is as it was. Seconds; undefined: it is measured. */
  readonly writes: number | undefined;
  readonly whole: number | undefined;
  readonly lasts?: Drill['lasts'];
  readonly inject: (database: Database, ...stage: Parameters<Drill['inject']>) => ReturnType<Drill['inject']>;
  readonly also?: Drill['also'];
}

/** A fault of the first PostgreSQL that it can happen to: what only reads does not notice, and nothing is lost but what may be. */
export function databaseDrill(
  model: Model,
  { servers, writes, whole, lasts = 'until users are served', inject, also }: DatabaseFault,
): Drill | undefined {
  const database = postgresql(model, servers);
  if (database === undefined) return undefined;
  return {
    subject: `database.${database.name}`,
    database,
    budget: { reads: 0, writes, lost: lossOf(database), whole },
    lasts,
    inject: (stage) => inject(database, stage),
    ...(also === undefined ? {} : { also }),
  };
}
