import type { Model } from '@groundplan/model';

/** The apps that a route can lead to, as it names them: those first that none leads to yet. */
export function routableApps({ apps, loadBalancers }: Model): readonly string[] {
  const reached = new Set(loadBalancers.flatMap(({ routes }) => routes.flatMap(({ app }) => app?.name ?? [])));
  const able = apps.filter(({ port }) => port !== undefined).map(({ name }) => name);
  return [...able.filter((name) => !reached.has(name)), ...able.filter((name) => reached.has(name))].map(
    (name) => `app.${name}`,
  );
}
