import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compileText, resource, topology } from './support.js';

describe('guard', () => {
  const outcome = compileText(
    topology(
      'databases: { main: { engine: postgresql, backup: bucket.dumps } }',
      'buckets: { dumps: { location: hel1 } }',
    ),
  );

  it('asks for what is there with data, waiting for nothing, so that it is known when planning', () => {
    const selector = { stateful: { with_selector: 'topology=shop,stateful=true' } };
    const { hcloud_servers, hcloud_volumes } = outcome.module.data;
    assert.deepEqual({ hcloud_servers, hcloud_volumes }, { hcloud_servers: selector, hcloud_volumes: selector });
  });

  it('knows what the topology has by first names', () => {
    assert.deepEqual(outcome.module.locals.stateful_hosts, ['fsn1_db_main_1', 'fsn1_db_main_2']);
    assert.deepEqual(compileText(topology()).module.locals.stateful_hosts, []);
  });

  it('refuses the plan, and says how to mean it', () => {
    const { lifecycle } = resource(outcome, 'terraform_data.guard') as {
      lifecycle: { precondition: { condition: string; error_message: string }[] };
    };
    assert.equal(lifecycle.precondition.length, 1);
    assert.equal(lifecycle.precondition[0]?.condition, '${length(local.lost) == 0}');
    assert.match(lifecycle.precondition[0]?.error_message ?? '', /Nothing has been changed\..*-var 'unprotected=\[/);
  });
});
