import type { Bucket } from '@groundplan/model';
import { expression } from './emitter/index.js';
import { placeOfBucket, placeOfField } from './places.js';
import { isUnprotected } from './protection.js';
import type { RootModule } from './root-module.js';

/** Buckets with their versioning, policy and CORS, which are made one after the other; Hetzner knows no ACLs. */
export function writeBuckets(module: RootModule): void {
  for (const bucket of module.model.buckets) writeBucket(module, bucket);
}

function writeBucket(module: RootModule, bucket: Bucket): void {
  const place = placeOfBucket(bucket);
  const key = bucket.firstName;
  const provider = bucket.location.value;
  const name = expression(`minio_s3_bucket.${key}.bucket`);
  let last = `minio_s3_bucket.${key}`;
  const after = () => ({ provider, dependsOn: [last] });

  module.resource(
    placeOfField(place, 'name', bucket.bucketName),
    'minio_s3_bucket',
    key,
    // Otherwise only an empty bucket can be destroyed.
    { bucket: bucket.bucketName.value, forceDestroy: isUnprotected(bucket.bucketName.value) },
    { provider },
  );
  if (bucket.versioning.value) {
    module.resource(
      placeOfField(place, 'versioning', bucket.versioning),
      'minio_s3_bucket_versioning',
      key,
      { bucket: name, versioningConfiguration: { status: 'Enabled' } },
      after(),
    );
    last = `minio_s3_bucket_versioning.${key}`;
  }
  if (bucket.access.value === 'public') {
    module.resource(
      placeOfField(place, 'access', bucket.access),
      'minio_s3_bucket_policy',
      key,
      { bucket: name, policy: publicRead(bucket.bucketName.value) },
      after(),
    );
    last = `minio_s3_bucket_policy.${key}`;
  }
  // The provider deletes CORS rules by writing an empty set, which S3 servers refuse (versitygw [seen], Ceph [source], which
  // Hetzner runs). Nothing in Terraform's language helps: a `removed` block names what is gone already, and rules cannot outlive
  // their bucket in the order of a destroy. So they are taken out of the state, and go with their bucket: `groundplan destroy`
  // does that by itself, and `groundplan plan` says it where it is needed (plan/cors-stays).
  const [firstOrigin] = bucket.cors;
  if (firstOrigin !== undefined) {
    module.resource(
      { path: `${place.path}.cors`, span: firstOrigin.span },
      'minio_s3_bucket_cors',
      key,
      {
        bucket: name,
        corsRule: [
          {
            allowedOrigins: bucket.cors.map(({ value }) => value),
            // What direct links do: read, and write where the app has signed the link for it.
            allowedMethods: ['GET', 'HEAD', 'PUT', 'POST'],
            allowedHeaders: ['*'],
            exposeHeaders: ['ETag'],
            maxAgeSeconds: 3600,
          },
        ],
      },
      after(),
    );
  }
}

/** Anybody may read an object whose name they know; nobody may list. */
function publicRead(bucket: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'PublicRead',
        Effect: 'Allow',
        Principal: { AWS: ['*'] },
        Action: ['s3:GetObject'],
        Resource: [`arn:aws:s3:::${bucket}/*`],
      },
    ],
  });
}
