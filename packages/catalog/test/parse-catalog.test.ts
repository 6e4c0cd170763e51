import assert from 'node:assert/strict';
import { bundledCatalog, parseCatalog, serializeCatalog } from '@groundplan/catalog';
import fc from 'fast-check';
import { describe, it } from 'mocha';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The bundled catalogue as JSON, with one place changed. */
function changed(path: readonly (string | number)[], value: Json | undefined): unknown {
  const json = JSON.parse(serializeCatalog(bundledCatalog)) as { [key: string | number]: Json };
  const last = path.at(-1) ?? '';
  let parent = json;
  for (const key of path.slice(0, -1)) parent = parent[key] as { [key: string | number]: Json };
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return json;
}

function problemsOf(json: unknown): readonly string[] {
  const { value, problems } = parseCatalog(json);
  assert.equal(value, undefined);
  return problems;
}

describe('serializeCatalog', () => {
  it('writes what parseCatalog reads', () => {
    const parsed = parseCatalog(JSON.parse(serializeCatalog(bundledCatalog)));
    assert.deepEqual(parsed, { value: bundledCatalog, problems: [] });
  });

  it('writes the same bytes for the same catalogue, however it is put together', () => {
    const shuffled = {
      ...Object.fromEntries(Object.entries(bundledCatalog).reverse()),
      serverTypes: [...bundledCatalog.serverTypes].reverse(),
      locations: [...bundledCatalog.locations].reverse(),
      images: [...bundledCatalog.images].reverse(),
    } as unknown as typeof bundledCatalog;
    assert.equal(serializeCatalog(shuffled), serializeCatalog(bundledCatalog));
    assert.match(serializeCatalog(bundledCatalog), /^{\n {2}"currency": "EUR",\n[^\r]*}\n$/);
  });
});

describe('parseCatalog', () => {
  it('says of each mistake where it is and what was expected', () => {
    assert.deepEqual(problemsOf(changed(['serverTypes', 3, 'cores'], 'four')), [
      'serverTypes[3].cores: expected a number over zero, found "four"',
    ]);
    assert.deepEqual(problemsOf(changed(['locations', 0, 'name'], 'ams1')), [
      'locations[0].name: expected one of "ash", "fsn1", "hel1", "hil", "nbg1", "sin", found "ams1"',
    ]);
    assert.deepEqual(problemsOf(changed(['date'], '2026-02-30')), [
      'date: expected a date like 2026-10-04, found "2026-02-30"',
    ]);
    assert.deepEqual(problemsOf(changed(['prices'], undefined)), ['prices: expected an object, found nothing']);
    assert.deepEqual(problemsOf(changed(['serverTypes'], {})), ['serverTypes: expected a list, found an object']);
    assert.deepEqual(problemsOf(changed(['format'], 2)), ['format: expected one of 1, found 2']);
    assert.deepEqual(problemsOf(changed(['sources', 'ipv4-pricing', 'title'], '')), [
      'sources.ipv4-pricing.title: expected a text, found ""',
    ]);
    assert.deepEqual(problemsOf(changed(['locations', 0, 'objectStorage'], 'no')), [
      'locations[0].objectStorage: expected true or false, found "no"',
    ]);
  });

  it('takes no price of zero for a price', () => {
    assert.deepEqual(problemsOf(changed(['prices', 'volumePerGbMonth', 'value'], 0)), [
      'prices.volumePerGbMonth.value: expected a number over zero, found 0',
    ]);
  });

  it('takes no figure whose source is missing, and no name twice', () => {
    assert.deepEqual(problemsOf(changed(['sources', 'ipv4-pricing'], undefined)), [
      'sources: "ipv4-pricing" is missing, which a figure names as its source',
    ]);
    assert.deepEqual(problemsOf(changed(['serverTypes', 1, 'name'], 'cax11')), [
      'serverTypes[1].name: "cax11" is there twice',
    ]);
  });

  it('tells every mistake at once', () => {
    assert.equal(problemsOf({}).length, 9);
  });

  it('refuses what is no catalogue at all', () => {
    for (const [json, found] of [
      [null, 'null'],
      [[], 'a list'],
      ['catalogue', '"catalogue"'],
      [undefined, 'nothing'],
      [12, '12'],
    ] as const) {
      assert.deepEqual(problemsOf(json), [`the file: expected an object, found ${found}`]);
    }
  });

  it('ignores what it does not know, and never takes it over', () => {
    const json = JSON.parse(serializeCatalog(bundledCatalog).replace('{', '{ "__proto__": { "x": 1 }, "news": [],'));
    const { value } = parseCatalog(json);
    assert.deepEqual(value, bundledCatalog);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });

  it('never throws, and has a value or a problem, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const { value, problems } = parseCatalog(json);
        assert.equal(value === undefined, problems.length > 0);
      }),
    );
  });

  it('never throws when any one place of a catalogue is something else', () => {
    const places = placesOf(JSON.parse(serializeCatalog(bundledCatalog)) as Json);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
        const parsed = parseCatalog(changed(place, value as Json));
        assert.equal(parsed.value === undefined, parsed.problems.length > 0);
      }),
      { numRuns: 200 },
    );
  });
});

/** The path of every value inside. */
function placesOf(json: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof json !== 'object' || json === null) return [path];
  const inside = Array.isArray(json)
    ? json.flatMap((one, index) => placesOf(one, [...path, index]))
    : Object.entries(json).flatMap(([key, one]) => placesOf(one, [...path, key]));
  return path.length === 0 ? inside : [path, ...inside];
}
