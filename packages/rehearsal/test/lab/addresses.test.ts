import assert from 'node:assert/strict';
import { operatorAddress } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { zoneFile } from '../../src/dns/zone-file.js';
import { standInNames, standInZones } from '../../src/lab/addresses.js';
import { shop } from '../support/shop.js';

const from = (ranges: string) => operatorAddress(shop(['[198.51.100.0/24]', ranges]));

describe('the operator of a rehearsal', () => {
  it('is where the topology lets operators log in', () => {
    assert.equal(operatorAddress(shop()), '198.51.100.10');
    assert.equal(from('[198.51.100.7/32]'), '198.51.100.7');
    assert.equal(from('[198.51.100.8/30]'), '198.51.100.9');
    assert.equal(from('["2001:db8::/32", 203.0.113.64/26]'), '203.0.113.74');
  });

  it('is nowhere without IPv4', () => assert.equal(from('["2001:db8::/32"]'), undefined));
});

describe('the zones of the stand-ins', () => {
  it('lead every name of theirs to an address', () => {
    const text = standInZones
      .map((zone) => zoneFile(zone).replaceAll(/^(\w+) \d+ IN A/gm, `$1.${zone.name} A`))
      .join('');
    for (const name of standInNames)
      assert.match(text, new RegExp(`^${name.replaceAll('.', '\\.')} A 192\\.0\\.2\\.`, 'm'));
  });
});
