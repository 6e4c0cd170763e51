import type { Model } from '@groundplan/model';
import type { SshKey } from '../ssh-keys.js';
import type { LockedSecrets } from './bundles.js';

/** The secret by which Terraform reaches hosts over SSH, and the variable by which it enters. */
export const deployKeyName = 'deploy_ssh_key';

/** Its public half, among the keys that new servers accept. No path of a key file is called so: `__` comes from none. */
export function deployKey(model: Model, locked: LockedSecrets | undefined): SshKey[] {
  const publicKey = locked?.get(deployKeyName)?.public?.trim();
  if (publicKey === undefined || model.access === undefined) return [];
  const [, material = ''] = publicKey.split(' ');
  return [{ key: 'groundplan__deploy', publicKey, material, place: { path: 'access', span: model.access.keySpan } }];
}
