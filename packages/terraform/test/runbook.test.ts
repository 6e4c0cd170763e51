import assert from 'node:assert/strict';
import { bundleOf, runbookCommands, runbookOf } from '@groundplan/hosts/bundle';
import { describe, it } from 'mocha';
import { compileConfigured, compileText, sampleNames, sampleText } from '../../../test/support/compile-text.js';

describe('the commands of RUNBOOK.md for Terraform', () => {
  for (const name of sampleNames()) {
    it(`name outputs and variables of ${name} as they are compiled`, () => {
      const { model, mainTfJson } = compileConfigured(sampleText(name));
      const bundles = model.hosts.flatMap((host) => bundleOf(model, host) ?? []);
      const scripts = runbookCommands(runbookOf(model, bundles, 'topology.yaml'))
        .filter(({ where }) => where.kind === 'own-computer')
        .map(({ script }) => script)
        .join('\n');
      const { output, variable } = JSON.parse(mainTfJson);
      const outputs = [...scripts.matchAll(/\boutput (\w+)/g)].map(([, each = '']) => each);
      assert.deepEqual([...new Set(outputs)].sort(), ['balancers', 'ssh']);
      for (const each of outputs) assert.ok(each in output, each);
      const variables = [...scripts.matchAll(/ -var '(\w+)=(\{.*\})'/g)];
      for (const [, each = '', value = ''] of variables) {
        assert.ok(each in variable, each);
        const hosts = new Map(model.hosts.map((host) => [host.name, host]));
        for (const [region, bastion] of Object.entries<string>(JSON.parse(value)))
          assert.equal(hosts.get(bastion)?.region?.name, region);
      }
    });
  }

  it('come with hosts that are configured, and not without', () => {
    assert.match(compileConfigured(sampleText('smallest')).files.get('RUNBOOK.md') ?? '', /^# Runbook of shop\n/);
    assert.equal(compileText(sampleText('smallest')).trace.topology, 'topology.yaml');
  });
});
