import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { layoutOf, places, topology } from './support.js';

/** What stands elsewhere after a change, of what is there before and after it. */
function moved(before: string, after: string): string[] {
  const old = places(layoutOf(before));
  const now = places(layoutOf(after));
  return [...old].filter(([id, place]) => now.has(id) && now.get(id) !== place).map(([id]) => id);
}

const apps = '{ web: { port: 3000, count: 3 }, api: { port: 3001 } }';
const four = '{ web: { port: 3000 }, api: { port: 3001 }, worker: {}, mailer: {} }';

/** With one more app at the end. */
function withApp(section: string): string {
  return section.replace(/ \}$/, ', another: {} }');
}

describe('what does not change stays where it is', () => {
  const one = { regions: '{ north: { location: fsn1 } }', arbiter: '', shared_storage: '' };
  const cases: readonly { readonly change: string; readonly before: string; readonly after: string }[] = [
    {
      change: 'another count',
      before: topology({ apps }),
      after: topology({ apps: apps.replace('3', '9') }),
    },
    {
      change: 'no servers at all in one region',
      before: topology({ apps }),
      after: topology({
        apps,
        regions: '{ north: { location: fsn1 }, south: { location: hel1, apps: { web: { count: 0 } } } }',
      }),
    },
    {
      change: 'an app at the end, in a single region',
      before: topology({ ...one, apps }),
      after: topology({ ...one, apps: withApp(apps) }),
    },
    {
      change: 'an app at the end that uses what is there',
      before: topology({ ...one, apps }),
      after: topology({
        ...one,
        apps: '{ web: { port: 3000, count: 3 }, api: { port: 3001 }, worker: { env: { A: "${database.main.url}" } } }',
      }),
    },
    {
      change: 'a standby less',
      before: topology(),
      after: topology({
        databases:
          '{ main: { engine: mariadb, standby: 0, backup: bucket.dumps, replication: { between_regions: galera } } }',
      }),
    },
    {
      change: 'a bucket at the end',
      before: topology(),
      after: topology({
        buckets: '{ files: { location: fsn1 }, dumps: { location: nbg1 }, more: { location: hel1 } }',
      }),
    },
    {
      change: 'an external target at the end',
      before: topology(),
      after: topology({
        external: '{ vault: { type: sftp, host: vault.example.net }, other: { type: s3, host: s3.example.net } }',
      }),
    },
    {
      change: 'a database that gets no backup',
      before: topology(),
      after: topology({ databases: '{ main: { engine: mariadb, replication: { between_regions: galera } } }' }),
    },
    {
      change: 'a renamed app',
      before: topology(),
      after: topology({ apps: '{ shop: { renamed_from: web, port: 3000 }, api: { port: 3001 } }' }),
    },
    {
      change: 'an app that uses one thing more',
      before: topology({ apps }),
      after: topology({ apps: '{ web: { port: 3000, env: { A: "${bucket.files.host}" } }, api: { port: 3001 } }' }),
    },
    {
      change: 'an error that takes the meaning of an app away',
      before: topology({ apps }),
      after: topology({ apps: '{ web: { port: 3000, count: 3 }, api: }' }),
    },
  ];
  for (const { change, before, after } of cases) {
    it(change, () => {
      assert.notEqual(before, after);
      assert.deepEqual(moved(before, after), []);
    });
  }

  it('moves rows down, and nothing to the side, when a tier gets another line', () => {
    const before = layoutOf(topology({ ...one, apps: four }));
    const after = layoutOf(topology({ ...one, apps: withApp(four) }));
    const boxes = new Map(after.cards.map(({ content, box }) => [content.node.id, box]));
    for (const { content, box } of before.cards) {
      const now = boxes.get(content.node.id);
      if (content.node.id.includes('.app.')) continue;
      assert.equal(now?.x, box.x, content.node.id);
      assert.ok((now?.y ?? 0) >= box.y, content.node.id);
    }
  });

  it('moves only the regions to the right when a region gets wider', () => {
    const before = topology({ apps });
    const after = topology({ apps: withApp(apps) });
    const ofNorth = (ids: readonly string[]) =>
      ids.filter((id) => id.startsWith('tier.north.') || !/south|arbiter/.test(id));
    assert.deepEqual(ofNorth(moved(before, after)), []);
  });

  it('moves what is below when a stack is shown server by server, and nothing to the side', () => {
    const text = topology();
    const before = layoutOf(text);
    const after = layoutOf(text, ['tier.north.app.web']);
    for (const [index, { content, box }] of before.cards.entries()) {
      const now = after.cards[index];
      assert.equal(now?.content.node.id, content.node.id);
      assert.equal(now?.box.x, box.x);
      assert.ok((now?.box.y ?? 0) >= box.y);
    }
  });
});
