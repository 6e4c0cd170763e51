import { objectStorageHost } from '@groundplan/hosts';
import { expression } from './emitter/index.js';
import type { RootModule } from './root-module.js';
import { cloudflareToken, hcloudToken, objectStorageKeys } from './variables.js';

/**
 * The providers that the topology needs; the versions are those that the bindings were made from. Buckets are the business of the
 * MinIO provider, configured once for each location. Hetzner speaks S3 without MinIO's own additions, hence `s3_compat_mode`.
 */
export function writeProviders(module: RootModule): void {
  const { dns, buckets } = module.model;
  const { locations } = module.catalog;
  module.provider('hcloud', { token: expression(`var.${hcloudToken}`) });
  if (dns?.provider.value === 'cloudflare') {
    module.provider('cloudflare', { apiToken: expression(`var.${cloudflareToken}`) });
  }
  // All of them as soon as there is a bucket: Terraform can only delete the last bucket of a location while that is configured.
  const withBuckets = buckets.length === 0 ? [] : locations.filter(({ objectStorage }) => objectStorage);
  for (const location of withBuckets.map(({ name }) => name).sort()) {
    module.provider('minio', {
      alias: location,
      minioServer: objectStorageHost(location),
      minioRegion: location,
      minioSsl: true,
      minioUser: expression(`var.${objectStorageKeys.access}`),
      minioPassword: expression(`var.${objectStorageKeys.secret}`),
      s3CompatMode: true,
    });
  }
}
