import { neededSecrets } from '@groundplan/secrets';
import type { RootModule } from '../root-module.js';
import { providerVariables } from '../variables.js';
import type { ConfiguredHost } from './bundles.js';
import { deployKeyName } from './deploy-key.js';

/** A variable for each secret that hosts are given, and for the key by which they are reached: ephemeral, as those of the providers. */
export function writeSecretVariables(module: RootModule, hosts: readonly ConfiguredHost[]): void {
  const wanted = new Set([deployKeyName, ...hosts.flatMap(({ packed }) => packed.secrets)]);
  const known = providerVariables(module.model);
  for (const secret of neededSecrets(module.model)) {
    const [span] = secret.uses;
    if (!wanted.has(secret.name) || known.includes(secret.name) || span === undefined) continue;
    module.variable({ path: 'secrets', span }, secret.name, {
      type: 'string',
      description: secret.about,
      ephemeral: true,
    });
  }
}
