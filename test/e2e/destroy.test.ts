import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, before, describe } from 'mocha';
import { bundleCli } from '../../packages/cli/scripts/bundle.mjs';
import { startCloudflareApi } from '../support/cloudflare-api.js';
import { itWithEachTool } from '../support/each-tool.js';
import { deploy, openSite, type Site } from '../support/site.js';
import { whatIsLeft } from '../support/surroundings.js';
import { hetznerToken, type S3Server, startS3, type Tool } from '../support/terraform.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const topology = `topology: v1
name: shop
image: debian-13
region: fsn1
dns: { provider: hetzner, zone: example.com, failover: { by: none } }
load_balancers:
  edge: { count: 1, routes: { shop.example.com: app.web } }
apps:
  web: { count: 1, port: 3000, run: { container: "ghcr.io/acme/shop:1.4.2" } }
databases:
  main: { standby: 0, backup: external.offsite }
  audit: { standby: 0, port: 5433, backup: external.offsite }
external:
  offsite: { type: sftp, host: backup.example.net, user: shop, path: /backups/shop }
buckets:
  uploads: { name: shop-uploads, location: fsn1, versioning: true, writers: [app.web], cors: ["https://shop.example.com"] }
  exports: { name: shop-exports, location: hel1, writers: [app.web], cors: ["https://shop.example.com"] }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

const audit = ['  audit: { standby: 0, port: 5433, backup: external.offsite }\n', ''] as const;
const exports = [
  '  exports: { name: shop-exports, location: hel1, writers: [app.web], cors: ["https://shop.example.com"] }\n',
  '',
] as const;

describe('groundplan destroy and buckets, with real tools', () => {
  before(() => bundleCli(root));

  let s3: S3Server;
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0).reverse()) await each.close();
  });

  async function deployed(tool: Tool): Promise<Site> {
    s3 = await startS3();
    opened.push(s3);
    const site = await openSite(tool, { topology, s3 });
    opened.push(site);
    await deploy(site);
    return site;
  }

  const left = ({ api }: Site) => whatIsLeft(api.snapshot(hetznerToken));
  const buckets = async () => (await readdir(s3.folder)).sort();
  /** Puts an object into a bucket, on the disk of the server. */
  const fill = async (bucket: string) => {
    await mkdir(join(s3.folder, bucket), { recursive: true });
    await writeFile(join(s3.folder, bucket, 'photo.jpg'), 'content');
  };

  itWithEachTool(
    'takes everything away: what is protected, what is in buckets, and what is no longer in the file',
    async (tool) => {
      const site = await deployed(tool);
      await fill('shop-uploads');
      const before = left(site);

      const unasked = await site.destroy();
      assert.deepEqual([unasked.exitCode, unasked.stdout], [2, '']);
      assert.match(unasked.stderr, /^groundplan: there is no terminal to ask at: add --yes /);

      const { exitCode, stderr } = await site.destroy([audit, exports], ['--yes', '--', '-parallelism=20']);
      assert.equal(exitCode, 0, stderr);
      for (const line of [
        '  volume   shop-fsn1-db-main-1 (50 GB)',
        '  volume   shop-fsn1-db-audit-1 (50 GB), no longer in the topology',
        '  bucket   shop-uploads, and everything in it',
        '  bucket   shop-exports, which must be empty, since it is no longer in the topology',
        '  server   shop-fsn1-app-web-1',
      ]) {
        assert.ok(stderr.split('\n').includes(line), `${line}\n${stderr}`);
      }
      assert.match(stderr, /\nshop is gone: \d+ resources destroyed\n$/);
      assert.notDeepEqual(before, {});
      assert.deepEqual(left(site), {});
      assert.deepEqual(await buckets(), []);

      const again = await site.destroy([], ['--yes']);
      assert.equal(again.exitCode, 0, again.stderr);
      assert.match(again.stderr, /nothing of shop is there\n$/);
    },
  );

  itWithEachTool('takes the records of the checkers away, which Terraform does not know', async (tool) => {
    const cloudflare = await startCloudflareApi({ zones: ['example.com'] });
    opened.push(cloudflare);
    const site = await openSite(tool, {
      topology: `topology: v1
name: shop
region: fsn1
dns: { provider: cloudflare, zone: example.com }
load_balancers:
  edge: { routes: { shop.example.com: app.web } }
apps:
  web: { count: 1, port: 3000, run: { container: "ghcr.io/acme/shop:1.4.2" } }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`,
    });
    opened.push(site);
    site.set('CLOUDFLARE_BASE_URL', cloudflare.url);
    site.set('TF_VAR_cloudflare_api_token', cloudflare.token);
    await deploy(site);
    const [zone] = cloudflare.zones();
    assert.ok(zone !== undefined);
    assert.deepEqual(cloudflare.records(zone.id), [], 'Terraform makes none');
    const headers = { authorization: `Bearer ${cloudflare.token}`, 'content-type': 'application/json' };
    for (const [content, comment] of [
      ['203.0.113.7', 'groundplan:shop'],
      ['203.0.113.8', 'mine'],
    ]) {
      const body = JSON.stringify({ name: 'shop.example.com', type: 'A', content, comment, ttl: 60 });
      await fetch(`${cloudflare.url}/zones/${zone.id}/dns_records`, { method: 'POST', headers, body });
    }
    const before = left(site);

    cloudflare.refuse('GET');
    const refused = await site.destroy([], ['--yes']);
    assert.match(
      refused.stderr,
      /nothing was destroyed\. Set TF_VAR_cloudflare_api_token .*"provider: none" under dns\n$/,
    );
    assert.equal(refused.exitCode, 2);
    assert.deepEqual(left(site), before);

    cloudflare.refuse('DELETE');
    const half = await site.destroy([], ['--yes']);
    assert.match(
      half.stderr,
      /\ngroundplan: all of shop is gone but records .*:\n {2}shop\.example\.com A 203\.0\.113\.7\n$/,
    );
    assert.equal(half.exitCode, 2);
    assert.deepEqual(left(site), {});

    cloudflare.refuse(undefined);
    const { exitCode, stderr } = await site.destroy([], ['--yes']);
    assert.equal(exitCode, 0, stderr);
    assert.match(stderr, /\n {2}record {3}shop\.example\.com A 203\.0\.113\.7 at Cloudflare, by the checkers\n/);
    assert.deepEqual(
      cloudflare.records(zone.id).map(({ content }) => content),
      ['203.0.113.8'],
    );
  });

  itWithEachTool('can be run again after it was stopped half-way', async (tool) => {
    const site = await deployed(tool);
    await fill('shop-exports');
    const stopped = await site.destroy([exports], ['--yes']);
    assert.equal(stopped.exitCode, 1, stopped.stderr);
    assert.match(
      stopped.stderr,
      /topology\.yaml:15:1 error plan\/refused {2}bucket "shop-exports" is not empty\. .*\(minio_s3_bucket\.exports\)\n/,
    );
    assert.match(stopped.stderr, /not all of shop is gone: mend that, and run it again\n$/);
    assert.deepEqual(await buckets(), ['shop-exports']);

    const finished = await site.destroy([], ['--yes']);
    assert.equal(finished.exitCode, 0, finished.stderr);
    assert.deepEqual(left(site), {});
    assert.deepEqual(await buckets(), []);
  });

  itWithEachTool('says of CORS rules and of the last bucket what Terraform would only fail at', async (tool) => {
    const site = await deployed(tool);
    const call = `${tool.name} -chdir=build`;

    const kept = await site.plan([[', cors: ["https://shop.example.com"] }\n  exports', ' }\n  exports']]);
    assert.match(
      kept.stdout,
      new RegExp(
        `\\ntopology\\.yaml:16:3 error plan/cors-stays {2}the provider cannot delete the CORS rules of shop-uploads: run "${call} state rm minio_s3_bucket_cors\\.uploads", then plan again; the rules stay`,
      ),
    );
    assert.equal(kept.exitCode, 1);
    const refused = await site.tool('apply', '-input=false', '-auto-approve');
    assert.match(refused.stderr, /deleting CORS configuration/, 'the provider can do it now: the error is wrong');

    const gone = await site.plan([exports]);
    assert.match(gone.stdout, new RegExp(`error plan/cors-stays .*"${call} state rm minio_s3_bucket_cors\\.exports"`));
    assert.equal((await site.tool('state', 'rm', 'minio_s3_bucket_cors.exports')).exitCode, 0);
    const mended = await site.plan([exports], ['--', '-out=site.tfplan']);
    assert.equal(mended.exitCode, 0, mended.stdout);
    const applied = await site.tool('apply', '-input=false', 'site.tfplan');
    assert.equal(applied.exitCode, 0, applied.stderr);
    assert.deepEqual(await buckets(), ['shop-uploads']);

    const none = [exports, [/buckets:\n.*\n/.exec(topology)?.[0] ?? '', '']] as const;
    const last = await site.plan(none);
    assert.match(
      last.stdout,
      new RegExp(
        `^topology\\.yaml:2:7 error plan/last-bucket {2}.*run "${call} state rm minio_s3_bucket_cors\\.uploads" and "${call} destroy -target=minio_s3_bucket\\.uploads"`,
      ),
    );
    assert.equal(last.exitCode, 1, last.stderr);
    // As the error says.
    await site.plan([exports]);
    assert.equal((await site.tool('state', 'rm', 'minio_s3_bucket_cors.uploads')).exitCode, 0);
    const targeted = await site.tool('destroy', '-auto-approve', '-input=false', '-target=minio_s3_bucket.uploads');
    assert.equal(targeted.exitCode, 0, targeted.stderr);
    const settled = await site.plan(none, ['--check']);
    assert.equal(settled.exitCode, 0, settled.stdout + settled.stderr);
    assert.deepEqual(await buckets(), []);
    assert.match(await readFile(join(site.folder, 'build/main.tf.json'), 'utf8'), /^\{\n/);
  });
});
