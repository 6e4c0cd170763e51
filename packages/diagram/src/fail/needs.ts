import type { App, Bucket, Database, Model, SharedStorage } from '@groundplan/model';

/** What a program uses, by what its text refers to. */
export interface Needs {
  readonly databases: readonly Database[];
  /** Other apps that it calls. */
  readonly apps: readonly App[];
  readonly buckets: readonly Bucket[];
  /** Mounted. */
  readonly storages: readonly SharedStorage[];
}

const known = new WeakMap<Model, ReadonlyMap<App, Needs>>();

/** What each app uses; kept for each model. */
export function needsOf(model: Model): ReadonlyMap<App, Needs> {
  const kept = known.get(model);
  if (kept !== undefined) return kept;
  const made = new Map(model.apps.map((app) => [app, readNeeds(model, app)]));
  known.set(model, made);
  return made;
}

function readNeeds({ references, databases, apps, buckets, storages }: Model, app: App): Needs {
  const used = references.filter(({ from }) => from === `app.${app.name}`);
  const names = (kind: string) =>
    new Set(used.filter(({ target }) => target?.kind === kind).map(({ target }) => target?.name));
  const pick = <T extends { readonly name: string }>(all: readonly T[], kind: string) => {
    const wanted = names(kind);
    return all.filter(({ name }) => wanted.has(name));
  };
  return {
    databases: pick(databases, 'database'),
    apps: pick(apps, 'app').filter((other) => other !== app),
    buckets: pick(buckets, 'bucket'),
    storages: pick(storages, 'storage'),
  };
}

/** An app, and all that it calls, directly or through others. */
export function withCalled(needs: ReadonlyMap<App, Needs>, app: App): readonly App[] {
  const found = new Set([app]);
  for (const each of found) for (const called of needs.get(each)?.apps ?? []) found.add(called);
  return [...found];
}
