import assert from 'node:assert/strict';
import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { groundplan } from './support/groundplan.js';
import { inProject } from './support/project.js';
import { keepingSecrets, keptTopology, newPerson } from './support/secrets.js';
import { project } from './support/topologies.js';

describe('groundplan keys recipients', () => {
  it('lets in who was added, and shuts out who was removed', () =>
    keepingSecrets(async ({ ok, run, write, person, folder }) => {
      const other = await newPerson();
      await write({ 'other/.config/groundplan/identity': other.identity });
      const asOther = { variables: { HOME: join(folder, 'other') } };
      await ok(['keys']);
      const shut = await run(['keys'], asOther);
      assert.equal(shut.code, 2);
      assert.match(
        shut.stderr,
        new RegExp(`is not encrypted for ${other.recipient} \\(from ~/\\.config/groundplan/identity\\)`),
      );

      await write({ 'topology.yaml': keptTopology([person.recipient, other.recipient]) });
      assert.match(
        (await ok(['keys', 'recipients'])).stderr,
        new RegExp(`now encrypted for ${other.recipient} as well`),
      );
      await ok(['keys'], asOther);

      await write({ 'topology.yaml': keptTopology([other.recipient]) });
      const { stderr } = await ok(['keys', 'recipients']);
      assert.match(stderr, new RegExp(`no longer encrypted for ${person.recipient}, who may have read`));
      assert.match(stderr, /you cannot open it/);
      assert.equal((await run(['keys'])).code, 2);
      await ok(['keys'], asOther);
    }));

  it('says what to write when the topology names nobody', async () => {
    const person = await newPerson();
    const home = { HOME: '/nowhere' };
    await inProject({ ...project(), identity: person.identity }, async (folder) => {
      const without = await groundplan(['keys'], { folder, variables: home });
      assert.equal(without.code, 2);
      assert.match(
        without.stderr,
        /does not say who may open the secrets: "groundplan keys identity" makes you an identity/,
      );
      const withOne = await groundplan(['keys', '-i', 'identity'], { folder, variables: home });
      assert.match(withOne.stderr, new RegExp(`add "secrets: \\{ recipients: \\[${person.recipient}\\] \\}"`));
      assert.equal((await readdir(folder)).includes('secrets.age'), false);
    });
  });

  it('shows a mistyped recipient at its place', () =>
    keepingSecrets(async ({ run, write, person }) => {
      const mistyped = `${person.recipient.slice(0, -1)}${person.recipient.endsWith('q') ? 'p' : 'q'}`;
      await write({ 'topology.yaml': keptTopology([mistyped]) });
      const { code, stderr } = await run(['keys']);
      assert.equal(code, 2);
      assert.match(stderr, /topology\.yaml:14:\d+: this is no recipient/);
    }));
});

describe('groundplan keys identity', () => {
  it('makes one for its owner alone, shows its public half, and leaves it from then on', () =>
    inProject(project(), async (folder) => {
      const variables = { HOME: folder };
      const first = await groundplan(['keys', 'identity'], { folder, variables });
      assert.equal(first.code, 0);
      assert.match(first.stdout, /^age1[0-9a-z]{58}\n$/);
      assert.match(first.stderr, /^made ~\/\.config\/groundplan\/identity/);
      const file = join(folder, '.config/groundplan/identity');
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      const second = await groundplan(['keys', 'identity'], { folder, variables });
      assert.deepEqual([second.stdout, second.stderr], [first.stdout, '']);
    }));

  it('is said to be open to others where it is', () =>
    keepingSecrets(async ({ folder, ok }) => {
      await chmod(join(folder, 'home/.config/groundplan/identity'), 0o644);
      assert.match(
        (await ok(['keys'])).stderr,
        /^~\/\.config\/groundplan\/identity can be read by others: "chmod 600 /,
      );
    }));

  it('takes the file that is named, or what the environment holds', () =>
    keepingSecrets(async ({ folder, person, write, ok, run }) => {
      await write({ 'my identity': person.identity });
      const elsewhere = (more: Record<string, string>) => ({ variables: { HOME: join(folder, 'nowhere'), ...more } });
      for (const [args, variables] of [
        [['--identity', 'my identity'], {}],
        [[], { GROUNDPLAN_AGE_IDENTITY: 'my identity' }],
        [[], { GROUNDPLAN_AGE_IDENTITY: person.identity }],
      ] as const) {
        assert.equal((await ok(['keys', 'identity', ...args], elsewhere(variables))).stdout, `${person.recipient}\n`);
        await ok(['keys', ...args], elsewhere(variables));
      }
      const none = await run(['keys'], elsewhere({}));
      assert.equal(none.code, 2);
      assert.match(
        none.stderr,
        /cannot be opened without an identity: name its file by --identity or GROUNDPLAN_AGE_IDENTITY/,
      );
      const wrong = await run(['keys', '-i', 'topology.yaml'], elsewhere({}));
      assert.match(wrong.stderr, /^groundplan: topology\.yaml: it holds a line that is no age identity/);
      assert.match(
        (await run(['keys', '-i', 'gone'], elsewhere({}))).stderr,
        /^groundplan: gone: there is no such file$/m,
      );
    }));
});
