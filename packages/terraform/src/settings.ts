import type { TerraformBackend } from '@groundplan/model';
import type { Value } from './emitter/index.js';
import type { RootModule } from './root-module.js';

/** The first Terraform, and the first OpenTofu, that have ephemeral variables. */
const requiredVersion = '>= 1.11.0';

/**
 * What an S3 that is not Amazon's cannot answer, or answers otherwise. Without a region `terraform init` stops at "Missing
 * region value".
 */
const outsideAmazon = {
  region: 'us-east-1',
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
  skip_s3_checksum: true,
  use_path_style: true,
};

/** Versions and state: the topology's backend as it is written, or a local file beside main.tf.json. */
export function writeSettings(module: RootModule): void {
  const { backend } = module.model;
  module.settings({
    requiredVersion,
    backend:
      backend === undefined
        ? { type: 'local', arguments: {} }
        : { type: backend.type, arguments: backend.type === 's3' ? s3Arguments(backend) : (backend.settings as Value) },
  });
}

/**
 * `use_lockfile` is for the user to write: it needs conditional writes (PutObject with If-None-Match). Hetzner documents none that
 * could be found. OpenTofu's developers had the lock accepted there (opentofu/opentofu#2605), which does not show that a second
 * writer is refused; Ceph, which Hetzner runs, was still mending such writes in 2026 (ceph/ceph#71584). People rely on a lock
 * that they see switched on.
 *
 * `endpoint` is what Terraform called `endpoints.s3` before 1.6.
 */
function s3Arguments({ settings }: TerraformBackend): Value {
  const { endpoint, endpoints, ...rest } = settings as Record<string, Value>;
  const address = endpoint ?? (endpoints as Record<string, Value> | undefined)?.s3;
  const all = {
    ...rest,
    ...((endpoint ?? endpoints) !== undefined && {
      endpoints: { ...(endpoints as Record<string, Value>), ...(address !== undefined && { s3: address }) },
    }),
  };
  return typeof address === 'string' && !isAmazon(address) ? { ...outsideAmazon, ...all } : all;
}

function isAmazon(address: string): boolean {
  return /^(https?:\/\/)?([a-z0-9-]+\.)*amazonaws\.com(\.cn)?([/:]|$)/i.test(address);
}
