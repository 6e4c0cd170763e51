import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';

/** The codes that a topology of these sections shows. What else a whole topology needs is around them. */
function codes(...sections: readonly string[]): string[] {
  const text = [
    'topology: v1',
    'name: shop',
    'dns: { provider: cloudflare, zone: example.com }',
    'load_balancers: { edge: { routes: { shop.example.com: app.web } } }',
    'apps: { web: { port: 3000, run: { script: web.sh } } }',
    'access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }',
    ...sections,
  ].join('\n');
  return analyse(text).diagnostics.map(({ code }) => code);
}

const one = 'region: fsn1';
const two = 'regions: { falkenstein: { location: fsn1 }, helsinki: { location: hel1 } }';
const arbiter = 'arbiter: { location: nbg1 }';
const dumps = 'buckets: { dumps: { location: nbg1 } }';

/** What follows from a mistake is not one: a key that is misspelt is not missing, a default that stands in for it is not chosen. */
describe('one mistake is one diagnostic', () => {
  it('when the backup is misspelt, empty, or goes nowhere', () => {
    assert.deepEqual(
      codes(
        one,
        'databases: { main: { backup: bucket.dumps }, more: { engine: mariadb, bakup: bucket.dumps } }',
        dumps,
      ),
      ['schema/unknown-key'],
    );
    assert.deepEqual(
      codes(one, 'databases: { main: { backup: bucket.dumps }, more: { engine: mariadb, backup: } }', dumps),
      ['schema/type'],
    );
    assert.deepEqual(codes(one, 'databases: { main: { backup: bucket.dump } }', dumps), ['reference/unknown']);
    assert.deepEqual(codes(one, 'databases: { main: { backup: bucket.dumps }, more: }', dumps), ['schema/type']);
  });

  it('when what a reference names has a name that is not allowed', () => {
    const backup = (name: string) => `databases: { main: { backup: bucket.${name} } }`;
    assert.deepEqual(codes(one, backup('db-dumps'), 'buckets: { DbDumps: { location: nbg1 } }'), ['schema/name']);
    assert.deepEqual(codes(one, backup('DbDumps'), 'buckets: { DbDumps: { location: nbg1 } }'), ['schema/name']);
    assert.deepEqual(codes(one, backup('db-dumps'), 'buckets: { db--dumps: { location: nbg1 } }'), [
      'reference/unknown',
    ]);
  });

  it('when the engine is misspelt', () => {
    assert.deepEqual(codes(two, arbiter, 'databases: { main: { engine: postgres, backup: bucket.dumps } }', dumps), [
      'schema/enum',
    ]);
    assert.deepEqual(
      codes(
        one,
        'databases: { main: { engin: mariadb, backup: external.offsite } }',
        'external: { offsite: { type: sftp, host: h, user: u, path: /p } }',
      ),
      ['schema/unknown-key'],
    );
    assert.deepEqual(
      codes(
        one,
        'databases: { main: { backup: bucket.dumps }, more: { engine: mariadbb, backup: bucket.dumps } }',
        dumps,
      ),
      ['schema/enum'],
    );
  });

  it('when the replication is misspelt', () => {
    const main = (rest: string) => codes(two, arbiter, `databases: { main: { backup: bucket.dumps, ${rest} } }`, dumps);
    assert.deepEqual(main('replication: { between_regions: pglogicall }'), ['schema/enum']);
    assert.deepEqual(main('replication: { between_region: pglogical }'), ['schema/unknown-key']);
    assert.deepEqual(main('replicaton: { between_regions: pglogical }'), ['schema/unknown-key']);
    assert.deepEqual(main('replication: pglogical'), ['schema/type']);
    assert.deepEqual(main('engine: mariadb, replication: { between_regions: gallera }'), ['schema/enum']);
    assert.deepEqual(main('engine: mariadb, replicaton: { between_regions: none }'), ['schema/unknown-key']);
  });

  it('when the arbiter is misspelt', () => {
    const galera = 'databases: { main: { engine: mariadb, backup: bucket.dumps } }';
    assert.deepEqual(codes(two, 'arbitr: { location: nbg1 }', galera, dumps), [
      'schema/unknown-key',
      'database/commit-latency',
    ]);
  });

  it('when the image is misspelt', () => {
    const logical = 'databases: { main: { replication: { between_regions: logical }, backup: bucket.dumps } }';
    assert.deepEqual(codes('imag: debian-13', two, arbiter, logical, dumps), [
      'schema/unknown-key',
      'database/lossy-conflicts',
    ]);
  });

  it('when the location of a bucket is misspelt, of the wrong kind, or in a bucket that is none', () => {
    const main = 'databases: { main: { backup: bucket.dumps } }';
    assert.deepEqual(codes(one, main, 'buckets: { dumps: { locaton: hel1 } }'), ['schema/unknown-key']);
    assert.deepEqual(codes(one, main, 'buckets: { dumps: { location: 3 } }'), ['schema/type']);
    assert.deepEqual(codes(one, main, 'buckets: { dumps: }'), ['schema/type']);
    assert.deepEqual(codes('region: fsn7', main, 'buckets: { dumps: {} }'), ['schema/enum']);
  });

  it('when backups are in the bucket of an app, whatever else is wrong with it', () => {
    const shared = 'buckets: { files: { location: fsn1, access: public, writers: [app.web] } }';
    assert.deepEqual(codes(one, 'databases: { main: { backup: bucket.files } }', shared), ['backup/shared-bucket']);
  });

  it('when a size is no size, or too large', () => {
    const size = (text: string) =>
      codes(one, `databases: { main: { volume: { size: ${text} }, backup: bucket.dumps } }`, dumps);
    assert.deepEqual(size('0GB'), ['schema/format']);
    assert.deepEqual(size('20TB'), ['schema/range']);
    assert.deepEqual(size('5'), ['schema/type']);
    assert.deepEqual(size('5GB'), ['volume/too-small']);
  });

  it('when several things share it by an alias or a merge', () => {
    const shared =
      '{ standby: 0, volume: { size: 5GB }, backup: { to: bucket.dumps, encrypt: false, restore_test: none } }';
    const expected = ['database/no-standby', 'volume/too-small', 'backup/plain', 'backup/unverified'];
    assert.deepEqual(codes(one, `databases:\n  main: &db ${shared}\n  more: { <<: *db, port: 5433 }`, dumps), expected);
  });

  it('when several clusters miss one arbiter', () => {
    const galera =
      'databases:\n  main: { engine: mariadb, backup: bucket.dumps }\n  logs: { engine: mariadb, port: 3307, backup: bucket.dumps }';
    const found = codes(two, galera, dumps).filter((code) => code !== 'database/commit-latency');
    assert.deepEqual(found, ['database/no-arbiter']);
  });

  it('when a section is a list', () => {
    assert.deepEqual(
      codes(one, 'databases: [main]', 'apps2: {}').filter((code) => code.startsWith('reference/')),
      [],
    );
  });
});
