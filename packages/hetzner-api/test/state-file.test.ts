import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { type Client, noon, refused, succeeded, token, withApi } from './support/client.js';
import {
  makeFirewall,
  makeFloatingIp,
  makeNetwork,
  makePlacementGroup,
  makePrimaryIp,
  makeServer,
  makeSshKey,
  makeVolume,
  makeZone,
  readServer,
  type ServerCreated,
  smallServer,
} from './support/make.js';

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hetzner-api-'));
  try {
    await test(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function makeOneOfEach(client: Client): Promise<void> {
  await makeSshKey(client);
  const network = await makeNetwork(client);
  const group = await makePlacementGroup(client);
  const firewall = await makeFirewall(client);
  const server = await makeServer(client, {
    networks: [network.id],
    placement_group: group.id,
    firewalls: [{ firewall: firewall.id }],
    ssh_keys: ['ops'],
  });
  await makeVolume(client, { server: server.id, location: undefined });
  await makeFloatingIp(client, { server: server.id });
  await makePrimaryIp(client);
  await makeZone(client);
}

describe('a state file', () => {
  it('brings everything back', async () => {
    await withFolder(async (folder) => {
      const stateFile = join(folder, 'state.json');
      let before: unknown;
      await withApi({ stateFile }, async (client) => {
        await makeOneOfEach(client);
        before = client.api.snapshot(token);
      });
      await withApi({ stateFile }, async (client) => {
        assert.deepEqual(client.api.snapshot(token), before);
      });
    });
  });

  it('goes on with larger ids and other addresses', async () => {
    await withFolder(async (folder) => {
      const stateFile = join(folder, 'state.json');
      const seen: { id: number; ip: string | undefined }[] = [];
      for (const name of ['web-0', 'web-1']) {
        await withApi({ stateFile }, async (client) => {
          const server = await makeServer(client, { name });
          seen.push({ id: server.id, ip: server.public_net.ipv4?.ip });
          await client.delete(`/servers/${server.id}`);
        });
      }
      const [first, second] = seen;
      assert.ok((second?.id ?? 0) > (first?.id ?? 0));
      assert.notEqual(second?.ip, first?.ip);
    });
  });

  it('lets actions that were running end', async () => {
    await withFolder(async (folder) => {
      const options = { stateFile: join(folder, 'state.json'), actionMilliseconds: 1_000 };
      let id = 0;
      await withApi(options, async (client) => {
        id = succeeded(await client.post<ServerCreated>('/servers', smallServer)).server.id;
      });
      await withApi(options, async (client) => {
        client.clock.now = noon + 500;
        assert.equal((await readServer(client, id)).status, 'initializing');
        refused(await client.post(`/servers/${id}/actions/poweroff`), 423, 'locked');
        client.clock.now = noon + 2_000;
        assert.equal((await readServer(client, id)).status, 'running');
      });
    });
  });

  it('is the only file left, readable by its owner alone, without the token', async () => {
    await withFolder(async (folder) => {
      const stateFile = join(folder, 'state.json');
      await withApi({ stateFile }, async (client) => {
        await makeServer(client);
      });
      assert.deepEqual(await readdir(folder), ['state.json']);
      assert.equal((await stat(stateFile)).mode & 0o777, 0o600);
      assert.ok(!(await readFile(stateFile, 'utf8')).includes(token));
    });
  });

  it('is not changed by a refused request', async () => {
    await withFolder(async (folder) => {
      const stateFile = join(folder, 'state.json');
      await withApi({ stateFile }, async (client) => {
        await makeSshKey(client);
        const before = await readFile(stateFile, 'utf8');
        refused(await client.post('/ssh_keys', { name: 'ops', public_key: 'x' }), 422, 'invalid_input');
        assert.equal(await readFile(stateFile, 'utf8'), before);
      });
    });
  });

  it('that cannot be written is refused at the start', async () => {
    await assert.rejects(startApi({ stateFile: '/dev/null/state.json' }), /^Error: \/dev\/null\/state\.json cannot be/);
  });

  for (const [what, content] of [
    ['no JSON', 'once upon a time'],
    ['another document', '{"format": "something-else"}'],
    ['a list', '[]'],
  ] as const) {
    it(`that is ${what} is refused in one line and left alone`, async () => {
      await withFolder(async (folder) => {
        const stateFile = join(folder, 'state.json');
        await writeFile(stateFile, content);
        await assert.rejects(
          startApi({ stateFile }),
          (error) => error instanceof Error && error.message.includes(stateFile) && !error.message.includes('\n'),
        );
        assert.equal(await readFile(stateFile, 'utf8'), content);
      });
    });
  }
});
