import type { Model } from '@groundplan/model';
import { placeOfBucket, placeOfTopology } from './places.js';
import { unprotectedVariable } from './protection.js';
import type { RootModule } from './root-module.js';

export const hcloudToken = 'hcloud_token';
export const cloudflareToken = 'cloudflare_api_token';
export const objectStorageKeys = { access: 'object_storage_access_key', secret: 'object_storage_secret_key' } as const;

/** The names of the variables by which the tokens and keys of the providers enter. */
export function providerVariables(model: Model): string[] {
  return [
    hcloudToken,
    ...(model.dns?.provider.value === 'cloudflare' ? [cloudflareToken] : []),
    ...(model.buckets.length > 0 ? Object.values(objectStorageKeys) : []),
  ];
}

/**
 * The variables that the module needs. Tokens and keys are ephemeral, not just sensitive: the value of a sensitive variable is
 * in clear in the plan file.
 */
export function writeVariables(module: RootModule): void {
  const { model } = module;
  const everything = placeOfTopology(model);
  module.variable(everything, hcloudToken, {
    type: 'string',
    description: 'Token of the Hetzner Cloud project, with the right to read and write.',
    ephemeral: true,
  });
  module.variable(everything, unprotectedVariable, {
    type: 'set(string)',
    description:
      'Names of the servers with data, floating IPs and zones that may be destroyed, and of the buckets that may be with all that is in them; ["*"] for all. Protection is lifted by an apply with this value, and what is gone from the topology may be destroyed by the next one.',
    default: [],
  });
  if (model.dns?.provider.value === 'cloudflare') {
    module.variable({ path: 'dns', span: model.dns.keySpan }, cloudflareToken, {
      type: 'string',
      description: `Cloudflare API token with the right to edit DNS in the zone ${model.dns.zone.value}.`,
      ephemeral: true,
    });
  }
  const [bucket] = model.buckets;
  if (bucket === undefined) return;
  module.variable(placeOfBucket(bucket), objectStorageKeys.access, {
    type: 'string',
    description: 'Access key of Hetzner Object Storage.',
    ephemeral: true,
  });
  module.variable(placeOfBucket(bucket), objectStorageKeys.secret, {
    type: 'string',
    description: 'Secret key of Hetzner Object Storage.',
    ephemeral: true,
  });
}
