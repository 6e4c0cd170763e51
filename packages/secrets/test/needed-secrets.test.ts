import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import { type NeededSecret, neededSecrets } from '@groundplan/secrets';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../test/support/arbitrary-topology.js';
import {
  compileConfigured,
  compileText,
  sampleNames,
  sampleText,
  secretsOf,
} from '../../../test/support/compile-text.js';
import { modelOf, namesOf } from './support.js';

const web = 'apps: { web: { port: 3000, run: { container: x } } }';
const head = `topology: v1
name: shop
region: fsn1
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;
const far = 'external: { far: { type: s3, host: s3.example.net, path: x } }\n';
/** What every topology needs. */
const always = ['deploy_ssh_key', 'hcloud_token'];
const edge = 'load_balancers: { edge: { routes: { shop.example.com: app.web } } }\n';

function needed(text: string, name: string): NeededSecret {
  const found = neededSecrets(modelOf(text)).find((secret) => secret.name === name);
  assert.ok(found, `nothing needs ${name}`);
  return found;
}

describe('neededSecrets', () => {
  const cases: readonly { readonly title: string; readonly text: string; readonly names: readonly string[] }[] = [
    {
      title: 'asks for the token of Hetzner, and makes a key by which Terraform reaches the hosts, always',
      text: `${head}${web}\n`,
      names: [],
    },
    {
      title:
        'asks for the token of Cloudflare where the zone is there, and makes a key for those that keep its records',
      text: `${head}dns: { provider: cloudflare, zone: example.com }\n${edge}${web}\n`,
      names: ['cloudflare_api_token', 'dns_checker_key'],
    },
    {
      title: 'asks for no other token where the zone is at Hetzner',
      text: `${head}dns: { provider: hetzner, zone: example.com }\n${edge}${web}\n`,
      names: ['dns_checker_key'],
    },
    {
      title: 'makes no key for checkers where nobody keeps records',
      text: `${head}dns: { provider: hetzner, zone: example.com, failover: { by: none } }\n${edge}${web}\n`,
      names: [],
    },
    {
      title: 'asks for the keys of object storage once, for any number of buckets',
      text: `${head}${web}\nbuckets: { one: {}, two: {} }\n`,
      names: ['object_storage_access_key', 'object_storage_secret_key'],
    },
    {
      title: 'asks for what the topology names',
      text: `${head}apps: { web: { port: 3000, run: { container: x }, env: { A: "\${secret.B_2}", C: "x\${secret.A1}y" } } }\n`,
      names: ['A1', 'B_2'],
    },
    {
      title: 'makes a key for an account that gets certificates, and one for each balancer that has them',
      text: `${head}dns: { provider: hetzner, zone: example.com }
load_balancers:
  edge: { tls: { mode: acme, email: ops@example.com }, routes: { a.example.com: app.web } }
  far-away: { tls: { mode: acme, email: ops@example.com }, routes: { b.example.com: app.web } }
  plain: { routes: { c.example.com: app.web } }
${web}
`,
      names: ['acme_account_key', 'dns_checker_key', 'load_balancer_edge_tls_key', 'load_balancer_far_away_tls_key'],
    },
    {
      title: 'asks for keys of their own for apps that are given any',
      text: `${head}apps: { web: { port: 3000, run: { container: x }, env: { K: "\${bucket.one.access_key}" } } }
buckets: { one: {} }
`,
      names: [
        'apps_object_storage_access_key',
        'apps_object_storage_secret_key',
        'object_storage_access_key',
        'object_storage_secret_key',
      ],
    },
    {
      title: 'makes passwords for PostgreSQL, and certificates for its servers and the voter beside them',
      text: `${head}${edge}${web}\ndns: { provider: hetzner, zone: example.com }\ndatabases: { main: { backup: external.far } }\n${far}`,
      names: [
        'database_main_app_password',
        'database_main_backup_passphrase',
        'database_main_replication_password',
        'database_main_rewind_password',
        'database_main_superuser_password',
        'dns_checker_key',
        'external_far_access_key',
        'external_far_secret_key',
        'member_authority',
        'member_fsn1_db_main_1_tls',
        'member_fsn1_db_main_2_tls',
        'member_fsn1_lb_edge_1_tls',
      ],
    },
    {
      title: 'makes no passphrase for what is not encrypted',
      text: `${head}databases: { main: { standby: 2, backup: { to: external.far, encrypt: false } } }\n${far}`,
      names: [
        'database_main_app_password',
        'database_main_replication_password',
        'database_main_rewind_password',
        'database_main_superuser_password',
        'external_far_access_key',
        'external_far_secret_key',
        'member_authority',
        'member_fsn1_db_main_1_tls',
        'member_fsn1_db_main_2_tls',
        'member_fsn1_db_main_3_tls',
      ],
    },
  ];
  const backups = (text: string) => namesOf(`${head}${text}\n`).filter((name) => /^(backups|external)_/.test(name));

  it('asks for keys for backups in buckets that are not those of the apps, once for all', () => {
    const text = `databases:
  one: { standby: 2, backup: bucket.dumps }
  two: { engine: mariadb, standby: 2, backup: bucket.dumps }
buckets: { dumps: { location: hel1 } }`;
    assert.deepEqual(backups(text), ['backups_object_storage_access_key', 'backups_object_storage_secret_key']);
  });

  it('makes a key to log in elsewhere, and asks for what an object storage elsewhere wants', () => {
    const text = `databases:
  one: { engine: mariadb, standby: 2, backup: external.far-box }
  two: { standby: 2, backup: external.named }
external:
  far-box: { type: sftp, host: box.example.net, user: u1, path: /b }
  named: { type: s3, host: s3.example.net, user: shop, path: b }
  unused: { type: s3, host: s3.example.net, path: b }`;
    assert.deepEqual(backups(text), ['external_far_box_ssh_key', 'external_named_secret_key']);
  });

  for (const { title, text, names } of cases) {
    it(title, () => assert.deepEqual(namesOf(text), [...names, ...always].sort()));
  }

  it('makes what several regions need: Galera, its arbiter and the tunnel', () => {
    assert.deepEqual(
      namesOf(sampleText('multi-region-galera')).filter((name) => /^(?:database|member|tunnel|storage)_/.test(name)),
      [
        'database_main_app_password',
        'database_main_backup_passphrase',
        'member_arbiter_tls',
        'member_authority',
        'member_falkenstein_db_main_1_tls',
        'member_falkenstein_db_main_2_tls',
        'member_helsinki_db_main_1_tls',
        'member_helsinki_db_main_2_tls',
        'storage_media_backup_passphrase',
        'tunnel_arbiter_key',
        'tunnel_falkenstein_db_main_1_key',
        'tunnel_falkenstein_db_main_2_key',
        'tunnel_falkenstein_sto_media_1_key',
        'tunnel_falkenstein_sto_media_2_key',
        'tunnel_falkenstein_sto_media_3_key',
        'tunnel_helsinki_db_main_1_key',
        'tunnel_helsinki_db_main_2_key',
        'tunnel_helsinki_sto_media_1_key',
        'tunnel_helsinki_sto_media_2_key',
        'tunnel_helsinki_sto_media_3_key',
      ],
    );
  });

  it('shows every place that needs one, in the order of the text, and says which fields they are', () => {
    const text = `${head}dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: { a.example.com: app.web }, tls: { mode: files, certificate: secret.CERT, key: secret.KEY } } }
apps: { web: { port: 3000, run: { container: x, registry: { user: u, password: secret.SHARED } }, env: { A: "\${secret.SHARED}" } } }
`;
    const { uses, about, form } = needed(text, 'SHARED');
    assert.deepEqual(
      uses.map(({ start, end }) => text.slice(start, end)),
      ['secret.SHARED', 'secret.SHARED'],
    );
    assert.equal(about, 'Named by run.registry.password of app.web, env of app.web.');
    assert.deepEqual(form, { kind: 'text' });
    assert.deepEqual(needed(text, 'CERT').form, { kind: 'certificate-file' });
    assert.deepEqual(needed(text, 'KEY').form, { kind: 'key-file' });
  });

  it('names what it makes after first names, so that a rename makes nothing anew', () => {
    const before = `${head}databases: { main: { standby: 2, backup: external.far } }\n${far}`;
    const after = before.replace('main: {', 'ledger: { renamed_from: main,');
    assert.deepEqual(namesOf(after), namesOf(before));
  });

  it('needs nothing more for one more server of an app', () => {
    const text = sampleText('smallest');
    assert.deepEqual(namesOf(text.replace('port: 3000', 'count: 7, port: 3000')), namesOf(text));
  });

  it('gives a certificate the address of its host', () => {
    const text = `${head}databases: { main: { standby: 2, backup: external.far } }\n${far}`;
    const host = modelOf(text).hosts.find(({ key }) => key === 'fsn1_db_main_2');
    assert.deepEqual(needed(text, 'member_fsn1_db_main_2_tls').form, {
      kind: 'member',
      address: host?.address,
      authority: 'member_authority',
    });
  });

  it('keeps every name apart, says something of each, and finds a place for it in the text, for any topology', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (text) => {
        const all = neededSecrets(analyse(text).model);
        const names = all.map(({ name }) => name);
        assert.deepEqual(names, [...new Set(names)].sort());
        for (const { name, about, uses } of all) {
          assert.match(name, /^(?:[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*)$/);
          assert.match(about, /^[A-Z].*\.$/);
          assert.ok(
            uses.length > 0 && uses.every(({ start, end }) => 0 <= start && start <= end && end <= text.length),
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the variables of the compiled module', () => {
  for (const sample of sampleNames()) {
    it(`are those of its providers without a lock file, for ${sample}`, () => {
      const { model, mainTfJson } = compileText(sampleText(sample));
      const providers = [
        'hcloud_token',
        'cloudflare_api_token',
        'object_storage_access_key',
        'object_storage_secret_key',
      ];
      const entering = neededSecrets(model).flatMap((secret) => secret.variable ?? []);
      assert.deepEqual(
        declared(mainTfJson),
        entering.filter((name) => providers.includes(name)),
      );
    });

    it(`are those that secrets enter through with one, for ${sample}`, () => {
      const { model, mainTfJson, hosts } = compileConfigured(sampleText(sample));
      const entering = neededSecrets(model).flatMap((secret) => secret.variable ?? []);
      assert.deepEqual(
        declared(mainTfJson).filter((name) => !entering.includes(name)),
        [],
      );
      assert.deepEqual(
        [...secretsOf(hosts), 'deploy_ssh_key'].filter((name) => !declared(mainTfJson).includes(name)),
        [],
      );
    });
  }
});

function declared(mainTfJson: string): string[] {
  const { variable }: { variable: Record<string, { ephemeral?: boolean }> } = JSON.parse(mainTfJson);
  return Object.entries(variable)
    .flatMap(([name, { ephemeral }]) => (ephemeral ? [name] : []))
    .sort();
}
