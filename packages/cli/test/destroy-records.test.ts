import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type CloudflareApi, startCloudflareApi } from '../../../test/support/cloudflare-api.js';
import { type FakeTool, shownPlan, withFakeTool } from './support/fake-tool.js';
import { project } from './support/topologies.js';

const server = shownPlan(['hcloud_server.fsn1_lb_edge_1', 'delete', { name: 'shop-fsn1-lb-edge-1' }]);
const byCheckers = [
  { name: 'shop.example.com', type: 'A', content: '203.0.113.7', comment: 'groundplan:shop' },
  { name: 'shop.example.com', type: 'AAAA', content: '2001:db8::7', comment: 'groundplan:shop' },
];
const byOthers = [
  { name: 'shop.example.com', type: 'A', content: '203.0.113.8' },
  { name: 'shop.example.com', type: 'A', content: '203.0.113.9', comment: 'groundplan:shop-two' },
  { name: 'blog.example.com', type: 'A', content: '203.0.113.7', comment: 'groundplan:shop' },
  { name: 'shop.example.com', type: 'TXT', content: 'hello', comment: 'groundplan:shop' },
];

describe('groundplan destroy, and the records that checkers keep at Cloudflare', function () {
  // The program is run several times in some of them, which takes a busy machine a while.
  this.timeout(120_000);

  let api: CloudflareApi;
  let zone: string;

  beforeEach(async () => {
    api = await startCloudflareApi({ zones: ['example.com'] });
    zone = api.zones()[0]?.id ?? '';
    for (const record of [...byCheckers, ...byOthers]) await make(record);
  });

  afterEach(() => api.close());

  async function make(record: object): Promise<void> {
    const headers = { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ ttl: 60, ...record });
    const response = await fetch(`${api.url}/zones/${zone}/dns_records`, { method: 'POST', headers, body });
    assert.equal(response.status, 200, await response.text());
  }

  const there = () => api.records(zone).map(({ name, content, comment }) => [name, content, comment ?? undefined]);
  const others = byOthers.map(({ name, content, comment }) => [name, content, comment]);

  function destroy(tool: FakeTool, { variables = {}, args = ['--yes'] }: { variables?: object; args?: string[] } = {}) {
    return withFakeTool(tool, ['destroy', ...args], {
      files: project(),
      variables: { CLOUDFLARE_BASE_URL: api.url, TF_VAR_cloudflare_api_token: api.token, ...variables },
    });
  }

  it('shows them, and takes them away after the hosts: those of its names with its comment', async () => {
    const { code, stderr, ran } = await destroy({ shown: server });
    assert.equal(
      stderr,
      `build: 2 files written
this destroys all of shop, 1 resource and 2 DNS records, for good:
  server   shop-fsn1-lb-edge-1
  record   shop.example.com A 203.0.113.7 at Cloudflare, by the checkers
  record   shop.example.com AAAA 2001:db8::7 at Cloudflare, by the checkers
shop is gone: 1 resource and 2 DNS records destroyed
`,
    );
    assert.equal(code, 0);
    assert.match(ran.at(-1) ?? '', /^apply /);
    assert.deepEqual(there(), others);
  });

  it('takes them away though nothing else is left, as after an interruption', async () => {
    const { code, stderr, ran } = await destroy({});
    assert.match(stderr, /\nthis destroys all of shop, 2 DNS records, for good:\n/);
    assert.match(stderr, /\nshop is gone: 2 DNS records destroyed\n$/);
    assert.deepEqual([code, ran.filter((line) => line.startsWith('apply'))], [0, []]);
    const again = await destroy({});
    assert.match(again.stderr, /\nnothing of shop is there\n$/);
    assert.deepEqual(there(), others);
  });

  it('destroys nothing when Cloudflare does not show them', async () => {
    const cases = [
      [{ TF_VAR_cloudflare_api_token: '' }, /\ngroundplan: set TF_VAR_cloudflare_api_token: the checkers' records in /],
      [
        { TF_VAR_cloudflare_api_token: 'old' },
        /\ngroundplan: Cloudflare does not show the records of example\.com \(403: Invalid access token \(9109\)\).*: nothing was destroyed\. Set TF_VAR_cloudflare_api_token /,
      ],
      [{ CLOUDFLARE_BASE_URL: 'nowhere' }, /\ngroundplan: CLOUDFLARE_BASE_URL is "nowhere", which is no address\n$/],
    ] as const;
    for (const [variables, message] of cases) {
      const { code, stderr, ran } = await destroy({ shown: server }, { variables });
      assert.match(stderr, message);
      assert.equal(code, 2);
      assert.deepEqual(ran.slice(-1), ['show -json TMP/plan']);
    }
    assert.equal(there().length, byCheckers.length + byOthers.length);
  });

  it('says which stay when Cloudflare refuses at the end', async () => {
    api.refuse('DELETE');
    const { code, stderr } = await destroy({ shown: server });
    assert.match(
      stderr,
      /\ngroundplan: all of shop is gone but records at Cloudflare \(403: .*\), whose addresses somebody else can get: run it again, or delete them by hand:\n {2}shop\.example\.com A 203\.0\.113\.7\n {2}shop\.example\.com AAAA 2001:db8::7\n$/,
    );
    assert.equal(code, 2);
    api.refuse(undefined);
    assert.equal((await destroy({})).code, 0);
    assert.deepEqual(there(), others);
  });
});
