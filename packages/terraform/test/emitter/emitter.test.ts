import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'mocha';
import { type Emitter, emit, expression, quoted, template, type Value } from '../../src/emitter/index.js';

/** A root module with what every one needs, and what `write` adds. */
function emitted(write: (emitter: Emitter) => void): unknown {
  return JSON.parse(emittedText(write));
}

function emittedText(write: (emitter: Emitter) => void): string {
  return emit((emitter) => {
    emitter.settings({ requiredVersion: '>= 1.11.0', backend: { type: 'local', arguments: {} } });
    emitter.provider('hcloud', { token: expression('var.token') });
    write(emitter);
  });
}

/** What becomes of one value on its way through the emitter and cdktn. */
function passed(value: Value): unknown {
  const { locals } = emitted((emitter) => emitter.local('it', value)) as { locals: { it: unknown } };
  return locals.it;
}

describe('emitter', () => {
  describe('text means itself', () => {
    const asItIs = [
      'plain',
      '1e10',
      'r1e5-e-1',
      '-8.5e+307',
      '#{TfToken[TOKEN.1]}',
      '&{TfToken[TOKEN.1]}',
      'String Map Token Value',
      'Any Map Token Value',
      '\u{E000}0\u{E001}',
      'a\n"b"\\c\t\u{1F600}',
      '$ { } %',
      '',
    ];
    for (const text of asItIs) {
      it(JSON.stringify(text), () => {
        assert.equal(passed(text), text);
        assert.deepEqual(passed({ [text]: [text] }), { [text]: [text] });
      });
    }

    it('and is never taken for an expression', () => {
      assert.equal(passed('${HOME} %{if x}'), '$${HOME} %%{if x}');
      assert.equal(passed('$${HOME}'), '$$${HOME}');
      assert.equal(passed('${TfToken[TOKEN.0]}'), '$${TfToken[TOKEN.0]}');
      assert.deepEqual(passed({ '${a}': 'b' }), { '$${a}': 'b' });
    });
  });

  it('writes expressions as they are, also beside text', () => {
    assert.equal(
      passed(expression('length(local.x) == 0 ? "1e10" : "${local.y}"')),
      '${length(local.x) == 0 ? "1e10" : "${local.y}"}',
    );
    assert.equal(passed(template('${ssh} root@', expression('local.ip'))), '$${ssh} root@${local.ip}');
    assert.equal(quoted('say "${x}"\\\n'), '"say \\"$${x}\\"\\\\\\n"');
  });

  it('keeps the name of every argument, whatever letters and digits it has', () => {
    const { provider, resource } = emitted((emitter) => {
      emitter.provider('cloudflare', { apiToken: expression('var.t') });
      emitter.provider('minio', { alias: 'fsn1', minioServer: 's', s3CompatMode: true });
      emitter.resource('hcloud_server', 'a', {
        name: 'a',
        serverType: 'cx23',
        publicNet: [{ ipv4Enabled: true, ipv6Enabled: false }],
      });
    }) as { provider: unknown; resource: { hcloud_server: { a: { public_net: unknown } } } };
    assert.deepEqual(provider, {
      cloudflare: [{ api_token: '${var.t}' }],
      hcloud: [{ token: '${var.token}' }],
      minio: [{ alias: 'fsn1', minio_server: 's', s3_compat_mode: true }],
    });
    assert.deepEqual(resource.hcloud_server.a.public_net, [{ ipv4_enabled: true, ipv6_enabled: false }]);
  });

  it('gives every resource exactly its own name, where cdktn would join some into one', () => {
    const names = ['a-b', 'a_b', 'ab', 'r1e5', 'constructor', 'e-1-e'];
    const { resource } = emitted((emitter) => {
      for (const name of names) emitter.resource('hcloud_network', name, { name, ipRange: '10.0.0.0/16' });
    }) as { resource: { hcloud_network: Record<string, { name: string }> } };
    assert.deepEqual(
      Object.entries(resource.hcloud_network).map(([name, block]) => [name, block.name]),
      [...names].sort().map((name) => [name, name]),
    );
  });

  describe('refuses', () => {
    const network = { name: 'n', ipRange: '10.0.0.0/16' };
    const refusals: Record<string, [(emitter: Emitter) => void, RegExp]> = {
      'a name that is used twice, which would merge the two': [
        (emitter) => {
          emitter.resource('hcloud_network', 'a', network);
          emitter.resource('hcloud_network', 'a', network);
        },
        /hcloud_network\.a is emitted twice/,
      ],
      'a name that Terraform does not know as one': [
        (emitter) => emitter.resource('hcloud_network', '1a', network),
        /"1a" is no name/,
      ],
      'a resource without its provider': [
        (emitter) => emitter.resource('cloudflare_dns_record', 'r', { name: 'a', type: 'A', ttl: 60, zoneId: 'z' }),
        /cloudflare_dns_record\.r needs the provider cloudflare/,
      ],
      'a resource whose provider has another alias': [
        (emitter) => {
          emitter.provider('minio', { alias: 'fsn1', minioServer: 's' });
          emitter.resource('minio_s3_bucket', 'b', { bucket: 'b' }, { provider: 'hel1' });
        },
        /minio_s3_bucket\.b needs the provider minio\.hel1/,
      ],
    };
    for (const [title, [write, message]] of Object.entries(refusals)) {
      it(title, () => assert.throws(() => emittedText(write), message));
    }

    it('a module without a backend, which would get one with an absolute path', () => {
      assert.throws(() => emit(() => undefined), /no backend is declared/);
    });
  });

  it('declares the backend that it is told, and no path of this machine', () => {
    const { terraform } = emitted(() => undefined) as { terraform: { backend: unknown } };
    assert.deepEqual(terraform.backend, { local: {} });
  });

  it('takes a backend with any values', () => {
    const settings = { a: -123456789, b: -1.8881545897087503e289, c: [true, '${x}'], d: { e: '1e10' } };
    const { terraform } = JSON.parse(
      emit((emitter) => emitter.settings({ requiredVersion: '>= 1', backend: { type: 'http', arguments: settings } })),
    ) as { terraform: { backend: { http: unknown } } };
    assert.deepEqual(terraform.backend.http, { ...settings, c: [true, '$${x}'] });
  });

  it('writes no version of cdktn, no path and no stack trace of it', () => {
    const text = emittedText((emitter) =>
      emitter.resource('hcloud_network', 'a', { name: 'n', ipRange: '10.0.0.0/16' }),
    );
    assert.doesNotMatch(text, /"\/\/"|cdktn|cdktf|0\.24|stackTrace|metadata/);
  });

  it('makes ephemeral variables, and variables with a default', () => {
    const { variable } = emitted((emitter) => {
      emitter.variable('token', { type: 'string', description: 'd', ephemeral: true });
      emitter.variable('names', { type: 'set(string)', description: 'd', default: [] });
    }) as { variable: unknown };
    assert.deepEqual(variable, {
      names: { default: [], description: 'd', nullable: false, type: 'set(string)' },
      token: { description: 'd', ephemeral: true, nullable: false, type: 'string' },
    });
  });

  it('keeps the keys of maps, which cdktn would turn into snake case', () => {
    const map = { camelCase: 'a', 'example.com/costCentre': 'b', 'with-dash': 'c', __proto: 'd' };
    const { variable, locals, resource, output } = emitted((emitter) => {
      emitter.variable('map', { type: 'string', description: 'd', default: map });
      emitter.local('map', map);
      emitter.resource('hcloud_network', 'a', { name: 'n', ipRange: '10.0.0.0/16', labels: map });
      emitter.output('map', { description: 'd', value: map });
    }) as Record<string, Record<string, Record<string, unknown>>>;
    assert.deepEqual(variable?.map?.default, map);
    assert.deepEqual(locals?.map, map);
    assert.deepEqual(resource?.hcloud_network?.a, { name: 'n', ip_range: '10.0.0.0/16', labels: map });
    assert.deepEqual(output?.map?.value, map);
  });

  it('takes text of any length as it is, and writes the same bytes twice', () => {
    const long = `${'x'.repeat(300)} \${y} %{z} 1e10\n`;
    const write = (emitter: Emitter) => emitter.local('it', { long, [long]: long });
    const escaped = `${'x'.repeat(300)} $\${y} %%{z} 1e10\n`;
    assert.deepEqual(passed({ long, [long]: long }), { long: escaped, [escaped]: escaped });
    assert.equal(emittedText(write), emittedText(write));
  });

  it('writes terraform_data with preconditions, and without asking a Terraform on the machine', () => {
    const path = process.env.PATH;
    process.env.PATH = '';
    try {
      const { resource } = emitted((emitter) =>
        emitter.resource(
          'terraform_data',
          'guard',
          {},
          { preconditions: [{ condition: expression('true'), errorMessage: 'no ${x}' }] },
        ),
      ) as { resource: unknown };
      assert.deepEqual(resource, {
        terraform_data: {
          guard: { lifecycle: { precondition: [{ condition: '${true}', error_message: 'no $${x}' }] } },
        },
      });
    } finally {
      process.env.PATH = path;
    }
  });

  it('writes dependencies as bare addresses', () => {
    const { resource } = emitted((emitter) =>
      emitter.resource(
        'hcloud_network',
        'a',
        { name: 'n', ipRange: '10.0.0.0/16' },
        { dependsOn: ['hcloud_zone.r1e5'], ignoreChanges: ['labels'] },
      ),
    ) as { resource: { hcloud_network: { a: unknown } } };
    assert.deepEqual(resource.hcloud_network.a, {
      depends_on: ['hcloud_zone.r1e5'],
      ip_range: '10.0.0.0/16',
      lifecycle: { ignore_changes: ['labels'] },
      name: 'n',
    });
  });

  it('sorts every key by code unit, in any locale', () => {
    const text = emittedText((emitter) => emitter.local('it', { b: '1', a: '2', Z: '3', ä: '4', I: '5', ı: '6' }));
    const { locals } = JSON.parse(text) as { locals: { it: object } };
    assert.deepEqual(Object.keys(locals.it), ['I', 'Z', 'a', 'b', 'ä', 'ı']);
    assert.match(text, /^\{\n {2}"locals"/);
    assert.match(text, /\}\n$/);
  });

  it('is not changed by the environment, leaves it as it was, and touches no disk', () => {
    const write = (emitter: Emitter) => emitter.resource('hcloud_network', 'a', { name: 'n', ipRange: '10.0.0.0/16' });
    const expected = emittedText(write);
    const hostile: Record<string, string> = {
      CDKTF_CONTEXT_JSON: '{ not json',
      CDKTF_OUTDIR: '/proc/nowhere/at/all',
      CDKTF_TARGET_STACK_ID: 'other',
      CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: '1',
      SYNTH_HCL_OUTPUT: 'true',
      CDKTN_DISABLE_CREATION_STACK: '0',
    };
    const before = { ...process.env };
    Object.assign(process.env, hostile);
    try {
      assert.equal(emittedText(write), expected);
      emittedText(() => {
        const during = Object.keys(hostile).map((name) => [name, process.env[name]] as const);
        assert.deepEqual(
          during.filter(([, value]) => value !== undefined),
          [['CDKTN_DISABLE_CREATION_STACK', '1']],
        );
      });
      assert.throws(() => emit(() => assert.fail('stop')), /stop/);
      assert.deepEqual({ ...process.env }, { ...before, ...hostile });
    } finally {
      for (const name of Object.keys(hostile)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
    assert.deepEqual({ ...process.env }, before);
    assert.equal(existsSync('/proc/nowhere'), false);
  });
});
