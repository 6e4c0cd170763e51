import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { storedProviders } from '../support/provider-schemas.js';
import { checkAgainstSchemas } from '../support/schema-check.js';

const documents = Object.values(storedProviders()).map(({ document }) => document);

/** The problems of a configuration, one a line. */
function problems(mainTfJson: Record<string, unknown>): string[] {
  return checkAgainstSchemas(mainTfJson, documents).map(({ at, message }) => `${at}: ${message}`);
}

const resource = (type: string, body: object) => ({ resource: { [type]: { a: body } } });
const network = { name: 'a', ip_range: '10.0.0.0/16' };
const server = { name: 'a', server_type: 'cx23' };
const record = { name: 'a', type: 'A', ttl: 60, zone_id: 'z', content: '203.0.113.1' };

describe('the check against the stored schemas', () => {
  it('has nothing to say of what the schemas allow', () => {
    assert.deepEqual(
      problems({
        provider: { hcloud: { token: 'x' }, cloudflare: [{ api_token: 'x' }, { alias: 'other', api_token: 'y' }] },
        data: { hcloud_servers: { all: { with_selector: 'a=b' } } },
        resource: {
          terraform_data: { guard: { input: 1 } },
          hcloud_network: { a: { ...network, labels: { a: 'b' }, lifecycle: { ignore_changes: ['labels'] } } },
          hcloud_server: {
            a: {
              ...server,
              network: [{ network_id: '${hcloud_network.a.id}', alias_ips: [] }],
              depends_on: ['hcloud_network.a'],
            },
          },
          cloudflare_dns_record: { a: { ...record, settings: { flatten_cname: true } } },
        },
      }),
      [],
    );
  });

  const cases: [title: string, mainTfJson: Record<string, unknown>, expected: string[]][] = [
    ['a provider that is not stored', { provider: { aws: {} } }, ['provider.aws: no stored schema has this provider']],
    [
      'an argument that the provider lacks',
      { provider: { hcloud: { colour: 'red' } } },
      ['provider.hcloud.colour: neither an attribute nor a block of that name'],
    ],
    ['a type that is not stored', resource('hcloud_router', {}), ['hcloud_router: no stored schema has this type']],
    [
      'a data source that is not stored',
      { data: { hcloud_router: { a: {} } } },
      ['data.hcloud_router: no stored schema has this type'],
    ],
    [
      'an attribute that there is not',
      resource('hcloud_network', { ...network, colour: 'red' }),
      ['hcloud_network.a.colour: neither an attribute nor a block of that name'],
    ],
    [
      'an attribute that is missing',
      resource('hcloud_network', { name: 'a' }),
      ['hcloud_network.a.ip_range: required, and missing'],
    ],
    [
      'an attribute that is read-only',
      resource('hcloud_server', { ...server, ipv4_address: '203.0.113.1' }),
      ['hcloud_server.a.ipv4_address: read-only, and set'],
    ],
    [
      'a number where text belongs',
      resource('hcloud_network', { ...network, name: 1 }),
      ['hcloud_network.a.name: string is expected, not number'],
    ],
    [
      'text where a number belongs',
      resource('cloudflare_dns_record', { ...record, ttl: '60' }),
      ['cloudflare_dns_record.a.ttl: number is expected, not string'],
    ],
    [
      'an element of the wrong type',
      resource('hcloud_server', { ...server, ssh_keys: ['a', 1] }),
      ['hcloud_server.a.ssh_keys[1]: string is expected, not number'],
    ],
    [
      'text where a list belongs',
      resource('hcloud_server', { ...server, ssh_keys: 'a' }),
      ['hcloud_server.a.ssh_keys: a list is expected, not string'],
    ],
    [
      'a block where an attribute belongs',
      resource('cloudflare_dns_record', { ...record, settings: [{ flatten_cname: true }] }),
      ['cloudflare_dns_record.a.settings: an object is expected, not a list'],
    ],
    [
      'an attribute where a block belongs',
      resource('hcloud_server', { ...server, network: 'n' }),
      ['hcloud_server.a.network: a block is expected, not string'],
    ],
    [
      'what is wrong inside a block',
      resource('minio_s3_bucket_versioning', { bucket: 'b', versioning_configuration: { state: 'Enabled' } }),
      [
        'minio_s3_bucket_versioning.a.versioning_configuration[0].state: neither an attribute nor a block of that name',
        'minio_s3_bucket_versioning.a.versioning_configuration[0].status: required, and missing',
      ],
    ],
    [
      'what is wrong inside a nested attribute',
      resource('cloudflare_dns_record', { ...record, settings: { flatten: true } }),
      ['cloudflare_dns_record.a.settings.flatten: no attribute of that name'],
    ],
    [
      'too few blocks',
      resource('minio_s3_bucket_cors', { bucket: 'b' }),
      ['minio_s3_bucket_cors.a.cors_rule: at least 1 of this block'],
    ],
    [
      'too many blocks',
      resource('minio_s3_bucket_versioning', {
        bucket: 'b',
        versioning_configuration: [{ status: 'Enabled' }, { status: 'Enabled' }],
      }),
      ['minio_s3_bucket_versioning.a.versioning_configuration: at most 1 of this block'],
    ],
  ];
  for (const [title, mainTfJson, expected] of cases) {
    it(`reports ${title}`, () => {
      assert.deepEqual(problems(mainTfJson), expected);
    });
  }
});
