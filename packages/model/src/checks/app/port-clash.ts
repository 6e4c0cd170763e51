import { report, type Span } from '@groundplan/diagnostics';
import { loopbackPort, takenOnEachHost } from '../../derive/app-host-ports.js';
import type { Model } from '../../model.js';
import type { Check } from '../context.js';
import { dotted, isMeant } from '../places.js';

interface Taken {
  readonly port: number;
  readonly by: string;
  /** What takes it, where that stands in the file. */
  readonly place: Span | undefined;
}

/** An app listens on a port that something else has on its own hosts. */
export const portClash: Check = ({ model }) => {
  const served = servedOnLoopback(model);
  const ports = new Set([...served.values()].map(({ port }) => port));
  // Almost no app has such a port, so that what each refers to is not even collected.
  const suspects = model.apps.filter(({ port }) => {
    return port !== undefined && (ports.has(port.value) || takenOnEachHost(port.value) !== undefined);
  });
  if (suspects.length === 0) return [];
  const referred = new Map<string, Set<string>>();
  for (const { from, kind, name } of model.references) {
    const labels = referred.get(from) ?? new Set();
    referred.set(from, labels.add(`${kind}.${name}`));
  }
  return suspects.flatMap((app) => {
    const { port } = app;
    if (port === undefined) return [];
    const labels = [...(referred.get(dotted(app)) ?? [])].filter((label) => label !== dotted(app));
    const always = takenOnEachHost(port.value);
    const clash: Pick<Taken, 'by' | 'place'> | undefined =
      always === undefined
        ? labels.flatMap((label) => served.get(label) ?? []).find((each) => each.port === port.value)
        : { by: always, place: undefined };
    if (clash === undefined) return [];
    return [
      report(
        'app/port-clash',
        port.origin.span,
        { name: dotted(app), port: port.value, by: clash.by },
        {
          related:
            clash.place === undefined ? [] : [{ span: clash.place, message: `${clash.by} has port ${port.value}` }],
        },
      ),
    ];
  });
};

/** What the HAProxy of a host stands for on loopback when its app refers to it, by `database.main` or `app.api`. */
function servedOnLoopback({ databases, apps }: Model): Map<string, Taken> {
  const ofDatabases = databases
    .filter(({ port }) => isMeant(port))
    .map((database) => ({
      port: database.port.value,
      by: dotted(database),
      place: database.port.origin.kind === 'written' ? database.port.origin.span : database.keySpan,
    }));
  const ofApps = apps.map((app) => ({
    port: loopbackPort(app.firstName, app.slot?.value),
    by: dotted(app),
    place: app.slot?.origin.span ?? app.keySpan,
  }));
  return new Map([...ofDatabases, ...ofApps].map((taken) => [taken.by, taken]));
}
