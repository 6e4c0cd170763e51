import { compareSpans } from '@groundplan/diagnostics';
import type { Model } from '@groundplan/model';
import { backupKeys } from './backups.js';
import { made } from './made.js';
import type { NeededSecret } from './secret.js';
import { tokens } from './terraform.js';
import { appKeys, written } from './written.js';

/** Every secret that the topology needs, sorted by name: a pure function of the model. */
export function neededSecrets(model: Model): NeededSecret[] {
  return [...tokens(model), ...written(model), ...appKeys(model), ...backupKeys(model), ...made(model)]
    .map((secret) => ({ ...secret, uses: [...secret.uses].sort(compareSpans) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
