import assert from 'node:assert/strict';
import { bundleOf, secretsIn } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';
import { sampleNames, sampleText } from '../../../../test/support/compile-text.js';
import { bundle, programs, silent, told, topology } from './alerts/hosts.js';
import { fileOf } from './stage.js';

describe('alerts of a host', () => {
  it('are on every host of every sample', () => {
    for (const name of sampleNames()) {
      const { model } = analyse(sampleText(name));
      for (const host of model.hosts) {
        const made = bundleOf(model, host);
        if (made === undefined) continue;
        assert.ok(
          made.units.some(({ name: unit, state }) => unit === 'groundplan-watch.timer' && state === 'running'),
          host.name,
        );
      }
    }
  });

  it('have the address of the webhook in one file that root alone reads', () => {
    const holders = told().files.filter(({ content }) => secretsIn(content).includes('HOOK'));
    assert.deepEqual(
      holders.map(({ path, mode, owner }) => [path, mode, owner]),
      [['/etc/groundplan/alert-webhook', '0600', 'root']],
    );
  });

  it('have nothing that sends where no webhook is written', () => {
    const paths = silent().files.map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => /webhook|send/.test(path)),
      [],
    );
    assert.ok(paths.includes(`${programs}/alert`));
  });

  it('may say by the address where they come from', () => {
    const model = topology('alerts: { webhook: "https://alerts.example.com/${region.name}?key=${secret.KEY}" }');
    assert.equal(
      fileOf(bundle(model, 'fsn1_app_web_1'), '/etc/groundplan/alert-webhook'),
      'https://alerts.example.com/fsn1?key=dummy\n',
    );
  });

  it('look at the volume where there is one', () => {
    const model = topology('databases: { main: { backup: bucket.dumps } }\nbuckets: { dumps: { location: hel1 } }');
    assert.match(fileOf(bundle(model, 'fsn1_db_main_1'), `${programs}/watch`), /^PLACES = \["\/", "\/srv\/data"\]$/m);
    assert.match(fileOf(bundle(model, 'fsn1_app_web_1'), `${programs}/watch`), /^PLACES = \["\/"\]$/m);
  });
});
