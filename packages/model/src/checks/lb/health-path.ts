import { report } from '@groundplan/diagnostics';
import { nodeAt } from '@groundplan/syntax';
import { fix, rewriteScalar } from '../../edits.js';
import type { Check } from '../context.js';
import { isWritten, pathOf } from '../places.js';

/** The path of a health check does not begin with a slash. */
export const healthPath: Check = ({ model, tree }) =>
  model.apps.flatMap((app) => {
    const { path } = app.health;
    if (!isWritten(path) || path.value.startsWith('/')) return [];
    const corrected = withSlash(path.value);
    const node = nodeAt(tree.root, [...pathOf(app), 'health', 'path']);
    return [
      report(
        'lb/health-path',
        path.origin.span,
        { found: path.value, path: corrected },
        { fixes: node === undefined ? [] : fix(`Change to ${corrected}`, rewriteScalar(node, corrected)) },
      ),
    ];
  });

/** Of a whole URL its path. */
function withSlash(text: string): string {
  const url = /^https?:\/\/[^/]*(.*)$/.exec(text);
  const path = url?.[1] ?? text;
  return path.startsWith('/') ? path : `/${path}`;
}
