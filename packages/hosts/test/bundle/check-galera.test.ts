import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, type Context, describe, it } from 'mocha';
import { needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { bundle, programs, topology } from './alerts/hosts.js';
import { type Stage, stage } from './stage.js';

describe('the check of a Galera cluster', function () {
  this.timeout(20_000);

  const model = topology(
    'databases: { shelf: { engine: mariadb, standby: 2, backup: bucket.dumps } }\nbuckets: { dumps: { location: hel1 } }',
  );
  let staged: Stage | undefined;

  afterEach(() => staged?.remove());

  const wrong = async (status: number, body: string, test: Context) => {
    const python = needs(test, 'python3');
    const server = createServer((_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    staged = stage(bundle(model, 'fsn1_db_shelf_1'), 'own-folders', (path, content) =>
      path.endsWith('/galera') ? content.replace(/http:\/\/10\.[\d.]+:9200/, `http://127.0.0.1:${port}`) : content,
    );
    const path = staged.at(`${programs}/watch.d/galera`);
    const { stdout, stderr } = await runProcess(python, [path], { cwd: '/', env: { PATH: process.env.PATH ?? '' } });
    server.close();
    assert.equal(stderr, '');
    return stdout.split('\t').slice(0, 2).join(': ');
  };

  const cases = [
    [200, 'wsrep_cluster_size=3 wsrep_cluster_status=Primary wsrep_local_state=4 wsrep_ready=ON', ''],
    [
      200,
      'wsrep_cluster_size=2 wsrep_cluster_status=Primary wsrep_local_state=4 wsrep_ready=ON',
      'member: database.shelf has 2 of 3 members',
    ],
    [
      503,
      'wsrep_cluster_size=1 wsrep_cluster_status=non-Primary wsrep_local_state=0 wsrep_ready=OFF',
      'majority: this member of database.shelf is cut off from the majority: it neither reads nor writes',
    ],
    [
      503,
      'wsrep_cluster_size=3 wsrep_cluster_status=Primary wsrep_local_state=1 wsrep_ready=OFF',
      'behind: this member of database.shelf has not caught up',
    ],
    [503, 'no answer', 'server: MariaDB of database.shelf does not answer here'],
  ] as const;
  for (const [status, body, found] of cases)
    it(`says ${found === '' ? 'nothing' : found} when it hears ${body}`, async function () {
      assert.equal(await wrong(status, body, this), found);
    });
});
