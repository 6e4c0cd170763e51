import assert from 'node:assert/strict';
import { bootstrapUserData, checkUserData } from '@groundplan/hosts';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';
import { sampleNames, sampleText } from '../../../test/support/compile-text.js';
import { needs } from '../../../test/support/needs.js';
import { accepted, configOf, fileOf, shown } from './support.js';

const models = sampleNames().map((sample) => analyse(sampleText(sample)).model);
const hosts = models.flatMap((model) => model.hosts.map((host) => ({ model, host })));

/** Each content once: hosts of a tier differ in little but their names. */
function distinct(contents: readonly string[]): string[] {
  const all = [...new Set(contents)];
  assert.notEqual(all.length, 0);
  return all;
}

function userDataOfAll(): string[] {
  return hosts.map(({ model, host }) =>
    shown(bootstrapUserData(model, host)).replace(host.name, 'host').replace(`topology ${model.name.value}.`, ''),
  );
}

describe('the first boot of every host of every sample', function () {
  this.timeout(120_000);

  it('is its own, and is written as it was meant', () => {
    for (const { model, host } of hosts) {
      const { hostname, write_files } = configOf(model, host);
      assert.equal(hostname, host.name);
      for (const { path, content } of write_files) assert.match(content, /[^\n]\n$/, `${host.name} ${path}`);
    }
    for (const model of models) assert.deepEqual(checkUserData(model), []);
  });

  it('has no secret, no image of an app and nothing else that a release changes', () => {
    for (const text of userDataOfAll()) assert.doesNotMatch(text, /secret|PRIVATE KEY|ghcr\.io|_URL|token|password:/i);
  });

  it('is taken by cloud-init', async function () {
    const cloudInit = needs(this, 'cloud-init');
    for (const text of distinct(userDataOfAll())) {
      await accepted(cloudInit, (file) => ['schema', '--config-file', file], 'user-data', text);
    }
  });

  it('has a ruleset that nft takes', async function () {
    const nft = needs(this, 'nft');
    const rulesets = hosts.map(({ model, host }) => fileOf(configOf(model, host), '/etc/nftables.conf'));
    for (const ruleset of distinct(rulesets)) {
      await accepted(nft, (file) => ['-c', '-f', file], 'nftables.conf', ruleset);
    }
  });
});
