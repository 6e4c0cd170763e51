import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Picture } from '../src/index.js';
import { rangeOfText } from './support/places.js';
import { topology, withClient } from './support/project.js';

const uri = 'untitled:shop';
const text = topology(['app.web', 'app.wbe']);

function picture(work: (draw: (params?: object) => Promise<Picture>) => Promise<void>): Promise<void> {
  return withClient({}, async (client) => {
    client.open(uri, text, { version: 3 });
    await work((params) => client.request<Picture>('groundplan/diagram', { textDocument: { uri }, ...params }));
  });
}

describe('groundplan/diagram', () => {
  it('draws the text as it is, with the place of each node and what is wrong with it', () =>
    picture(async (draw) => {
      const { version, title, svg, nodes, problems, failable } = await draw();
      assert.deepEqual([version, title], [3, 'shop']);
      assert.match(svg, /^<svg .*<\/svg>\n$/s);
      const database = nodes.find(({ kind }) => kind === 'database');
      assert.equal(database?.range.start.line, rangeOfText(text, 'main', 'databases:').start.line);
      const unknown = problems.find(({ code }) => code === 'reference/unknown');
      assert.deepEqual(unknown?.range, rangeOfText(text, 'app.wbe'));
      const marked = nodes.filter(({ id }) => unknown?.nodes.includes(id)).map(({ kind }) => kind);
      assert.deepEqual(marked, ['load_balancer']);
      assert.ok(failable.some(({ id }) => id === 'region.fsn1'));
    }));

  it('says what a failure does', () =>
    picture(async (draw) => {
      const { failed, states, statements } = await draw({ failed: ['region.fsn1', 'nothing'] });
      assert.deepEqual(failed, ['region.fsn1']);
      assert.ok(Object.values(states).includes('dark'));
      assert.ok(statements.length > 0);
    }));

  it('shows stacks server by server', () =>
    picture(async (draw) => {
      const { nodes } = await draw();
      const stack = nodes.find(({ kind, expandable }) => kind === 'app' && expandable);
      assert.ok(stack);
      const open = await draw({ expanded: [stack.id, 'nothing'] });
      assert.deepEqual(open.expanded, [stack.id]);
      assert.ok(open.nodes.length > nodes.length);
    }));

  it('lays a plan over the picture, and says why it cannot', () =>
    picture(async (draw) => {
      const change = { actions: ['create'], before: null, after: {}, after_unknown: {} };
      const plan = JSON.stringify({
        format_version: '1.2',
        complete: true,
        resource_changes: [
          {
            address: 'hcloud_server.fsn1_app_web_1',
            mode: 'managed',
            type: 'hcloud_server',
            name: 'fsn1_app_web_1',
            change,
          },
          { address: 'null_resource.x', mode: 'managed', type: 'null_resource', name: 'x', change },
        ],
      });
      const { changes, otherChanges, planProblems } = await draw({ plan });
      assert.ok(Object.values(changes).length > 0, JSON.stringify(changes));
      assert.deepEqual(otherChanges, [{ address: 'null_resource.x', action: 'create', range: null }]);
      assert.deepEqual(planProblems, []);
      assert.deepEqual((await draw({ plan: '{' })).planProblems, ['the plan is not JSON']);
    }));
});
