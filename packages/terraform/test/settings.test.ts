import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compileText, topology } from './support.js';

function backendOf(yaml: string): unknown {
  return compileText(topology(`terraform: { backend: ${yaml} }`)).module.terraform.backend;
}

describe('settings', () => {
  it('name the versions that are needed, and providers by their full source', () => {
    const { terraform } = compileText(topology('buckets: { dumps: { location: hel1, writers: [app.web] } }')).module;
    assert.equal(terraform.required_version, '>= 1.11.0');
    assert.deepEqual(terraform.required_providers, {
      hcloud: { source: 'registry.terraform.io/hetznercloud/hcloud', version: '1.68.0' },
      minio: { source: 'registry.terraform.io/aminueza/minio', version: '3.40.1' },
    });
  });

  it('keep the state in a file beside the module while no backend is written', () => {
    assert.deepEqual(compileText(topology()).module.terraform.backend, { local: {} });
  });

  it('pass any backend through', () => {
    const http = { address: 'https://example.com/state', retry_max: 3, skip_cert_verification: false };
    assert.deepEqual(backendOf(JSON.stringify({ http })), { http });
  });

  it('tell an S3 that is not Amazon what it cannot do, unless the topology says otherwise', () => {
    assert.deepEqual(
      backendOf(
        '{ s3: { bucket: b, key: k, endpoint: "https://nbg1.your-objectstorage.com", use_path_style: false, region: nbg1 } }',
      ),
      {
        s3: {
          bucket: 'b',
          endpoints: { s3: 'https://nbg1.your-objectstorage.com' },
          key: 'k',
          region: 'nbg1',
          skip_credentials_validation: true,
          skip_metadata_api_check: true,
          skip_region_validation: true,
          skip_requesting_account_id: true,
          skip_s3_checksum: true,
          use_path_style: false,
        },
      },
    );
    const s3 = {
      bucket: 'b',
      endpoints: { s3: 'https://minio.example.com', dynamodb: 'https://d.example.com' },
      key: 'k',
    };
    assert.deepEqual((backendOf(JSON.stringify({ s3 })) as { s3: object }).s3, {
      ...s3,
      region: 'us-east-1',
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_region_validation: true,
      skip_requesting_account_id: true,
      skip_s3_checksum: true,
      use_path_style: true,
    });
  });

  it('leave Amazon alone', () => {
    const s3 = { bucket: 'b', key: 'k', region: 'eu-central-1' };
    assert.deepEqual(backendOf(JSON.stringify({ s3 })), { s3 });
    assert.deepEqual(backendOf(JSON.stringify({ s3: { ...s3, endpoint: 'https://s3.eu-central-1.amazonaws.com' } })), {
      s3: { ...s3, endpoints: { s3: 'https://s3.eu-central-1.amazonaws.com' } },
    });
  });
});

describe('variables', () => {
  it('are those that are needed; tokens and keys are ephemeral and have no default', () => {
    const { variable } = compileText(
      topology(
        'dns: { provider: cloudflare, zone: example.com }',
        'buckets: { dumps: { location: hel1, writers: [app.web] } }',
      ),
    ).module;
    assert.deepEqual(
      Object.entries(variable).map(([name, { ephemeral, default: value, type }]) => [name, type, ephemeral, value]),
      [
        ['cloudflare_api_token', 'string', true, undefined],
        ['hcloud_token', 'string', true, undefined],
        ['object_storage_access_key', 'string', true, undefined],
        ['object_storage_secret_key', 'string', true, undefined],
        ['unprotected', 'set(string)', undefined, []],
      ],
    );
    assert.deepEqual(Object.keys(compileText(topology()).module.variable), ['hcloud_token', 'unprotected']);
  });
});
