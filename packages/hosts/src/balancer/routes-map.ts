import type { LoadBalancer, Model } from '@groundplan/model';
import { appsBehind } from '../entities.js';
import { backendName } from '../haproxy/app-backends.js';
import { text } from '../template.js';
import type { Text } from '../text.js';

/** Host name and path with a `/` behind, so that /api leads to /api and /api/orders, not to /apiary. */
export function routesMap(model: Model, balancer: LoadBalancer): Text {
  const apps = new Map(appsBehind(model, balancer).map((app) => [app.name, backendName(app)]));
  const lines = balancer.routes.flatMap(({ host, path, app }) => {
    const backend = apps.get(app.name);
    return backend === undefined ? [] : [`${host}${encoded(path).replace(/\/*$/, '/')} ${backend}\n`];
  });
  return text`
# Host name and beginning of the path -> app. The longest that fits wins.
${lines.sort()}
`;
}

/** As clients write it: what is not ASCII in percent encoding. */
function encoded(path: string): string {
  return path.replace(/[^\x21-\x7e]+/gu, (found) =>
    [...new TextEncoder().encode(found)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
