import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { groundplan } from './support/groundplan.js';
import { inProject } from './support/project.js';

const topology = `topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { web: { port: 3000, run: { script: shop.py } } }
databases: { main: { backup: bucket.dumps } }
buckets: { dumps: { location: hel1 } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;
const files = {
  'topology.yaml': topology,
  'shop.py': '#!/usr/bin/python3\n',
  'ops.pub': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFTqMxJHQuHCW3BLDq0fVcUZkTQ3CzW9XuhmU6nc3OC9 ops\n',
};

const rehearse = (args: readonly string[], text = topology) =>
  inProject({ ...files, 'topology.yaml': text }, (folder) => groundplan(['rehearse', ...args], { folder }));

describe('groundplan rehearse', () => {
  it('lists what can happen to a topology, with what is promised', async () => {
    const { code, stdout } = await rehearse(['--list']);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^database-primary-power-loss\n {4}The power of the database primary fails \(F6\): database\.main\n {4}reads: none fails; writes: back in 20 s;/m,
    );
  });

  it('refuses a scenario that there is not, or that cannot happen to the topology', async () => {
    const unknown = await rehearse(['--scenario', 'power-cat']);
    assert.deepEqual([unknown.code, unknown.stdout], [2, '']);
    assert.equal(
      unknown.stderr,
      'groundplan: there is no scenario "power-cat": did you mean power-cut? (see "groundplan rehearse --list")\n',
    );
    const impossible = await rehearse(['-s', 'active-balancer-power-loss']);
    assert.equal(impossible.code, 2);
    assert.match(impossible.stderr, /^groundplan: active-balancer-power-loss cannot happen to this topology/);
  });

  it('says what of a topology it cannot rehearse', async () => {
    const { code, stderr } = await rehearse([], topology.replace('script: shop.py', 'container: "ghcr.io/a/b:1"'));
    assert.equal(code, 2);
    assert.equal(
      stderr,
      'groundplan: topology.yaml cannot be rehearsed yet: app.web is not a script but comes from the internet\n',
    );
  });

  it('shows the errors of a topology, as other commands do', async () => {
    const { code, stderr } = await rehearse([], topology.replace('app.web', 'app.wbe'));
    assert.equal(code, 1);
    assert.match(stderr, /error reference\/unknown/);
  });

  it('needs root on Linux, and says what to do', async () => {
    // Whoever runs the tests.
    const nodeOptions = ['--import', 'data:text/javascript,process.getuid=()=>1000'];
    const { code, stderr } = await inProject(files, (folder) => groundplan(['rehearse'], { folder, nodeOptions }));
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^groundplan: a rehearsal needs (?:root|Linux), for .+: .+\n$/);
  });
});
