import assert from 'node:assert/strict';
import { bundledCatalog, figuresOf, type Location, type NetworkZone, parseCatalog } from '@groundplan/catalog';
import { describe, it } from 'mocha';

const { date, images, limits, locations, serverTypes, sources } = bundledCatalog;

function assertSorted(names: readonly string[]): void {
  assert.deepEqual(names, [...new Set(names)].sort());
}

describe('the bundled catalogue', () => {
  it('is what its own reader accepts', () => {
    assert.deepEqual(parseCatalog(bundledCatalog), { value: bundledCatalog, problems: [] });
  });

  it('is sorted by name, and no name is there twice', () => {
    for (const list of [locations, serverTypes, images]) assertSorted(list.map(({ name }) => name));
    assertSorted(Object.keys(sources));
  });

  it('has every location in its network zone', () => {
    const zones: Record<Location['name'], NetworkZone> = {
      ash: 'us-east',
      fsn1: 'eu-central',
      hel1: 'eu-central',
      hil: 'us-west',
      nbg1: 'eu-central',
      sin: 'ap-southeast',
    };
    assert.deepEqual(Object.fromEntries(locations.map(({ name, networkZone }) => [name, networkZone])), zones);
  });

  it('has object storage in the three European locations and storage boxes in two', () => {
    const where = (has: (location: Location) => boolean) => locations.filter(has).map(({ name }) => name);
    assert.deepEqual(
      where((location) => location.objectStorage),
      ['fsn1', 'hel1', 'nbg1'],
    );
    assert.deepEqual(
      where((location) => location.storageBox),
      ['fsn1', 'hel1'],
    );
  });

  it('has no figure without a source, and no source without a figure', () => {
    const used = new Set(figuresOf(bundledCatalog).flatMap((figure) => (figure.known ? [figure.source] : [])));
    assert.deepEqual([...used].sort(), Object.keys(sources));
  });

  it('knows nothing that is younger than itself', () => {
    for (const [key, source] of Object.entries(sources)) assert.ok(source.date <= date, `${key}: ${source.date}`);
    for (const { name, perLocation } of serverTypes) {
      for (const { deprecation } of Object.values(perLocation)) {
        if (deprecation) assert.ok(deprecation.announced < deprecation.unavailableAfter, name);
      }
    }
  });

  it('says nothing about stock, which is different every day, except that what is retired is gone', () => {
    for (const { name, perLocation } of serverTypes) {
      for (const { available, deprecation } of Object.values(perLocation)) {
        assert.equal(available, deprecation ? false : 'unknown', name);
      }
    }
  });

  it('sells every series where Hetzner sells it', () => {
    const sold = (prefix: RegExp) =>
      new Set(
        serverTypes
          .filter(({ name }) => prefix.test(name))
          .map(({ perLocation }) =>
            Object.entries(perLocation)
              .filter(([, offer]) => offer.deprecation === undefined)
              .map(([location]) => location)
              .sort()
              .join(' '),
          ),
      );
    assert.deepEqual(sold(/^c(x|ax)\d[13]$/), new Set(['fsn1 hel1 nbg1']));
    assert.deepEqual(sold(/^cx\d2$/), new Set(['']));
    assert.deepEqual(sold(/^cpx\d1$/), new Set(['ash hil']));
    assert.deepEqual(sold(/^cpx\d2$/), new Set(['fsn1 hel1 nbg1 sin']));
    assert.deepEqual(sold(/^ccx\d3$/), new Set(['ash fsn1 hel1 hil nbg1 sin']));
  });

  it('gives more memory no lower price within a series and location', () => {
    for (const { name: location } of locations) {
      for (const series of [/^cx\d3$/, /^cax/, /^cpx\d1$/, /^cpx\d2$/, /^ccx/]) {
        const prices = serverTypes
          .filter(({ name }) => series.test(name))
          .sort((a, b) => a.memory - b.memory || a.cores - b.cores || a.disk - b.disk)
          .flatMap(({ perLocation }) => {
            const monthly = perLocation[location]?.monthly;
            return monthly?.known ? [monthly.value] : [];
          });
        assert.deepEqual(
          prices,
          [...prices].sort((a, b) => a - b),
          `${series} in ${location}`,
        );
      }
    }
  });

  it('has the limits of the API', () => {
    assert.deepEqual(
      [limits.volumeMinGb, limits.volumeMaxGb, limits.userDataBytes, limits.serversPerNetwork],
      [10, 10_240, 32_768, 100],
    );
  });

  it('knows which image is too old for logical replication and for SFTP', () => {
    assert.deepEqual(
      images.map(({ name, postgresql, pgbackrest }) => [name, postgresql, pgbackrest]),
      [
        ['debian-12', 15, '2.45'],
        ['debian-13', 17, '2.55'],
        ['ubuntu-24.04', 16, '2.50'],
      ],
    );
  });
});
