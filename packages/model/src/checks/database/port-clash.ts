import { type Diagnostic, report } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { takenForDatabase } from '../../derive/database-host-ports.js';
import { fix, setValue } from '../../edits.js';
import type { Database } from '../../model.js';
import type { Check } from '../context.js';
import { isIntended, isLeftOut } from '../left-out.js';
import { dotted, isMeant, isWritten, pathOf } from '../places.js';

/** Two databases that apps would reach at one port of their own host, or one at a port that is not free there or on its servers. */
export const portClash: Check = ({ model, tree }) => {
  const inOrder = [...model.databases]
    .filter((database) => isKnown(tree, database))
    .sort((a, b) => a.keySpan.start - b.keySpan.start);
  const first = new Map<number, Database>();
  const taken = new Set(inOrder.map(({ port }) => port.value));
  const found: Diagnostic[] = [];
  for (const database of inOrder) {
    const port = database.port.value;
    const other = first.get(port);
    const by = takenForDatabase(database.engine.value, port) ?? (other && dotted(other));
    if (by === undefined) {
      first.set(port, database);
      continue;
    }
    const free = nextFree(database, taken);
    taken.add(free);
    found.push(
      report(
        'database/port-clash',
        placeOfPort(database),
        { port, other: by, free },
        {
          related: other === undefined ? [] : [{ span: placeOfPort(other), message: `${by} has port ${port}` }],
          fixes: fix(`Use port ${free}`, setValue(tree, ['databases', database.name, 'port'], String(free))),
        },
      ),
    );
  }
  return found;
};

/** Whether a port is written, or follows from an engine that is known. */
function isKnown(tree: SyntaxTree, database: Database): boolean {
  const { port, engine } = database;
  const path = pathOf(database);
  if (port.origin.kind !== 'default') return isMeant(port);
  return isLeftOut(tree, path, 'port') && isIntended(tree, engine, path, 'engine');
}

/** The port where it is written in the database itself; else the database, since a shared or default port is nobody's mistake. */
function placeOfPort({ port, span, keySpan }: Database) {
  const { span: written } = port.origin;
  return isWritten(port) && span.start <= written.start && written.end <= span.end ? written : keySpan;
}

/** The next port that is free, or from 1024 on when there is none above. */
function nextFree({ port: { value: port }, engine }: Database, taken: ReadonlySet<number>): number {
  const isFree = (each: number): boolean => !taken.has(each) && takenForDatabase(engine.value, each) === undefined;
  for (let free = port + 1; free <= 65_535; free++) if (isFree(free)) return free;
  for (let free = 1024; free < port; free++) if (isFree(free)) return free;
  return port;
}
