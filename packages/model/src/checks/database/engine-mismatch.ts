import { report } from '@groundplan/diagnostics';
import { fix, setSourced } from '../../edits.js';
import type { Check } from '../context.js';
import { isWritten, pathOf } from '../places.js';
import { markLast, type Part } from '../relation.js';
import { useReplication, waysOfPostgresql, writtenReplications } from './replication.js';

const engineOf = { galera: 'mariadb', pglogical: 'postgresql', logical: 'postgresql' } as const;

/** A replication that the engine does not have. */
export const engineMismatch: Check = ({ model, tree, catalog }) =>
  writtenReplications(model, tree).flatMap(({ database, written }) => {
    const { engine } = database;
    const { value } = written;
    if (value === 'none' || engineOf[value] === engine.value) return [];
    const needs = engineOf[value];
    const ways = engine.value === 'mariadb' ? ['galera'] : waysOfPostgresql(model, tree, catalog);
    const parts: [Part, ...Part[]] = [{ span: written.origin.span, message: `${value} needs ${needs}` }];
    if (isWritten(engine)) parts.push({ span: engine.origin.span, message: `the engine is ${engine.value}` });
    const { span, related } = markLast(parts);
    return [
      report(
        'database/engine-mismatch',
        span,
        { replication: value, engine: engine.value, needs, ways },
        {
          related,
          fixes: [
            ...ways.flatMap((way) => useReplication(written, way)),
            ...fix(`Use the engine ${needs}`, setSourced(tree, engine, [...pathOf(database), 'engine'], needs)),
          ],
        },
      ),
    ];
  });
