import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import { missingSecrets } from '@groundplan/terraform';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import {
  compileConfigured,
  compileText,
  lockedSecrets,
  sampleNames,
  sampleText,
} from '../../../../test/support/compile-text.js';

interface Push {
  readonly connection: Readonly<Record<string, string>>;
  readonly depends_on?: readonly string[];
  readonly provisioner: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[];
  readonly triggers_replace: {
    readonly bundle: string;
    readonly secrets: Readonly<Record<string, string>>;
    readonly values: Readonly<Record<string, string>>;
    readonly [other: string]: unknown;
  };
}

function pushes(text: string, locked?: Parameters<typeof compileConfigured>[1]): Record<string, Push> {
  const { mainTfJson } = compileConfigured(text, locked);
  const { guard, ...others } = JSON.parse(mainTfJson).resource.terraform_data;
  assert.ok(guard);
  return others;
}

/** The pushes and gates that one waits for, by any way of naming them. */
function namedIn(push: Push): string[] {
  return [...JSON.stringify(push).matchAll(/terraform_data\.(\w+_(?:push|gate))/g)].map(([, name = '']) => name);
}

/** For each push and gate what of the others it waits for. */
function order(text: string): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(pushes(text)).map(([key, { depends_on = [] }]) => [
      key,
      depends_on.flatMap((address) => (address.startsWith('terraform_data.') ? [address.slice(15)] : [])),
    ]),
  );
}

const shop = (apps: string, rest = '') => `topology: v1
name: shop
region: fsn1
dns: { provider: none, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { ${apps} }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
${rest}`;

describe('the push of configuration', () => {
  it('is there only with a lock file', () => {
    const { mainTfJson, trace } = compileText(sampleText('smallest'));
    const { resource, variable } = JSON.parse(mainTfJson);
    assert.deepEqual(Object.keys(resource.terraform_data), ['guard']);
    assert.equal('deploy_ssh_key' in variable, false);
    assert.deepEqual(trace.files, {});
  });

  it('sends every host that has a bundle what is written for it', () => {
    for (const sample of sampleNames()) {
      const { files, hosts, trace, mainTfJson } = compileConfigured(sampleText(sample));
      const folders = [...files.keys()].flatMap((path) => /^hosts\/([^/]+)\/manifest\.json$/.exec(path)?.[1] ?? []);
      assert.deepEqual(folders.sort(), hosts.map(({ host }) => host.name).sort());
      for (const path of files.keys()) {
        if (path.startsWith('hosts/') && path !== 'hosts/converge.py') assert.ok(trace.files[path], path);
      }
      for (const name of folders) assert.ok(mainTfJson.includes(`"source": "\${path.module}/hosts/${name}/"`), name);
    }
  });

  it('happens again for another server, bundle, secret or address, and for nothing else', () => {
    const { fsn1_app_web_1_push: push } = pushes(
      shop('web: { port: 3000, run: { container: a }, env: { A: "${secret.KEY}" } }'),
    );
    assert.ok(push);
    const { bundle, ...others } = push.triggers_replace;
    assert.match(bundle, /^[0-9a-f]{64}$/);
    assert.deepEqual(others, { server: '${hcloud_server.fsn1_app_web_1.id}', secrets: { KEY: '1 mark' }, values: {} });
  });

  it('has what only Terraform knows, from where it knows it', () => {
    const { falkenstein_lb_edge_1_push: push } = pushes(sampleText('single-region'));
    const { values } = push?.triggers_replace ?? assert.fail('no push');
    assert.equal(values['falkenstein_lb_edge_2.ipv4'], '${hcloud_primary_ip.falkenstein_lb_edge_2_ipv4.ip_address}');
    assert.equal(values['falkenstein_lb_edge_1.server_id'], '${hcloud_server.falkenstein_lb_edge_1.id}');
    assert.equal(values['falkenstein_lb_edge_ipv4.floating_id'], '${hcloud_floating_ip.falkenstein_lb_edge_ipv4.id}');
  });

  it('changes for the hosts that have a secret when it has another version, and for no other', () => {
    const text = shop(
      'web: { port: 3000, run: { container: a }, env: { A: "${secret.KEY}" } }, api: { port: 8000, run: { container: b } }',
    );
    const before = pushes(text);
    const locked = lockedSecrets(analyse(text).model);
    locked.set('KEY', { version: 2, mark: 'other' });
    const after = pushes(text, locked);
    const changed = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
    assert.deepEqual(changed, ['fsn1_app_web_1_push', 'fsn1_app_web_2_push']);
  });

  it('goes through a bastion of the region, which a variable can choose, and to the bastions themselves directly', () => {
    const all = pushes(shop('web: { port: 3000, run: { container: a } }'));
    assert.deepEqual(
      [all['fsn1_app_web_1_push']?.connection['bastion_host'], all['fsn1_app_web_1_push']?.connection['host']],
      ['${local.bastion_addresses[lookup(var.bastions, "fsn1", "shop-fsn1-lb-edge-1")]}', '10.10.123.2'],
    );
    const { connection } = all['fsn1_lb_edge_2_push'] ?? assert.fail('no push');
    assert.equal(connection['host'], '${hcloud_primary_ip.fsn1_lb_edge_2_ipv4.ip_address}');
    assert.equal('bastion_host' in connection, false);
  });

  it('begins when the first boot of the bastion is over, whose firewall forgets what was connected before', () => {
    const all = pushes(shop('web: { port: 3000, run: { container: a } }'));
    const [first] = all['fsn1_app_web_1_push']?.provisioner ?? [];
    const { connection, inline } = first?.['remote-exec'] ?? assert.fail('nothing is done');
    assert.match(JSON.stringify(connection), /"host":"[^"]*bastion_addresses/);
    assert.deepEqual(inline, ['timeout 600 cloud-init status --wait >/dev/null || true']);
    const direct = all['fsn1_lb_edge_2_push']?.provisioner ?? [];
    assert.ok(direct.every((block) => !('connection' in (block['remote-exec'] ?? {}))));
  });

  it('has the deploy key among those that new servers accept', () => {
    const { mainTfJson } = compileConfigured(sampleText('smallest'));
    const { hcloud_ssh_key: keys } = JSON.parse(mainTfJson).resource;
    assert.match(keys.groundplan__deploy.public_key, /^ssh-ed25519 /);
    assert.match(JSON.parse(mainTfJson).locals.ssh_key_ids, /hcloud_ssh_key\.groundplan__deploy\[\*\]\.id/);
  });

  it('keeps secrets out of everything but what is sent', () => {
    for (const sample of sampleNames()) {
      for (const { provisioner = [], triggers_replace: triggers } of Object.values(pushes(sampleText(sample)))) {
        assert.doesNotMatch(JSON.stringify(triggers), /\bvar\./);
        // The key by which Terraform logs in is in connections alone.
        const told = provisioner.map((block) => Object.values(block).map(({ connection: _, ...rest }) => rest));
        const named = provisioner.filter((_, index) => JSON.stringify(told[index]).includes('var.'));
        assert.ok(named.every((block) => block['file']?.['destination'] === '/run/groundplan-push/given.json'));
      }
    }
  });

  describe('goes', () => {
    const database =
      'databases: { main: { engine: postgresql, standby: 1, backup: external.far } }\nexternal: { far: { type: s3, host: s3.example.net, path: x } }\n';

    it('from databases by apps to balancers, one member after the other', () => {
      assert.deepEqual(order(shop('web: { count: 2, port: 3000, run: { container: a } }', database)), {
        fsn1_app_web_1_push: ['fsn1_db_main_2_push', 'fsn1_db_main_gate'],
        fsn1_app_web_2_push: ['fsn1_app_web_1_push'],
        fsn1_db_main_1_push: [],
        fsn1_db_main_2_push: ['fsn1_db_main_1_push'],
        // After all of them, whose numbers it names.
        fsn1_db_main_gate: [],
        fsn1_lb_edge_1_push: ['fsn1_app_web_2_push'],
        fsn1_lb_edge_2_push: ['fsn1_lb_edge_1_push'],
      });
    });

    it('to as many hosts of an app at a time as its release says, never of two regions', () => {
      const text = shop('web: { count: 3, port: 3000, run: { container: a }, release: { batch: 2 } }').replace(
        /region: fsn1\n.*/,
        'regions: { b: { location: fsn1 }, a: { location: hel1 } }\ndns: { provider: none, zone: example.com }',
      );
      const apps = Object.entries(order(text)).filter(([key]) => key.includes('_app_'));
      assert.deepEqual(Object.fromEntries(apps), {
        a_app_web_1_push: [],
        a_app_web_2_push: [],
        a_app_web_3_push: ['a_app_web_1_push', 'a_app_web_2_push'],
        b_app_web_1_push: ['a_app_web_3_push'],
        b_app_web_2_push: ['a_app_web_3_push'],
        b_app_web_3_push: ['b_app_web_1_push', 'b_app_web_2_push'],
      });
    });

    it('on only when a gate says that what was configured works together, where a bundle has one', () => {
      const gate = 'files: { /usr/local/lib/groundplan/gate: { content: "#!/bin/sh", mode: "0755" } }';
      const found = order(shop(`web: { count: 2, port: 3000, run: { container: a }, ${gate} }`));
      assert.deepEqual(found['fsn1_lb_edge_1_push'], ['fsn1_app_web_2_push', 'fsn1_app_web_gate']);
      const { fsn1_app_web_gate: push } = pushes(shop(`web: { count: 2, port: 3000, run: { container: a }, ${gate} }`));
      assert.deepEqual(push?.triggers_replace, {
        pushes: ['${terraform_data.fsn1_app_web_1_push.id}', '${terraform_data.fsn1_app_web_2_push.id}'],
      });
      assert.deepEqual(push?.provisioner, [
        { 'remote-exec': { inline: ['timeout 1800 /usr/local/lib/groundplan/gate'] } },
      ]);
    });
  });

  it('is whole for any topology: nothing is missing, and nobody waits for himself', function () {
    this.timeout(120_000);
    const texts = fc
      .sample(arbitraryTopology({ servers: 2 }), { numRuns: 30, seed: 20261124 })
      .filter((text) => analyse(text).diagnostics.every(({ severity }) => severity !== 'error'));
    assert.ok(texts.length > 5);
    for (const text of texts) {
      const all = pushes(text);
      const done = new Set<string>();
      let waiting = Object.entries(all);
      while (waiting.length > 0) {
        const still = waiting.filter(([, push]) => namedIn(push).some((other) => !done.has(other)));
        assert.notEqual(still.length, waiting.length, `${still.map(([key]) => key).join(', ')} wait for each other`);
        for (const [key] of waiting) if (!still.some(([other]) => other === key)) done.add(key);
        waiting = still;
      }
    }
  });

  it('says which secrets it lacks', () => {
    const { model } = analyse(shop('web: { port: 3000, run: { container: a }, env: { A: "${secret.KEY}" } }'));
    assert.deepEqual(missingSecrets(model, new Map()), ['KEY', 'deploy_ssh_key']);
    assert.deepEqual(missingSecrets(model, lockedSecrets(model)), []);
  });

  it('is nothing where nobody may log in', () => {
    const text = shop('web: { port: 3000, run: { container: a } }').replace(/^access:.*\n/m, '');
    const { model } = analyse(text);
    assert.deepEqual(missingSecrets(model, new Map()), []);
  });
});
