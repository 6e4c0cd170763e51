import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { groundplan } from './support/groundplan.js';
import { inProject } from './support/project.js';
import { keepingSecrets, keptTopology } from './support/secrets.js';
import { project } from './support/topologies.js';

describe('groundplan keys, by its words', () => {
  const cases: readonly (readonly [args: readonly string[], problem: RegExp])[] = [
    [['lst'], /"lst" is no topology, and nothing that keys does: did you mean list\?/],
    [['list', 'hcloud_token'], /keys list takes no "hcloud_token"/],
    [['rotate'], /keys rotate needs NAME/],
    [['gone.yaml'], /gone\.yaml: there is no such file/],
    [['set', 'a', 'x.yaml', 'y.yaml'], /keys takes one FILE, not 2/],
    [['list', '--check'], /keys list takes no --check/],
    [['identity', 'x.yaml'], /keys identity takes no topology/],
  ];
  for (const [args, problem] of cases) {
    it(`refuses ${args.join(' ')}`, () =>
      inProject(project(), async (folder) => {
        const { code, stderr } = await groundplan(['keys', ...args], { folder });
        assert.equal(code, 2);
        assert.match(stderr, problem);
      }));
  }

  it('takes secret.NAME for NAME, as the topology writes it', () =>
    keepingSecrets(async ({ ok, write, person, values }) => {
      await write({ 'topology.yaml': keptTopology([person.recipient], ['env: {', 'env: { KEY: "${secret.MASTER}",']) });
      await ok(['keys', 'set', 'secret.MASTER'], { input: 'hunter2' });
      assert.equal((await values()).get('MASTER'), 'hunter2');
    }));
});
