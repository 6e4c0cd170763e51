import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe } from 'mocha';
import { itWithEachTool } from '../support/each-tool.js';
import { assertSucceeded, changeLines, errorLines } from '../support/expect.js';
import { storedProviders } from '../support/provider-schemas.js';
import {
  openWorkspace,
  type S3Server,
  startS3,
  type Tool,
  toolsTimeout,
  type Workspace,
} from '../support/terraform.js';

const noHetzner = 'http://127.0.0.1:9/v1';

describe('the stand-in for the MinIO provider', () => {
  let s3: S3Server;
  before(async function () {
    this.timeout(toolsTimeout);
    s3 = await startS3();
  });
  after(() => s3.close());

  const withWorkspace = async (tool: Tool, resources: object, body: (workspace: Workspace) => Promise<void>) => {
    const mainTfJson = configuration(resources);
    const workspace = await openWorkspace({ tool, mainTfJson, hetznerUrl: noHetzner, s3 });
    try {
      assertSucceeded(await workspace.init());
      assertSucceeded(await workspace.validate());
      await body(workspace);
    } finally {
      await workspace.dispose();
    }
  };

  itWithEachTool('creates, plans nothing more, changes in place, replaces and destroys', async (tool) => {
    const name = `life-${tool.name}`;
    const renamed = `${name}-two`;
    await withWorkspace(tool, bucket(name), async (workspace) => {
      const addresses = ['', '_policy', '_versioning'].map((part) => `minio_s3_bucket${part}.backups`);
      assert.deepEqual(
        changeLines(await workspace.plan()),
        addresses.map((address) => `create ${address}`),
      );
      assertSucceeded(await workspace.applyPlan());
      assert.ok((await readdir(s3.folder)).includes(name));
      assert.deepEqual(changeLines(await workspace.plan()), []);

      await workspace.write(configuration(bucket(name, { status: 'Suspended', tag: 'other' })));
      assert.deepEqual(changeLines(await workspace.plan()), [
        'update minio_s3_bucket.backups',
        'update minio_s3_bucket_versioning.backups',
      ]);
      assertSucceeded(await workspace.applyPlan());
      assert.deepEqual(changeLines(await workspace.plan()), []);

      await workspace.write(configuration(bucket(renamed)));
      assert.deepEqual(
        changeLines(await workspace.plan()),
        addresses.map((address) => `delete+create ${address}`),
      );
      assertSucceeded(await workspace.applyPlan());
      assert.deepEqual(changeLines(await workspace.plan()), []);

      assertSucceeded(await workspace.destroy());
      const left = await readdir(s3.folder);
      assert.ok(!left.includes(name) && !left.includes(renamed), left.join());
    });
  });

  itWithEachTool('takes an equivalent policy for no change', async (tool) => {
    const name = `policy-${tool.name}`;
    await withWorkspace(tool, bucket(name), async (workspace) => {
      assertSucceeded(await workspace.apply());
      await workspace.write(configuration(bucket(name, { policyIndent: 2 })));
      assert.deepEqual(changeLines(await workspace.plan()), []);
      assertSucceeded(await workspace.destroy());
    });
  });

  itWithEachTool('writes CORS rules, and fails to remove them as the real provider does', async (tool) => {
    const name = `cors-${tool.name}`;
    await withWorkspace(tool, bucketWithCors(name, 3600), async (workspace) => {
      assertSucceeded(await workspace.apply());
      assert.deepEqual(changeLines(await workspace.plan()), []);
      await workspace.write(configuration(bucketWithCors(name, 60)));
      assert.deepEqual(changeLines(await workspace.plan()), ['update minio_s3_bucket_cors.site']);
      assertSucceeded(await workspace.applyPlan());
      assert.deepEqual(changeLines(await workspace.plan()), []);

      // It writes an empty rule set instead of a delete, which versitygw refuses, as Ceph does that Hetzner runs.
      assert.match(errorLines(await workspace.destroy()).join('\n'), /deleting CORS configuration \(cors-\w+\)/);
      assertSucceeded(await workspace.run(['state', 'rm', 'minio_s3_bucket_cors.site']));
      assertSucceeded(await workspace.destroy());
    });
  });

  itWithEachTool('keeps a bucket that has objects, unless force_destroy says otherwise', async (tool) => {
    const name = `full-${tool.name}`;
    await withWorkspace(tool, { minio_s3_bucket: { full: { bucket: name } } }, async (workspace) => {
      assertSucceeded(await workspace.apply());
      await mkdir(join(s3.folder, name, 'folder'));
      await writeFile(join(s3.folder, name, 'folder', 'object'), 'content');
      assert.match(errorLines(await workspace.destroy()).join('\n'), /bucket "full-\w+" is not empty/);

      await workspace.write(configuration({ minio_s3_bucket: { full: { bucket: name, force_destroy: true } } }));
      assert.deepEqual(changeLines(await workspace.plan()), ['update minio_s3_bucket.full']);
      assertSucceeded(await workspace.applyPlan());
      assertSucceeded(await workspace.destroy());
    });
  });

  itWithEachTool('plans a bucket anew that somebody removed', async (tool) => {
    const name = `gone-${tool.name}`;
    await withWorkspace(tool, { minio_s3_bucket: { gone: { bucket: name } } }, async (workspace) => {
      assertSucceeded(await workspace.apply());
      await rm(join(s3.folder, name), { recursive: true });
      assert.deepEqual(changeLines(await workspace.plan()), ['create minio_s3_bucket.gone']);
    });
  });

  const refusals: [title: string, resources: object, expected: RegExp][] = [
    [
      'an attribute that the schema lacks',
      { minio_s3_bucket: { a: { bucket: 'abc', colour: 'red' } } },
      /Extraneous JSON object property.*"colour"/,
    ],
    [
      'an attribute that is read-only',
      { minio_s3_bucket: { a: { bucket: 'abc', arn: 'arn' } } },
      /Value for unconfigurable attribute/,
    ],
    [
      'a resource without what it requires',
      { minio_s3_bucket_policy: { a: { bucket: 'abc' } } },
      /Missing required argument/,
    ],
    [
      'a versioning status that there is not',
      { minio_s3_bucket_versioning: { a: { bucket: 'abc', versioning_configuration: { status: 'On' } } } },
      /expected versioning_configuration\.0\.status to be one of/,
    ],
    [
      'a policy that is not JSON',
      { minio_s3_bucket_policy: { a: { bucket: 'abc', policy: '{' } } },
      /contains an invalid JSON policy/,
    ],
    [
      'a name longer than 63 characters',
      { minio_s3_bucket: { a: { bucket: 'a'.repeat(64) } } },
      /expected length of bucket/,
    ],
    [
      'a resource of the provider that it does not serve',
      { minio_s3_object: { a: { bucket_name: 'abc' } } },
      /Invalid resource type/,
    ],
  ];
  for (const [title, resources, expected] of refusals) {
    itWithEachTool(`refuses ${title}`, async (tool) => {
      const workspace = await openWorkspace({ tool, mainTfJson: configuration(resources), hetznerUrl: noHetzner, s3 });
      try {
        assertSucceeded(await workspace.init());
        assert.match(errorLines(await workspace.validate()).join('\n'), expected);
      } finally {
        await workspace.dispose();
      }
    });
  }

  itWithEachTool('passes on what the server refuses', async (tool) => {
    const mainTfJson = configuration({ minio_s3_bucket: { a: { bucket: `denied-${tool.name}` } } });
    const wrong = { ...s3, secretKey: 'wrong' };
    const workspace = await openWorkspace({ tool, mainTfJson, hetznerUrl: noHetzner, s3: wrong });
    try {
      assertSucceeded(await workspace.init());
      assert.match(errorLines(await workspace.apply()).join('\n'), /unable to check bucket \(denied-\w+\)/);
    } finally {
      await workspace.dispose();
    }
  });

  itWithEachTool('talks to no server that is not on this machine', async (tool) => {
    const mainTfJson = configuration({ minio_s3_bucket: { a: { bucket: 'abc' } } });
    const variables = { object_storage_access_key: 'a', object_storage_secret_key: 'b' };
    const workspace = await openWorkspace({ tool, mainTfJson, hetznerUrl: noHetzner, variables });
    try {
      assertSucceeded(await workspace.init());
      assert.match(errorLines(await workspace.plan()).join('\n'), /no S3 server on this machine/);
    } finally {
      await workspace.dispose();
    }
  });
});

/** As compiled output has it: Hetzner's own server, ephemeral keys. */
function configuration(resource: object): object {
  const { source, version } = storedProviders().minio;
  return {
    terraform: { required_providers: { minio: { source, version } }, backend: { local: {} } },
    variable: {
      object_storage_access_key: { type: 'string', ephemeral: true },
      object_storage_secret_key: { type: 'string', ephemeral: true },
    },
    provider: {
      minio: {
        minio_server: 'fsn1.your-objectstorage.com',
        minio_region: 'fsn1',
        minio_ssl: true,
        s3_compat_mode: true,
        minio_user: '${var.object_storage_access_key}',
        minio_password: '${var.object_storage_secret_key}',
      },
    },
    resource,
  };
}

function bucket(name: string, { status = 'Enabled', tag = 'shop', policyIndent = 0 } = {}): object {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::${name}/*`] },
    ],
  };
  return {
    minio_s3_bucket: { backups: { bucket: name, tags: { topology: tag } } },
    minio_s3_bucket_versioning: {
      backups: { bucket: name, versioning_configuration: { status }, depends_on: ['minio_s3_bucket.backups'] },
    },
    minio_s3_bucket_policy: {
      backups: {
        bucket: name,
        policy: JSON.stringify(policy, null, policyIndent),
        depends_on: ['minio_s3_bucket_versioning.backups'],
      },
    },
  };
}

function bucketWithCors(name: string, maxAge: number): object {
  const rule = {
    allowed_methods: ['GET', 'PUT'],
    allowed_origins: ['https://shop.example.com'],
    max_age_seconds: maxAge,
  };
  return {
    minio_s3_bucket: { site: { bucket: name } },
    minio_s3_bucket_cors: { site: { bucket: name, cors_rule: [rule], depends_on: ['minio_s3_bucket.site'] } },
  };
}
