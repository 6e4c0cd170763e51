import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';

const extension = new URL('../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, extension), 'utf8');
const manifest = JSON.parse(textOf('package.json'));
const { contributes } = manifest;

/** What CLI and matcher agree on. */
const matcher = new RegExp(contributes.problemPatterns[0].regexp);

describe('the manifest', () => {
  it('has a handler for every command, and shows every command that it has', () => {
    const sources = ['src/common/commands/index.ts', 'src/node/extension.ts', 'src/node/tasks.ts']
      .map(textOf)
      .join('\n');
    for (const { command } of contributes.commands as { command: string }[]) {
      const name = command.replace('groundplan.', '');
      assert.match(sources, new RegExp(`'${name}'|'${command.replace('.', '\\.')}'`), `nothing handles ${command}`);
    }
  });

  it('speaks only of commands that exist', () => {
    const known = new Set((contributes.commands as { command: string }[]).map(({ command }) => command));
    const used = [
      ...JSON.stringify([contributes, manifest.capabilities]).matchAll(/groundplan\.[A-Za-z]+(?=[)"])/g),
    ].map(([name]) => name);
    const settings = new Set(
      Object.keys(contributes.configuration.properties).flatMap((name) => [
        name,
        name.split('.').slice(0, 2).join('.'),
      ]),
    );
    const keys = new Set([
      'groundplan.previewFocused',
      'groundplan.hasPlan',
      'groundplan.canRun',
      'groundplan.groundplan',
    ]);
    const unknown = used.filter((name) => !known.has(name) && !settings.has(name) && !keys.has(name));
    assert.deepEqual(unknown, []);
  });

  it('describes every setting, and says where it holds', () => {
    for (const [name, setting] of Object.entries<Record<string, unknown>>(contributes.configuration.properties)) {
      assert.match(String(setting['markdownDescription']), /\.$/, name);
      assert.ok('default' in setting, name);
      assert.match(String(setting['scope']), /^(?:window|language-overridable|machine-overridable)$/, name);
    }
  });

  it('counts the samples as they are', () => {
    const numbers = ['Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
    const samples = readdirSync(new URL('../samples/', extension), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const said = JSON.stringify(contributes.walkthroughs);
    assert.ok(said.includes(`${numbers[samples.length - 5]} whole topologies`));
  });

  it('gives the schemas to whoever writes plain YAML or JSON', () => {
    const [topology, config] = contributes.yamlValidation;
    assert.deepEqual(topology.fileMatch, ['topology.yaml', '*.topology.yaml']);
    assert.match(topology.url, /topology\.v1\.schema\.json$/);
    assert.match(config.url, /config\.v1\.schema\.json$/);
    assert.equal(contributes.jsonValidation[0].url, topology.url);
  });

  it('lets a workspace that is not trusted choose no program', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual(restrictedConfigurations, [
      'groundplan.path',
      'groundplan.plan.arguments',
      'groundplan.plan.tool',
    ]);
  });

  it('finds problems in what the command line writes', () => {
    const line = 'infra/topology.yaml:14:11 error reference/unknown  nothing is called app.wbe';
    assert.deepEqual(matcher.exec(line)?.slice(1), [
      'infra/topology.yaml',
      '14',
      '11',
      'error',
      'reference/unknown',
      'nothing is called app.wbe',
    ]);
    assert.equal(matcher.exec('  12 │ load_balancers:'), null);
    assert.equal(matcher.exec('1 error, 0 warnings in 1 file'), null);
  });

  it('has snippets whose names and placeholders are in order', () => {
    for (const [name, { prefix, body, description }] of Object.entries<{
      prefix: string;
      body: string[];
      description: string;
    }>(JSON.parse(textOf('snippets/topology.json')))) {
      assert.match(prefix, /^[a-z_-]+$/, name);
      assert.ok(description.length > 0, name);
      const numbers = [...body.join('\n').matchAll(/\$\{?(\d+)/g)].map(([, number]) => Number(number));
      const most = Math.max(...numbers);
      for (let number = 1; number <= most; number += 1)
        assert.ok(numbers.includes(number), `${name}: no \${${number}}`);
    }
  });
});
