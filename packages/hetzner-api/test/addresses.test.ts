import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatIpv4, formatRange, parseIpv4, parseRange } from '../src/addresses/ipv4.js';
import { canonicalIpv6Range, formatIpv6, parseIpv6 } from '../src/addresses/ipv6.js';
import { allocateIpv4, allocateIpv6, allocateMac, freshCounters } from '../src/addresses/public-addresses.js';

const octet = fc.integer({ min: 0, max: 255 });
const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));

describe('an IPv4 address', () => {
  it('is the same after parsing and formatting', () => {
    fc.assert(
      fc.property(octet, octet, octet, octet, (...octets) => {
        const text = octets.join('.');
        assert.equal(formatIpv4(parseIpv4(text) ?? -1), text);
      }),
    );
  });

  for (const text of ['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '1.2.3.4 ', '0x1.2.3.4', '1..2.3']) {
    it(`is not '${text}'`, () => assert.equal(parseIpv4(text), undefined));
  }
});

describe('an IPv4 range', () => {
  it('has no host bits', () => {
    assert.deepEqual(parseRange('10.0.0.0/8'), { first: 0x0a000000, last: 0x0affffff, prefix: 8 });
    assert.deepEqual(formatRange(parseRange('0.0.0.0/0') ?? assert.fail()), '0.0.0.0/0');
    for (const text of ['10.0.0.1/8', '10.0.0.0', '10.0.0.0/33', '10.0.0.0/08', '10.0.0/8']) {
      assert.equal(parseRange(text), undefined, text);
    }
  });
});

describe('an IPv6 address', () => {
  it('has the canonical form that URLs give it', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const text = groups.map((one) => one.toString(16).padStart(4, '0').toUpperCase()).join(':');
        const canonical = formatIpv6(parseIpv6(text) ?? []);
        assert.equal(`[${canonical}]`, new URL(`http://[${text}]`).hostname);
        assert.deepEqual(parseIpv6(canonical), groups);
      }),
    );
  });

  for (const text of [
    '',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    'g::',
    '1:2:3:4:5:6:7::8',
    '::1.2.3',
  ]) {
    it(`is not '${text}'`, () => assert.equal(parseIpv6(text), undefined));
  }

  it('may end in an IPv4 address', () => {
    assert.equal(formatIpv6(parseIpv6('::ffff:203.0.113.9') ?? []), '::ffff:cb00:7109');
  });
});

describe('an IPv6 range', () => {
  for (const [text, canonical] of [
    ['2001:DB8:0:0::/64', '2001:db8::/64'],
    ['::/0', '::/0'],
    ['2001:db8::8329/128', '2001:db8::8329/128'],
    ['2001:db8::1/64', undefined],
    ['2001:db8::/129', undefined],
    ['2001:db8::', undefined],
  ] as const) {
    it(`'${text}' is ${canonical ?? 'none'}`, () => assert.equal(canonicalIpv6Range(text), canonical));
  }
});

describe('public addresses', () => {
  it('are handed out in order, each once', () => {
    const counters = freshCounters();
    const four = Array.from({ length: 600 }, () => allocateIpv4(counters));
    assert.deepEqual(
      [four[0], four[253], four[254], four[508]],
      ['203.0.113.1', '203.0.113.254', '100.64.0.1', '100.64.1.1'],
    );
    assert.equal(new Set(four).size, 600);
    const six = Array.from({ length: 70_000 }, () => allocateIpv6(counters));
    assert.deepEqual([six[0], six[1], six[65_536]], ['2001:db8:1::/64', '2001:db8:1:1::/64', '2001:db8:2::/64']);
    assert.equal(new Set(six).size, 70_000);
    assert.deepEqual([allocateMac(counters), allocateMac(counters)], ['86:00:00:00:00:01', '86:00:00:00:00:02']);
  });
});
