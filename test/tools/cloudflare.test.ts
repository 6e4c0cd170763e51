import assert from 'node:assert/strict';
import { after, before, describe } from 'mocha';
import { type CloudflareApi, startCloudflareApi } from '../support/cloudflare-api.js';
import { itWithEachTool } from '../support/each-tool.js';
import { assertSucceeded, changeLines, errorLines } from '../support/expect.js';
import { storedProviders } from '../support/provider-schemas.js';
import { openWorkspace, type Tool, type Workspace } from '../support/terraform.js';

const noHetzner = 'http://127.0.0.1:9/v1';
const zoneName = 'example.com';

describe('the stand-in for the Cloudflare provider', () => {
  let api: CloudflareApi;
  before(async () => {
    api = await startCloudflareApi();
  });
  after(() => api.close());

  /** Each test has a zone of its own, so that tests do not see each other's records. */
  const withZone = async (tool: Tool, body: (workspace: Workspace, zoneId: string) => Promise<void>) => {
    const zone = api.addZone(zoneName);
    const workspace = await openWorkspace({
      tool,
      mainTfJson: configuration({}),
      hetznerUrl: noHetzner,
      cloudflareUrl: api.url,
      cloudflareToken: api.token,
    });
    try {
      assertSucceeded(await workspace.init());
      await body(workspace, zone.id);
    } finally {
      await workspace.dispose();
    }
  };

  itWithEachTool('creates, plans nothing more, changes in place, replaces and destroys', async (tool) => {
    await withZone(tool, async (workspace, zoneId) => {
      const write = (shop: object) =>
        workspace.write(records(zoneId, { shop, v6: { type: 'AAAA', content: '2001:db8::1' } }));
      const stored = () => api.records(zoneId).map(({ name, type, content, ttl }) => [name, type, content, ttl]);

      await write({ content: '203.0.113.1' });
      assertSucceeded(await workspace.validate());
      assert.deepEqual(changeLines(await workspace.plan()), [
        'create cloudflare_dns_record.shop',
        'create cloudflare_dns_record.v6',
      ]);
      assertSucceeded(await workspace.applyPlan());
      assert.deepEqual(stored().sort(), [
        ['shop.example.com', 'A', '203.0.113.1', 60],
        ['v6.example.com', 'AAAA', '2001:db8::1', 60],
      ]);
      assert.deepEqual(changeLines(await workspace.plan()), []);

      const [before] = api.records(zoneId).filter(({ type }) => type === 'A');
      await write({ content: '203.0.113.2', ttl: 120, comment: 'by hand' });
      assert.deepEqual(changeLines(await workspace.plan()), ['update cloudflare_dns_record.shop']);
      assertSucceeded(await workspace.applyPlan());
      const [updated] = api.records(zoneId).filter(({ type }) => type === 'A');
      assert.equal(updated?.id, before?.id);
      assert.deepEqual([updated?.content, updated?.ttl, updated?.comment], ['203.0.113.2', 120, 'by hand']);
      assert.deepEqual(changeLines(await workspace.plan()), []);

      await write({ type: 'CNAME', content: 'www.example.net' });
      assert.deepEqual(changeLines(await workspace.plan()), ['delete+create cloudflare_dns_record.shop']);
      assertSucceeded(await workspace.applyPlan());
      assert.notEqual(api.records(zoneId).find(({ type }) => type === 'CNAME')?.id, before?.id);
      assert.deepEqual(changeLines(await workspace.plan()), []);

      assertSucceeded(await workspace.destroy());
      assert.deepEqual(stored(), []);
    });
  });

  itWithEachTool('takes short names, full names and the apex for what they are', async (tool) => {
    await withZone(tool, async (workspace, zoneId) => {
      await workspace.write(
        records(zoneId, {
          short: { name: 'short', content: '203.0.113.1' },
          full: { name: 'full.example.com', content: '203.0.113.1' },
          apex: { name: '@', content: '203.0.113.1' },
        }),
      );
      assertSucceeded(await workspace.apply());
      const names = api.records(zoneId).map(({ name }) => name);
      assert.deepEqual(names.sort(), ['example.com', 'full.example.com', 'short.example.com']);
      assert.deepEqual(changeLines(await workspace.plan()), []);
      assertSucceeded(await workspace.destroy());
    });
  });

  itWithEachTool('keeps a proxied record, one with data and one with settings', async (tool) => {
    await withZone(tool, async (workspace, zoneId) => {
      await workspace.write(
        records(zoneId, {
          proxied: { content: '203.0.113.1', proxied: true, ttl: 1 },
          issuer: { type: 'CAA', data: { flags: 0, tag: 'issue', value: 'letsencrypt.org' } },
          alias: { type: 'CNAME', content: 'example.net', settings: { flatten_cname: true } },
          mail: { type: 'MX', content: 'mail.example.net', priority: 10, tags: ['team:shop'] },
        }),
      );
      assertSucceeded(await workspace.apply());
      assert.deepEqual(changeLines(await workspace.plan()), []);
      assert.equal(api.records(zoneId).find(({ type }) => type === 'CAA')?.content, '0 issue "letsencrypt.org"');
      assertSucceeded(await workspace.destroy());
    });
  });

  itWithEachTool('plans anew what somebody removed, and undoes what somebody changed', async (tool) => {
    await withZone(tool, async (workspace, zoneId) => {
      await workspace.write(records(zoneId, { shop: { content: '203.0.113.1' } }));
      assertSucceeded(await workspace.apply());
      const [record] = api.records(zoneId);
      assert.ok(record);
      await request(api, 'PATCH', `/zones/${zoneId}/dns_records/${record.id}`, { content: '203.0.113.9' });
      assert.deepEqual(changeLines(await workspace.plan()), ['update cloudflare_dns_record.shop']);
      await request(api, 'DELETE', `/zones/${zoneId}/dns_records/${record.id}`);
      assert.deepEqual(changeLines(await workspace.plan()), ['create cloudflare_dns_record.shop']);
    });
  });

  itWithEachTool('finds a zone by its name, and makes one', async (tool) => {
    const name = `data-${tool.name}.example.net`;
    const zone = api.addZone(name);
    await withZone(tool, async (workspace) => {
      await workspace.write(
        configuration({
          data: { cloudflare_zone: { found: { filter: { name } } } },
          resource: {
            cloudflare_zone: { made: { name: `made-${tool.name}.example.net`, account: { id: zone.account.id } } },
            cloudflare_dns_record: {
              www: record('www', '${data.cloudflare_zone.found.zone_id}', { content: '203.0.113.1' }),
            },
          },
        }),
      );
      assertSucceeded(await workspace.apply());
      assert.deepEqual(
        api.records(zone.id).map((found) => found.name),
        [`www.${name}`],
      );
      assert.deepEqual(changeLines(await workspace.plan()), []);
      assertSucceeded(await workspace.destroy());
      assert.ok(!api.zones().some((left) => left.name.startsWith(`made-${tool.name}`)));
    });
  });

  const refusedByTheSchema: [title: string, fields: object, expected: RegExp][] = [
    ['an attribute that the schema lacks', { value: '203.0.113.1' }, /Extraneous JSON object property.*"value"/],
    [
      'an attribute that is read-only',
      { content: '203.0.113.1', proxiable: true },
      /Value for unconfigurable attribute/,
    ],
    [
      'a record without a TTL',
      { content: '203.0.113.1', ttl: null },
      /Must set a configuration value for the ttl attribute/,
    ],
    ['a type that there is not', { type: 'AX', content: '203.0.113.1' }, /Attribute type value must be one of/],
    [
      'both content and data',
      { content: '203.0.113.1', data: { value: 'a' } },
      /cannot be specified when "content" is specified/,
    ],
    [
      'a setting that is a list',
      { content: '203.0.113.1', settings: [{ flatten_cname: true }] },
      /Incorrect attribute value type/,
    ],
  ];
  for (const [title, fields, expected] of refusedByTheSchema) {
    itWithEachTool(`refuses ${title}`, async (tool) => {
      await withZone(tool, async (workspace, zoneId) => {
        await workspace.write(records(zoneId, { shop: fields }));
        assert.match(errorLines(await workspace.validate()).join('\n'), expected);
      });
    });
  }

  itWithEachTool('refuses a proxied record with a TTL of its own', async (tool) => {
    await withZone(tool, async (workspace, zoneId) => {
      await workspace.write(records(zoneId, { shop: { content: '203.0.113.1', proxied: true, ttl: 300 } }));
      assert.match(errorLines(await workspace.apply()).join('\n'), /ttl must be set to 1 when `proxied` is true/);
    });
  });

  itWithEachTool('passes on what the API refuses, at the address of the record', async (tool) => {
    await withZone(tool, async (workspace, zoneId) => {
      await workspace.write(records(zoneId, { shop: { content: 'not-an-address' } }));
      const result = await workspace.apply();
      assert.match(errorLines(result).join('\n'), /failed to make http request.*400 Bad Request.*valid IPv4 address/);
      assert.deepEqual(
        result.diagnostics.map(({ address }) => address),
        ['cloudflare_dns_record.shop'],
      );
    });
  });

  itWithEachTool('talks to no API that is not on this machine', async (tool) => {
    const mainTfJson = records('zone', { shop: { content: '203.0.113.1' } });
    for (const cloudflareUrl of [undefined, 'https://api.cloudflare.com/client/v4']) {
      const workspace = await openWorkspace({
        tool,
        mainTfJson,
        hetznerUrl: noHetzner,
        cloudflareToken: api.token,
        ...(cloudflareUrl === undefined ? {} : { cloudflareUrl }),
      });
      try {
        assertSucceeded(await workspace.init());
        assert.match(errorLines(await workspace.plan()).join('\n'), /no Cloudflare API on this machine/);
      } finally {
        await workspace.dispose();
      }
    }
  });
});

function configuration(body: object): object {
  const { source, version } = storedProviders().cloudflare;
  return {
    terraform: { required_providers: { cloudflare: { source, version } }, backend: { local: {} } },
    variable: { cloudflare_api_token: { type: 'string', ephemeral: true } },
    provider: { cloudflare: { api_token: '${var.cloudflare_api_token}' } },
    ...body,
  };
}

/** A configuration with these records, by resource name, which is the record's name too unless it says otherwise. */
function records(zoneId: string, byName: Record<string, object>): object {
  const resources = Object.entries(byName).map(([name, fields]) => [name, record(name, zoneId, fields)]);
  return configuration({ resource: { cloudflare_dns_record: Object.fromEntries(resources) } });
}

function record(name: string, zoneId: string, fields: object): object {
  return { name, type: 'A', ttl: 60, zone_id: zoneId, ...fields };
}

async function request(api: CloudflareApi, method: string, path: string, body?: object): Promise<void> {
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${api.token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(response.ok, await response.text());
}
