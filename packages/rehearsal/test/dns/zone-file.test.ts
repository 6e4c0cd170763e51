import assert from 'node:assert/strict';
import { startApi } from '@groundplan/hetzner-api';
import { zonesOf } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { zoneFile } from '../../src/dns/zone-file.js';

describe('a zone file', () => {
  it('has the records of all sets, the SOA first, with the TTL of the set or else of the zone', () => {
    const text = zoneFile({
      name: 'example.com',
      ttl: 3600,
      sets: [
        { name: 'shop', type: 'A', ttl: 60, values: ['203.0.113.1', '203.0.113.2'] },
        { name: '@', type: 'SOA', ttl: null, values: ['ns. dns. 2026112400 86400 10800 3600000 3600'] },
        { name: '@', type: 'NS', ttl: null, values: ['ns.example.'] },
      ],
    });
    assert.deepEqual(text.split('\n'), [
      '$ORIGIN example.com.',
      '$TTL 3600',
      '@ 3600 IN SOA ns. dns. 2026112400 86400 10800 3600000 3600',
      'shop 60 IN A 203.0.113.1',
      'shop 60 IN A 203.0.113.2',
      '@ 3600 IN NS ns.example.',
      '',
    ]);
  });

  it('is of what the API has', async () => {
    const token = '0'.repeat(64);
    const api = await startApi({ zones: ['example.com'], actionMilliseconds: 0 });
    try {
      const [zone] = api.snapshot(token).zones;
      const response = await fetch(`${api.url}/zones/${zone?.id}/rrsets`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: 'shop', type: 'A', ttl: 60, records: [{ value: '203.0.113.1' }] }),
      });
      assert.equal(response.status, 201);
      const [file, ...others] = zonesOf(api.snapshot(token)).map(zoneFile);
      assert.deepEqual(others, []);
      assert.match(file ?? '', /^@ 3600 IN SOA hydrogen\.ns\.hetzner\.com\. /m);
      assert.match(file ?? '', /^shop 60 IN A 203\.0\.113\.1$/m);
    } finally {
      await api.close();
    }
  });
});
