import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { catalogue, isCode } from '@groundplan/diagnostics';
import { describeEffect, fail } from '@groundplan/diagram';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';
import { explainCode } from '../src/explain/explain-code.js';
import { explainField, fieldPaths } from '../src/explain/explain-field.js';
import { plain } from '../src/terminal/paint.js';
import { groundplan } from './support/groundplan.js';

async function explain(word: string) {
  return groundplan(['explain', word], { folder: tmpdir() });
}

describe('groundplan explain', () => {
  it('shows the page of a diagnostic', async () => {
    const { code, stdout, stderr } = await explain('dns/ttl-high');
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^dns\/ttl-high {2}warning\n\n.+\n\n/);
    assert.match(stdout, /# groundplan-ignore-next-line dns\/ttl-high: reason/);
    assert.match(stdout, /\nhttps:\/\/\S+\/dns\/ttl-high\.md\n$/);
  });

  it('shows what gives the diagnostic, and the mended file', async () => {
    const { stdout } = await explain('region/address-clash');
    assert.match(stdout, /\nExample\n\n {2}topology: v1\n/);
    assert.match(stdout, /\n {2}9:3 error region\/address-clash {2}app\.users and app\.web fall into/);
    assert.match(stdout, /\n {2}\+ {2}users: \{.*, slot: 1 \}\n/);
    assert.doesNotMatch(stdout, /```/);
  });

  it('says of an error that it cannot be ignored', async () => {
    const { stdout } = await explain('reference/unknown');
    assert.match(stdout, /^reference\/unknown {2}error\n/);
    assert.match(stdout, /neither be ignored nor made less/);
    assert.doesNotMatch(stdout, /ignore-next-line/);
  });

  it('shows the page of a field by its path, with a name or with *', async () => {
    const { code, stdout } = await explain('apps.web.drain');
    assert.equal(code, 0);
    assert.match(stdout, /^apps\.\*\.drain {2}\S/);
    assert.match(stdout, /\n {2}type +text\n/);
    assert.match(stdout, /\n {2}default +20s\n/);
    assert.match(stdout, /\nexample\n {2}drain: /);
    assert.equal((await explain('apps.*.drain')).stdout, stdout);
  });

  it('says what a change of a field does to a topology that runs', async () => {
    const { stdout } = await explain('apps.web.drain');
    assert.match(
      stdout,
      /\na change\n {2}Programs drain and restart, one host after the other\.\n {2}on hosts {6}app servers: /,
    );
    assert.match(
      (await explain('apps.web.type')).stdout,
      /\n {2}in Terraform {2}hcloud_server is changed while it is off: /,
    );
    assert.match((await explain('secrets.file')).stdout, /\na change\n {2}Changes nothing that runs\.\n\n/);
    assert.match((await explain('tunnel.mtu')).stdout, /\na change\n {2}Changes nothing on hosts yet: /);
    assert.doesNotMatch((await explain('apps')).stdout, /\na change\n/);
    assert.match((await explain('image')).stdout, /\na change\n {2}For servers that are made from now on\. /);
  });

  it('lists the values that a field takes', async () => {
    const { stdout } = await explain('load_balancers.edge.mode');
    assert.match(stdout, /\n {2}values {3}active-active: .+\n(?: {11}.+\n)*? {11}active-standby: .+\n/);
  });

  it('lists the keys of a map, and marks those that are required', async () => {
    const { stdout } = await explain('arbiter');
    assert.match(stdout, /\nkeys\n(?: {2}.+\n)*? {2}location {2}.*\(required\)\n/);
    assert.match((await explain('databases.main.volume.size')).stdout, /\n {2}default +50GB\n/);
  });

  for (const [word, says] of [
    ['dns/ttl-hihg', 'there is no diagnostic "dns/ttl-hihg": did you mean dns/ttl-high?'],
    ['apps.web.drian', 'apps.web has no field "drian": did you mean apps.web.drain?'],
    ['aps.web.drain', 'there is no field "aps": did you mean apps.web.drain?'],
    ['drain', 'there is no field "drain": did you mean apps.*.drain?'],
    ['zzzzz', 'there is no field "zzzzz"'],
    ['destroy', 'destroy is a command, which "groundplan destroy --help" explains'],
    ['zzzzz/yyyyy', 'there is no diagnostic "zzzzz/yyyyy"'],
    ['', 'there is no field ""'],
  ] as const) {
    it(`says of "${word}": ${says}`, async () => {
      assert.deepEqual(await explain(word), {
        code: 2,
        signal: undefined,
        stdout: '',
        stderr: `groundplan: ${says}\n`,
      });
    });
  }

  it('tells the times of the failover of DNS that "graph --fail" tells', async () => {
    const says = (explainField('dns.failover', plain) ?? '').replace(/\s+/g, ' ');
    const [record = 0, client = 0, more = 0] = [
      'within (\\d+) seconds',
      'after (\\d+), when',
      'takes (\\d+) seconds more',
    ].map((pattern) => Number(new RegExp(pattern).exec(says)?.[1]));
    const text = readFileSync(new URL('../../../samples/multi-region-galera/topology.yaml', import.meta.url), 'utf8');
    const { model } = analyse(text);
    const servers = model.hosts.filter(({ region, tier }) => region?.name === 'falkenstein' && tier === 'db');
    const told = (ids: readonly string[]) => describeEffect(fail(model, ids)).join('\n');
    assert.match(
      told(['host.falkenstein_lb_edge_1']),
      new RegExp(`leave DNS in ≤ ${record} s, clients are off them in ≤ ${client} s`),
    );
    assert.match(
      told(servers.map(({ key }) => `host.${key}`)),
      new RegExp(`leave DNS in ≤ ${record + more} s, clients are off them in ≤ ${client + more} s`),
    );
  });

  it('has a page for every code and for every field', () => {
    for (const code of Object.keys(catalogue)) {
      assert.ok(isCode(code));
      assert.ok((explainCode(code, plain) ?? '').includes(catalogue[code].title), code);
    }
    const paths = fieldPaths();
    assert.ok(paths.length > 100, `${paths.length} fields`);
    for (const path of paths) assert.match(explainField(path, plain) ?? '', /^\S+ {2}\S.*\n\n\S/, path);
  });
});
