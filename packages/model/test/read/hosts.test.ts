import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { read, textAt } from './marks.js';

/** The hosts of a topology: name, key, and the text of the file that made them. */
function hosts(...parts: readonly string[]): string[] {
  const analysis = read(...parts);
  return analysis.model.hosts.map(({ name, key, span }) => `${name} ${key} "${textAt(analysis, span)}"`);
}

describe('the hosts', () => {
  it('are as many as each tier counts, sorted by key, and know what made them', () => {
    assert.deepEqual(
      hosts(
        'region: fsn1',
        'load_balancers: { edge: { count: 1 } }',
        'apps: { web: {} }',
        'databases: { main: { standby: 0 } }',
        'shared_storage: { media: { replicas: { data: 2, arbiter: 1 } } }',
        'arbiter: { location: nbg1 }',
      ),
      [
        'shop-arbiter arbiter "arbiter"',
        'shop-fsn1-app-web-1 fsn1_app_web_1 "web"',
        'shop-fsn1-app-web-2 fsn1_app_web_2 "web"',
        'shop-fsn1-db-main-1 fsn1_db_main_1 "0"',
        'shop-fsn1-lb-edge-1 fsn1_lb_edge_1 "1"',
        'shop-fsn1-sto-media-1 fsn1_sto_media_1 "2"',
        'shop-fsn1-sto-media-2 fsn1_sto_media_2 "2"',
        'shop-fsn1-sto-media-3 fsn1_sto_media_3 "2"',
      ],
    );
  });

  it('stand in every region, as many as it says', () => {
    assert.deepEqual(
      hosts(
        'regions:',
        '  falkenstein: { location: fsn1 }',
        '  helsinki: { location: hel1, apps: { web: { count: 0 } } }',
        '  ashburn: { location: ash, apps: { web: { count: 2 } } }',
        'apps: { web: { count: 1 } }',
      ),
      [
        'shop-ashburn-app-web-1 ashburn_app_web_1 "2"',
        'shop-ashburn-app-web-2 ashburn_app_web_2 "2"',
        'shop-falkenstein-app-web-1 falkenstein_app_web_1 "1"',
      ],
    );
  });

  it('of storage stand in the regions that replicate it', () => {
    assert.deepEqual(
      hosts(
        'regions: { a: { location: fsn1 }, b: { location: hel1 }, c: { location: nbg1 } }',
        'shared_storage: { media: { replicas: { data: 3, arbiter: 0 }, geo_replication: { from: a, to: [c] } } }',
      ).map((host) => host.slice(0, 'shop-a'.length)),
      ['shop-a', 'shop-a', 'shop-a', 'shop-c', 'shop-c', 'shop-c'],
    );
  });

  it('show the new name and keep the first one in their key', () => {
    assert.deepEqual(
      hosts(
        'regions: { north: { location: fsn1, renamed_from: falkenstein } }',
        'apps: { shop: { count: 1, renamed_from: web } }',
      ),
      ['shop-north-app-shop-1 falkenstein_app_web_1 "1"'],
    );
  });

  it('have a volume where data is, and a small one where names are', () => {
    const { model } = read(
      'region: fsn1',
      'databases: { main: { standby: 0, volume: { size: 1TB, filesystem: xfs } } }',
      'shared_storage: { media: { volume: { size: 80GB } } }',
      'apps: { web: { count: 1 } }',
    );
    assert.deepEqual(
      model.hosts.map(({ key, stateful, volume }) => [
        key,
        stateful,
        volume && `${volume.size.value} ${volume.filesystem.value}`,
      ]),
      [
        ['fsn1_app_web_1', false, undefined],
        ['fsn1_db_main_1', true, '1000 xfs'],
        ['fsn1_sto_media_1', true, '80 ext4'],
        ['fsn1_sto_media_2', true, '80 ext4'],
        ['fsn1_sto_media_3', true, '10 ext4'],
      ],
    );
  });

  it('are none where nothing is declared', () => {
    assert.deepEqual(hosts('region: fsn1'), []);
    assert.deepEqual(hosts(), []);
  });
});
