import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addresses, compileText, type Outcome, resource, topology } from './support.js';

/** Everything that can stand in a file, small. `edit` changes its text. */
function system(edit: (text: string) => string = (text) => text): Outcome {
  return compileText(edit(text));
}

const text = topology(
  'regions:\n  one: { location: fsn1 }',
  'arbiter: { location: nbg1 }',
  'load_balancers:\n  edge: { count: 2, routes: { shop.example.com: app.web } }',
  'apps:\n  web: { count: 2, port: 3000, run: { container: x } }',
  'databases:\n  main: { engine: mariadb, standby: 1, backup: bucket.dumps }',
  'shared_storage:\n  files: { replicas: { data: 2, arbiter: 1 }, volume: { size: 20GB }, backup: bucket.dumps }',
  'buckets:\n  dumps: { location: nbg1 }',
);

function replacing(from: string | RegExp, to: string): (text: string) => string {
  return (before) => {
    const after = before.replace(from, to);
    assert.notEqual(after, before, `${from} is not in the text`);
    return after;
  };
}

/** What is new in `after`, what is gone, and which of the rest has another configuration. */
function difference(before: Outcome, after: Outcome) {
  const [old, now] = [addresses(before), addresses(after)];
  const stayed = old.filter((address) => now.includes(address));
  return {
    added: now.filter((address) => !old.includes(address)),
    removed: old.filter((address) => !now.includes(address)),
    changed: stayed.filter(
      (address) => JSON.stringify(resource(before, address)) !== JSON.stringify(resource(after, address)),
    ),
  };
}

const records = ['hcloud_zone_rrset.a_shop_example_com', 'hcloud_zone_rrset.aaaa_shop_example_com'];
/** The arbiter's first boot lets in every bastion; once it runs, it is told in another way. */
const arbiterLists = ['hcloud_firewall.arbiter', 'hcloud_server.arbiter'];

describe('one more', () => {
  const before = system();

  it('app server is one server, and nothing else', () => {
    assert.deepEqual(difference(before, system(replacing('web: { count: 2', 'web: { count: 3'))), {
      added: ['hcloud_server.one_app_web_3'],
      removed: [],
      changed: [],
    });
  });

  it('app server after ten begins another group', () => {
    const ten = system(replacing('web: { count: 2', 'web: { count: 10'));
    assert.deepEqual(difference(ten, system(replacing('web: { count: 2', 'web: { count: 11'))), {
      added: ['hcloud_placement_group.one_app_web_2', 'hcloud_server.one_app_web_11'],
      removed: [],
      changed: [],
    });
  });

  it('balancer is a server and its addresses, which stand in DNS and in what lets the bastion in', () => {
    assert.deepEqual(difference(before, system(replacing('edge: { count: 2', 'edge: { count: 3'))), {
      added: [
        'hcloud_primary_ip.one_lb_edge_3_ipv4',
        'hcloud_primary_ip.one_lb_edge_3_ipv6',
        'hcloud_server.one_lb_edge_3',
      ],
      removed: [],
      changed: [...arbiterLists, ...records],
    });
  });

  it('standby is a server with its volume and addresses', () => {
    assert.deepEqual(difference(before, system(replacing('standby: 1', 'standby: 2'))), {
      added: [
        'hcloud_primary_ip.one_db_main_3_ipv4',
        'hcloud_primary_ip.one_db_main_3_ipv6',
        'hcloud_server.one_db_main_3',
        'hcloud_volume.one_db_main_3',
        'hcloud_volume_attachment.one_db_main_3',
      ],
      removed: [],
      changed: [],
    });
  });

  it('app changes nothing of the others, wherever it stands in the file', () => {
    for (const place of ['apps:\n', 'container: x } }\n']) {
      const after = system(replacing(place, `${place}  api: { port: 3001, run: { container: x } }\n`));
      assert.deepEqual(difference(before, after), {
        added: ['hcloud_placement_group.one_app_api_1', 'hcloud_server.one_app_api_1', 'hcloud_server.one_app_api_2'],
        removed: [],
        changed: [],
      });
    }
  });

  it('database, balancer or bucket changes nothing of the others', () => {
    const edits = [
      replacing('databases:\n', 'databases:\n  more: { engine: postgresql, backup: bucket.dumps }\n'),
      replacing('load_balancers:\n', 'load_balancers:\n  other: { routes: { other.example.com: app.web } }\n'),
      replacing('buckets:\n', 'buckets:\n  more: { location: hel1, writers: [app.web] }\n'),
    ];
    for (const edit of edits) {
      const { added, removed, changed } = difference(before, system(edit));
      assert.notEqual(added.length, 0);
      assert.deepEqual([removed, changed], [[], []]);
    }
  });

  for (const place of ['regions:\n', 'one: { location: fsn1 }\n']) {
    it(`region changes nothing of the first but the lists that must have it (after ${JSON.stringify(place)})`, () => {
      const after = system(replacing(place, `${place}  a-two: { location: hel1 }\n`));
      const { added, removed, changed } = difference(before, after);
      assert.deepEqual(removed, []);
      assert.deepEqual(changed, [
        'hcloud_firewall.arbiter',
        'hcloud_firewall.db',
        'hcloud_firewall.lb',
        'hcloud_firewall.sto',
        'hcloud_server.arbiter',
        ...records,
      ]);
      assert.deepEqual(
        added.filter((address) => !/\.a-two(_|$)/.test(address)),
        [],
      );
      const server = resource(after, 'hcloud_server.arbiter');
      assert.deepEqual({ ...server, user_data: '' }, { ...resource(before, 'hcloud_server.arbiter'), user_data: '' });
    });
  }
});

describe('a new name', () => {
  const before = system();

  /** What another name may change in place: names, descriptions, and the first boot of servers that are yet to come. */
  function withoutNames(outcome: Outcome, address: string): unknown {
    const { name, description, user_data, delete_protection, rebuild_protection, ...rest } = resource(outcome, address);
    return rest;
  }

  function assertSameButNames(after: Outcome): void {
    assert.deepEqual(addresses(after), addresses(before));
    for (const address of addresses(before)) {
      assert.deepEqual(withoutNames(after, address), withoutNames(before, address), address);
    }
    assert.deepEqual(after.module.locals.stateful_hosts, before.module.locals.stateful_hosts);
  }

  it('keeps every Terraform address, private address and label, and shows only in names', () => {
    const after = system((old) =>
      [
        replacing('one: { location: fsn1', 'first: { renamed_from: one, location: fsn1'),
        replacing('  main: { engine', '  ledger: { renamed_from: main, engine'),
        replacing('  files: { replicas', '  media: { renamed_from: files, replicas'),
        replacing('  web: { count', '  site: { renamed_from: web, count'),
        replacing('app.web', 'app.site'),
        replacing('  edge: { count', '  front: { renamed_from: edge, count'),
      ].reduce((edited, edit) => edit(edited), old),
    );
    assertSameButNames(after);
    assert.equal(resource(after, 'hcloud_server.one_db_main_1').name, 'shop-first-db-ledger-1');
    assert.equal(resource(after, 'hcloud_network.one').name, 'shop-first');
  });

  it('keeps them when it changes once more', () => {
    const once = system(replacing('  main: { engine', '  ledger: { renamed_from: main, engine'));
    const twice = system(replacing('  main: { engine', '  books: { renamed_from: main, engine'));
    assertSameButNames(once);
    assertSameButNames(twice);
  });
});

describe('the same topology', () => {
  it('gives the same bytes in any order of its entries', () => {
    const forward = topology(
      'regions:\n  a: { location: fsn1 }\n  b: { location: hel1 }',
      'arbiter: { location: nbg1 }',
      'load_balancers:\n  x: { routes: { x.example.com: app.p } }\n  y: { routes: { y.example.com: app.q } }',
      'apps:\n  p: { port: 3000, run: { container: x } }\n  q: { port: 3001, run: { container: x } }',
      'databases:\n  m: { engine: mariadb, backup: bucket.u }\n  n: { engine: mariadb, port: 3307, backup: bucket.u }',
      'buckets:\n  u: { location: nbg1 }\n  v: { location: hel1, writers: [app.p] }',
    );
    const lines = forward.split('\n');
    const backward = lines.map((line, index) => {
      const first = line.startsWith('  ') && lines[index + 1]?.startsWith('  ');
      const second = line.startsWith('  ') && lines[index - 1]?.startsWith('  ');
      return first ? lines[index + 1] : second ? lines[index - 1] : line;
    });
    assert.notEqual(backward.join('\n'), forward);
    assert.equal(compileText(backward.join('\n')).main, compileText(forward).main);
  });

  it('gives the same bytes twice, in another folder and time zone', () => {
    const [folder, zone] = [process.cwd(), process.env.TZ];
    const expected = compileText(text).main;
    process.chdir('/');
    process.env.TZ = 'Asia/Kathmandu';
    try {
      assert.equal(compileText(text).main, expected);
    } finally {
      process.chdir(folder);
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});
