import assert from 'node:assert/strict';
import { judgeErrors, type ToolError } from '@groundplan/terraform';
import { describe, it } from 'mocha';
import { contextOf, placed, said } from './support.js';

const context = contextOf();

function error(summary: string, more: Partial<ToolError> = {}): ToolError {
  return { summary, detail: '', address: undefined, byte: undefined, ...more };
}

/** The byte at which the last of these texts stands, each looked for behind the one before. */
function byteOf(...texts: readonly string[]): number {
  const { mainTfJson } = context;
  const at = texts.reduce((from, text) => {
    const found = mainTfJson.indexOf(text, from);
    assert.notEqual(found, -1, text);
    return found;
  }, 0);
  return Buffer.byteLength(mainTfJson.slice(0, at));
}

function judged(...errors: readonly ToolError[]): { refused: string[]; others: readonly string[] } {
  const { diagnostics, others } = judgeErrors(context, errors);
  return { refused: said(context, diagnostics), others };
}

describe('an error of the tool', () => {
  it('is shown at the line that made the resource', () => {
    const { refused, others } = judged(
      error('server limit reached (resource_limit_exceeded, 00000000000000a1)', {
        address: 'hcloud_server.falkenstein_app_web_2',
      }),
    );
    assert.deepEqual(refused, [
      '12:12 2 | error plan/refused server limit reached (resource_limit_exceeded) (hcloud_server.falkenstein_app_web_2)',
    ]);
    assert.deepEqual(others, []);
  });

  it('is said once for all resources that are refused in the same words', () => {
    const refusal = (ordinal: number) =>
      error(`limit (resource_limit_exceeded, 00000000000000a${ordinal})`, {
        address: `hcloud_server.falkenstein_app_web_${ordinal}`,
      });
    assert.deepEqual(judged(refusal(1), refusal(2)).refused, [
      '12:12 2 | error plan/refused limit (resource_limit_exceeded) (hcloud_server.falkenstein_app_web_1, hcloud_server.falkenstein_app_web_2)',
    ]);
  });

  it('is said without what the provider says around every refusal', () => {
    const address = 'hcloud_network.falkenstein';
    const code = 'Error code: uniqueness_error\nStatus code: 409\n';
    const unique = 'name is already used (uniqueness_error, 00000000000000a1)';
    const unexpected = 'An unexpected error was encountered during an API request.';
    const invalid =
      'An invalid field was encountered during an API request. The field might not map 1:1 to your terraform resource.';
    const { refused } = judged(
      error('API request failed', { address, detail: `${unexpected}\n\n${unique}\n\n${code}` }),
      error(unique, { address }),
      error('Invalid field in API request', {
        address,
        detail: `${invalid}\n\nbad\n\nField: name\nMessages:\n - no\n${code}`,
      }),
    );
    assert.deepEqual(refused, [
      '4:3 falkenstein | error plan/refused bad Field: name Messages: - no (hcloud_network.falkenstein)',
      '4:3 falkenstein | error plan/refused name is already used (uniqueness_error) (hcloud_network.falkenstein)',
    ]);
  });

  it('about a server type is shown at the type', () => {
    const address = 'hcloud_server.helsinki_app_web_1';
    assert.match(judged(error('server type cx99 not found', { address })).refused.join(), /^13:11 cx33 \|/);
    const unwritten = 'hcloud_server.falkenstein_app_worker_1';
    assert.match(judged(error('server type cx99 not found', { address: unwritten })).refused.join(), /^17:3 worker \|/);
  });

  it('is shown by its place in main.tf.json when it has no address', () => {
    const server = ['"resource"', '"hcloud_server"', '"falkenstein_app_web_1"'];
    const { refused } = judged(
      error('Invalid value', { byte: byteOf(...server, '"labels"') }),
      error('Bad name', { detail: 'No\n  such  name.', byte: byteOf('"data"', '"hcloud_servers"', '"with_selector"') }),
      error('Wrong type', { byte: byteOf(...server, '"server_type"', '"cx33"') }),
    );
    assert.deepEqual(refused, [
      '2:7 shop | error plan/refused Bad name: No such name. (data.hcloud_servers.stateful)',
      '12:12 2 | error plan/refused Invalid value (hcloud_server.falkenstein_app_web_1)',
      '13:11 cx33 | error plan/refused Wrong type (hcloud_server.falkenstein_app_web_1)',
    ]);
  });

  describe('from the guard', () => {
    const names = '"shop-falkenstein-db-old-1", "shop-helsinki-db-old-1"';
    const refusal = error('Resource precondition failed', {
      detail: `shop-falkenstein-db-old-1, shop-helsinki-db-old-1 would be destroyed: apply with -var 'unprotected=[${names}]'`,
      byte: byteOf('"resource"', '"terraform_data"', '"guard"', '"condition"'),
    });
    const destroyed = (region: string, isProtected: boolean) => ({
      address: `hcloud_volume.${region}_db_old_1`,
      actions: ['delete'],
      before: { name: `shop-${region}-db-old-1`, delete_protection: isProtected },
    });

    it('is shown at the section of what would be lost, in its own words', () => {
      assert.deepEqual(judged(refusal).refused, [
        `18:1 databases | error plan/refused shop-falkenstein-db-old-1, shop-helsinki-db-old-1 would be destroyed: apply with -var 'unprotected=[${names}]'`,
      ]);
    });

    it('is left out when the plan says the same of all of them', () => {
      const changes = placed(context, [destroyed('falkenstein', true), destroyed('helsinki', true)]);
      assert.deepEqual(judgeErrors({ ...context, changes }, [refusal]).diagnostics, []);
    });

    it('is shown when the plan does not call the loss of one of them an error', () => {
      const some = [[destroyed('falkenstein', true)], [destroyed('falkenstein', true), destroyed('helsinki', false)]];
      for (const changes of some) {
        const { diagnostics } = judgeErrors({ ...context, changes: placed(context, changes) }, [refusal]);
        assert.equal(diagnostics.length, 1);
      }
    });

    it('is shown whatever its words are', () => {
      const { refused } = judged({ ...refusal, detail: 'something else' });
      assert.deepEqual(refused, ['2:7 shop | error plan/refused something else']);
    });
  });

  describe('that no line of the topology is the reason for', () => {
    it('is a variable without a value', () => {
      const byte = byteOf('"variable"', '"hcloud_token"', '{');
      const { refused, others } = judged(error('No value for required variable', { detail: 'Use -var.', byte }));
      assert.deepEqual([refused, others], [[], ['set TF_VAR_hcloud_token, which has no value']]);
    });

    it('is a provider that cannot be set up', () => {
      const address = 'provider["registry.terraform.io/hetznercloud/hcloud"]';
      const byte = byteOf('"provider"', '"hcloud"', '"token"');
      const { refused, others } = judged(error('entered token is invalid', { address, byte }));
      assert.deepEqual([refused, others], [[], ['entered token is invalid']]);
    });

    it('is a server that does not answer, once for all that was asked of it', () => {
      const failed = (path: string) =>
        `Get "https://api.hetzner.cloud/v1/${path}": dial tcp: lookup api.hetzner.cloud: no such host`;
      const { refused, others } = judged(
        error(failed('servers/1'), { address: 'hcloud_server.falkenstein_app_web_1' }),
        error('API request failed', {
          detail: `An error.\n\n${failed('networks/1')}\n`,
          address: 'hcloud_network.falkenstein',
        }),
      );
      const once = 'https://api.hetzner.cloud cannot be reached: dial tcp: lookup api.hetzner.cloud: no such host';
      assert.deepEqual([refused, others], [[], [once]]);
    });

    it('is a token that is not accepted', () => {
      const { refused, others } = judged(
        error('unable to authenticate (unauthorized, 00000000000000a1)', { address: 'hcloud_network.falkenstein' }),
        error('unable to authenticate (unauthorized, 00000000000000a2)', { address: 'hcloud_network.helsinki' }),
      );
      assert.deepEqual([refused, others], [[], ['unable to authenticate (unauthorized)']]);
    });

    it('is one that speaks of nothing', () => {
      const { refused, others } = judged(error('Error acquiring the state lock', { detail: 'Somebody\nelse plans.' }));
      assert.deepEqual([refused, others], [[], ['Error acquiring the state lock: Somebody else plans.']]);
    });
  });
});

describe('plan/last-bucket', () => {
  /** As Terraform and OpenTofu write it; each has a registry of its own. */
  const orphan = (address: string, provider = 'registry.opentofu.org/aminueza/minio') =>
    error('Provider configuration not present', {
      detail: `To work with ${address} (orphan) its original provider configuration at provider["${provider}"].hel1 is required, but it has been removed.\nThis occurs when a provider configuration is removed.`,
    });

  it('is one error for all that is left of the buckets, with what to do about them', () => {
    const { refused, others } = judged(
      orphan('minio_s3_bucket_versioning.old'),
      orphan('minio_s3_bucket.old', 'registry.terraform.io/aminueza/minio'),
      orphan('minio_s3_bucket_cors.old'),
    );
    assert.deepEqual(refused, [
      '20:1 buckets | error plan/last-bucket the topology has no bucket any more, and Terraform cannot delete the last without the object storage that it was in: put it back, build, run "terraform state rm minio_s3_bucket_cors.old" and "terraform destroy -target=minio_s3_bucket.old", and remove it again',
    ]);
    assert.deepEqual(others, []);
  });

  it('speaks of several buckets, and of no CORS rules where there are none', () => {
    const { refused } = judged(orphan('minio_s3_bucket.b'), orphan('minio_s3_bucket.a'));
    assert.match(
      refused[0] ?? '',
      /put them back, build, run "terraform destroy -target=minio_s3_bucket\.a -target=minio_s3_bucket\.b", and remove them again$/,
    );
  });

  it('is not what happens to another provider', () => {
    const { refused, others } = judged(
      orphan('cloudflare_dns_record.a', 'registry.terraform.io/cloudflare/cloudflare'),
    );
    assert.deepEqual(refused, []);
    assert.match(others[0] ?? '', /^Provider configuration not present: /);
  });
});
