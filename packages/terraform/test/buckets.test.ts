import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addresses, compileText, resource, topology } from './support.js';

const buckets = `buckets:
  static: { name: shop-static, location: fsn1, access: public, versioning: true, cors: ["https://shop.example.com"], writers: [app.web] }
  plain: { location: hel1, writers: [app.web] }`;

describe('buckets', () => {
  const outcome = compileText(topology(buckets));

  it('are made part by part, one after the other, and with what is in them only when that is unprotected', () => {
    const provider = 'minio.fsn1';
    const bucket = '${minio_s3_bucket.static.bucket}';
    assert.deepEqual(resource(outcome, 'minio_s3_bucket.static'), {
      bucket: 'shop-static',
      force_destroy: '${contains(var.unprotected, "shop-static") || contains(var.unprotected, "*")}',
      provider,
    });
    assert.deepEqual(resource(outcome, 'minio_s3_bucket_versioning.static'), {
      bucket,
      depends_on: ['minio_s3_bucket.static'],
      provider,
      versioning_configuration: { status: 'Enabled' },
    });
    const { policy, ...rest } = resource(outcome, 'minio_s3_bucket_policy.static');
    assert.deepEqual(rest, { bucket, depends_on: ['minio_s3_bucket_versioning.static'], provider });
    assert.deepEqual(JSON.parse(String(policy)), {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'PublicRead',
          Effect: 'Allow',
          Principal: { AWS: ['*'] },
          Action: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::shop-static/*'],
        },
      ],
    });
    assert.deepEqual(resource(outcome, 'minio_s3_bucket_cors.static'), {
      bucket,
      cors_rule: [
        {
          allowed_headers: ['*'],
          allowed_methods: ['GET', 'HEAD', 'PUT', 'POST'],
          allowed_origins: ['https://shop.example.com'],
          expose_headers: ['ETag'],
          max_age_seconds: 3600,
        },
      ],
      depends_on: ['minio_s3_bucket_policy.static'],
      provider,
    });
  });

  it('are private and plain where nothing else is written', () => {
    assert.deepEqual(
      addresses(outcome).filter((address) => address.endsWith('.plain')),
      ['minio_s3_bucket.plain'],
    );
    assert.match(String(resource(outcome, 'minio_s3_bucket.plain').bucket), /^shop-plain-[0-9a-f]{8}$/);
  });

  it('have a provider for every location, so that the last bucket of one can be deleted, with keys that are in no state', () => {
    assert.deepEqual(
      outcome.module.provider.minio,
      ['fsn1', 'hel1', 'nbg1'].map((location) => ({
        alias: location,
        minio_password: '${var.object_storage_secret_key}',
        minio_region: location,
        minio_server: `${location}.your-objectstorage.com`,
        minio_ssl: true,
        minio_user: '${var.object_storage_access_key}',
        s3_compat_mode: true,
      })),
    );
  });
});
