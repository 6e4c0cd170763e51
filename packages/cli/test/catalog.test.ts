import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundledCatalog, type Catalog, parseCatalog, serializeCatalog } from '@groundplan/catalog';
import { type ApiOptions, startApi } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { type Ended, groundplan } from './support/groundplan.js';
import { type Files, filesIn, inProject } from './support/project.js';
import { project } from './support/topologies.js';

const file = 'groundplan.catalog.json';
const token = 'catalogue'.padEnd(64, '0');
const today = () => new Date().toISOString().slice(0, 10);

interface Updated extends Ended {
  readonly files: Readonly<Record<string, string>>;
}

/** What `groundplan catalog update` does in a project with these files, against an API of its own. */
async function update(
  files: Files = {},
  options: ApiOptions = {},
  variables: Record<string, string> = {},
): Promise<Updated> {
  const tokens = { [token]: { project: 'shop', permission: 'read' as const } };
  const api = await startApi({ tokens, ...options });
  try {
    return await updateAt(api.url, files, variables);
  } finally {
    await api.close();
  }
}

function updateAt(url: string, files: Files, variables: Record<string, string> = {}): Promise<Updated> {
  return inProject({ ...files, x: '' }, async (folder) => {
    const ended = await groundplan(['catalog', 'update'], {
      folder,
      variables: { HCLOUD_ENDPOINT: url, HCLOUD_TOKEN: token, ...variables },
    });
    return { ...ended, files: await filesIn(folder) };
  });
}

/** The offer in which the type that apps get by default is not sold in Falkenstein. */
const withoutCx33: Catalog = {
  ...bundledCatalog,
  serverTypes: bundledCatalog.serverTypes.map((type) => {
    if (type.name !== 'cx33') return type;
    const { fsn1: _, ...others } = type.perLocation;
    return { ...type, perLocation: others };
  }),
};

describe('groundplan catalog', () => {
  it('says which catalogue is in force', async () => {
    const { code, stdout } = await inProject({ x: '' }, (folder) => groundplan(['catalog'], { folder }));
    const { serverTypes, locations, date, sources } = bundledCatalog;
    assert.equal(
      stdout.split('\n')[0],
      `bundled with Groundplan: ${serverTypes.length} server types in ${locations.length} locations, as of ${date}`,
    );
    for (const { title } of Object.values(sources)) assert.ok(stdout.includes(title), title);
    assert.equal(code, 0);
    const own = { [file]: serializeCatalog({ ...bundledCatalog, date: '2030-01-02' }), 'a/b/x': '' };
    const inside = await inProject(own, (folder) => groundplan(['catalog', '-C', 'a/b'], { folder }));
    assert.match(inside.stdout, /^.*groundplan\.catalog\.json: .*, as of 2030-01-02\n/);
  });

  it('takes nothing but update', async () => {
    const { code, stderr } = await inProject({ x: '' }, (folder) => groundplan(['catalog', 'upgrade'], { folder }));
    assert.deepEqual(
      [code, stderr],
      [2, 'groundplan: "upgrade" is nothing that a catalogue does: it takes "update"\n'],
    );
  });
});

describe('groundplan catalog update', () => {
  it('writes what the API offers, with its date and its source', async () => {
    const { code, stdout, stderr, files } = await update();
    const { value, problems } = parseCatalog(JSON.parse(files[file] ?? ''));
    assert.deepEqual(problems, []);
    assert.equal(value?.date, today());
    assert.ok(Object.values(value?.sources ?? {}).some(({ kind, date }) => kind === 'user' && date === today()));
    assert.equal(files[file], value && serializeCatalog(value));
    const summary = `${value?.serverTypes.length} server types in ${value?.locations.length} locations, as of ${today()}`;
    assert.equal(stderr.split('\n').at(-2), `wrote ${file}: ${summary}`);
    assert.deepEqual([code, stdout], [0, '']);
  });

  it('loses nothing that the bundled catalogue knows when the API offers just that', async () => {
    const { files } = await update();
    const updated = JSON.parse(files[file] ?? '') as Catalog;
    const known = bundledCatalog.serverTypes.flatMap(({ name, perLocation }) => {
      return Object.entries(perLocation).map(([location, { monthly }]) => [
        name,
        location,
        monthly.known ? monthly.value : undefined,
      ]);
    });
    const now = updated.serverTypes.flatMap(({ name, perLocation }) => {
      return Object.entries(perLocation).map(([location, { monthly }]) => [
        name,
        location,
        monthly.known ? monthly.value : undefined,
      ]);
    });
    assert.deepEqual(now.map(String).sort(), known.map(String).sort());
    assert.deepEqual(updated.limits, bundledCatalog.limits);
    assert.deepEqual(updated.locations, JSON.parse(serializeCatalog(bundledCatalog)).locations);
  });

  it('is what the next check goes by', async () => {
    const { files } = await update(project(), { catalog: withoutCx33 });
    const checked = await inProject(files, (folder) => groundplan(['check'], { folder }));
    const before = await inProject(project(), (folder) => groundplan(['check'], { folder }));
    assert.equal(before.stdout, '0 errors, 0 warnings in 1 file\n');
    const costs = await inProject(files, (folder) => groundplan(['cost'], { folder }));
    assert.match(costs.stdout, new RegExp(`by the catalogue of ${today()};`));
    assert.doesNotMatch(costs.stdout, /cx33/, 'a type that is not sold there is no default');
    assert.equal(checked.code, 0);
    const written = await inProject({ ...files, ...project(['port: 3000,', 'port: 3000, type: cx33,']) }, (folder) =>
      groundplan(['check'], { folder }),
    );
    assert.match(written.stdout, /warning region\/type-unavailable/);
  });

  it('replaces the catalogue that is in force, from any folder of the project', async () => {
    const old = serializeCatalog({ ...bundledCatalog, date: '2020-01-02' });
    const api = await startApi({ tokens: { [token]: { project: 'shop', permission: 'read' } } });
    try {
      await inProject({ [file]: old, '.git/x': '', 'deep/er/x': '' }, async (folder) => {
        const variables = { HCLOUD_ENDPOINT: api.url, HCLOUD_TOKEN: token };
        assert.equal((await groundplan(['catalog', 'update', '-C', 'deep/er'], { folder, variables })).code, 0);
        const files = await filesIn(folder);
        assert.equal(files[`deep/er/${file}`], undefined);
        assert.equal(JSON.parse(files[file] ?? '').date, today());
      });
    } finally {
      await api.close();
    }
  });

  it('mends a catalogue that cannot be read', async () => {
    const { code, stderr, files } = await update({ [file]: '{' });
    assert.match(stderr, /^groundplan\.catalog\.json: this is not JSON; it is made anew\n/);
    assert.equal(JSON.parse(files[file] ?? '').date, today());
    assert.equal(code, 0);
  });

  describe('that cannot be done ends with 2 and one line, and writes nothing', () => {
    const nothing = ({ code, stdout, files }: Updated) =>
      assert.deepEqual([code, stdout, files[file]], [2, '', undefined]);

    it('without a token', async () => {
      const ended = await update({}, {}, { HCLOUD_TOKEN: '' });
      assert.match(ended.stderr, /^groundplan: HCLOUD_TOKEN is not set: .*\n$/);
      nothing(ended);
    });

    it('with a wrong token', async () => {
      const ended = await update({}, {}, { HCLOUD_TOKEN: '0'.repeat(64) });
      assert.equal(ended.stderr, 'groundplan: the API does not accept the token in HCLOUD_TOKEN\n');
      nothing(ended);
    });

    it('where nobody answers', async () => {
      const ended = await updateAt('http://127.0.0.1:9/v1', {});
      assert.match(ended.stderr, /^groundplan: the API cannot be reached at http:\/\/127\.0\.0\.1:9: .*\n$/);
      nothing(ended);
      const unknown = await updateAt('http://nowhere.invalid/v1', {});
      assert.match(unknown.stderr, /^groundplan: the API cannot be reached at http:\/\/nowhere\.invalid: .+\n$/);
      nothing(unknown);
    });

    it('at what is no address', async () => {
      const ended = await updateAt('nowhere', {});
      assert.equal(ended.stderr, 'groundplan: HCLOUD_ENDPOINT is "nowhere", which is no address\n');
      nothing(ended);
    });

    it('where somebody else answers', async () => {
      const answers = [
        {
          status: 200,
          body: '<html>hello</html>',
          says: /^groundplan: the API's answer to \/locations has no list "locations"\n$/,
        },
        {
          status: 200,
          body: '{"locations":[]}',
          says: /^groundplan: the API's answer to \/server_types has no list "server_types"\n$/,
        },
        { status: 500, body: 'oops', says: /^groundplan: the API answers 500 to \/v1\/locations: no reason given\n$/ },
        {
          status: 403,
          body: '{"error":{"message":"not you"}}',
          says: /^groundplan: the API answers 403 to \/v1\/locations: not you\n$/,
        },
      ];
      for (const { status, body, says } of answers) {
        const server = createServer((_, response) => response.writeHead(status).end(body));
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        try {
          const ended = await updateAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, {});
          assert.match(ended.stderr, says);
          nothing(ended);
        } finally {
          server.close();
        }
      }
    });

    it('where something else has the name', async () => {
      const ended = await update({ [`${file}/x`]: '' });
      assert.match(ended.stderr, /groundplan\.catalog\.json: it is a folder/);
      nothing(ended);
    });
  });
});
