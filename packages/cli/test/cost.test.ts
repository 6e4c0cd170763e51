import assert from 'node:assert/strict';
import { bundledCatalog, knownFigure, serializeCatalog } from '@groundplan/catalog';
import { describe, it } from 'mocha';
import { type Ended, groundplan, runProgram } from './support/groundplan.js';
import { addFiles, type Files, inProject } from './support/project.js';
import { project, topology } from './support/topologies.js';

function cost(files: Files, args: readonly string[] = []): Promise<Ended> {
  return inProject(files, (folder) => groundplan(['cost', ...args], { folder }));
}

/** Prices in the bundled catalogue change with it, so that these are looked up and not written down. */
const dated =
  /^shop: euros a month, net, by the catalogue of \d{4}-\d{2}-\d{2}; without traffic beyond what servers include$/;
const amount = '(?:≥ )?\\d+\\.\\d\\d €(?:, \\d+ prices? unknown)?';

describe('groundplan cost', () => {
  it('shows what each entity costs, with what it is made of, and the total', async () => {
    const { code, stdout, stderr } = await cost(project());
    const lines = stdout.split('\n');
    assert.match(lines[0] ?? '', dated);
    const rows = [
      '',
      `fsn1 +${amount}`,
      `  load_balancer\\.edge +${amount}`,
      '    2 × cx23 at \\d+\\.\\d\\d € +\\d+\\.\\d\\d €',
      '    2 × IPv4 address at 0\\.\\d\\d € +\\d+\\.\\d\\d €',
      `  app\\.web +${amount}`,
      '    2 × cx33 at \\d+\\.\\d\\d € +\\d+\\.\\d\\d €',
      '    2 × IPv4 address at 0\\.\\d\\d € +\\d+\\.\\d\\d €',
      `  database\\.main +${amount}`,
      '    2 × cx33 at \\d+\\.\\d\\d € +\\d+\\.\\d\\d €',
      '    2 × IPv4 address at 0\\.\\d\\d € +\\d+\\.\\d\\d €',
      '    100 GB of volumes at 0\\.\\d+ € +\\d+\\.\\d\\d €',
      '',
      `outside the regions +${amount}`,
      `  buckets +${amount}`,
      `    object storage, the base price of all buckets at ${amount} +${amount}`,
      '',
      `total +${amount}`,
      '',
    ];
    assert.equal(lines.length, rows.length + 1, stdout);
    for (const [index, row] of rows.entries()) assert.match(lines[index + 1] ?? '', new RegExp(`^${row}$`));
    assert.deepEqual([code, stderr], [0, '']);
  });

  it('adds up what it shows', async () => {
    const { stdout } = await cost(project());
    const euros = (pattern: RegExp) => [...stdout.matchAll(pattern)].map(([, text]) => Number(text));
    const sum = (numbers: readonly number[]) => Number(numbers.reduce((all, one) => all + one, 0).toFixed(2));
    const [total] = euros(/^total .*?(\d+\.\d\d) €/gm);
    assert.equal(sum(euros(/^ {2}\S.* {2,}(\d+\.\d\d) €$/gm)), total);
    assert.equal(sum(euros(/^ {4}\S.* {2,}(\d+\.\d\d) €$/gm)), total);
  });

  it('lines its euros up', async () => {
    const { stdout } = await cost(project());
    const ends = stdout
      .split('\n')
      .slice(2)
      .filter((line) => line !== '')
      .map((line) => line.lastIndexOf('€'));
    assert.equal(new Set(ends).size, 1, stdout);
  });

  it('says that a price is unknown, and never counts it as zero', async () => {
    const standby = project(['edge: { ', 'edge: { mode: active-standby, ']);
    const { stdout } = await cost(standby);
    assert.match(stdout, /^ {4}1 × floating IPv4 {2,}(?:unknown|\d)/m);
    if (/unknown$/m.test(stdout)) assert.match(stdout, /^total +≥ \d+\.\d\d €, \d+ prices? unknown$/m);
  });

  it('adds up the tiers where one stands in several places', async () => {
    assert.doesNotMatch((await cost(project())).stdout, /by tier/);
    const two = project(['apps:\n', 'apps:\n  worker: { run: { container: "ghcr.io/acme/shop:1.4.2" } }\n']);
    const { stdout } = await cost(two);
    const euros = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1]);
    const parts = euros(/ app\.web +(\S+)/) + euros(/ app\.worker +(\S+)/);
    assert.equal(euros(/\nby tier\n(?: {2}.*\n)* {2}apps +(\S+) €\n/), Number(parts.toFixed(2)));
  });

  it('says the same in JSON', async () => {
    const { stdout } = await cost(project(), ['--format', 'json']);
    const { topology: name, currency, date, total, regions, tiers, entities } = JSON.parse(stdout);
    assert.deepEqual([name, currency], ['shop', 'EUR']);
    assert.match(date, /^\d{4}-\d{2}-\d{2}$/);
    assert.ok(total.euros > 0);
    assert.deepEqual(
      regions.map((region: { name: string }) => region.name),
      ['fsn1'],
    );
    assert.deepEqual(
      tiers.map(({ tier }: { tier: string }) => tier),
      ['load_balancers', 'apps', 'databases', 'buckets'],
    );
    assert.deepEqual(entities[1].lines[0].type, 'cx33');
  });

  it('does not cost what has errors', async () => {
    const { code, stdout, stderr } = await cost(project(['app.web }', 'app.wbe }']));
    assert.match(stderr, /^topology\.yaml:6:39 error reference\/unknown/);
    assert.deepEqual([code, stdout], [1, '']);
  });

  describe('--against', () => {
    const more = topology(['port: 3000,', 'port: 3000, count: 3,']);

    it('a file shows what differs', async () => {
      const { code, stdout } = await cost({ ...project(), 'more.topology.yaml': more }, [
        'more.topology.yaml',
        '--against',
        'topology.yaml',
      ]);
      const changed = '\\d+\\.\\d\\d € → \\d+\\.\\d\\d € {2}\\(\\+\\d+\\.\\d\\d €\\)';
      assert.match(stdout.split('\n')[0] ?? '', dated);
      assert.match(
        stdout.replace(/^.*\n/, ''),
        new RegExp(`^\\nfsn1 app\\.web {2}${changed}\\n\\ntotal {9}${changed}\\n$`),
      );
      assert.equal(code, 0);
    });

    it('says what is new and what is gone', async () => {
      const worker = topology(['apps:\n', 'apps:\n  worker: { run: { container: "ghcr.io/acme/shop:1.4.2" } }\n']);
      const files = { ...project(), 'worker.topology.yaml': worker };
      const gained = await cost(files, ['worker.topology.yaml', '--against', '.']);
      assert.match(gained.stdout, /^fsn1 app\.worker {2}new, \d+\.\d\d €$/m);
      const lost = await cost(files, ['--against', 'worker.topology.yaml']);
      assert.match(lost.stdout, /^fsn1 app\.worker {2}gone, was \d+\.\d\d €$/m);
      assert.match(lost.stdout, /^total .* → .* {2}\(−\d+\.\d\d €\)$/m);
    });

    it('says which servers move to another price', async () => {
      const files = { ...project(), 'big.topology.yaml': topology(['port: 3000,', 'port: 3000, type: cx43,']) };
      const { stdout } = await cost(files, ['big.topology.yaml', '--against', 'topology.yaml']);
      assert.match(stdout, /\n\napp\.web from cx33 to cx43: 2 servers move to today's price\n$/);
      const { stdout: json } = await cost(files, [
        'big.topology.yaml',
        '--against',
        'topology.yaml',
        '--format',
        'json',
      ]);
      const { before, after, repriced } = JSON.parse(json);
      assert.ok(after.total.euros > before.total.euros);
      assert.deepEqual(
        repriced,
        [1, 2].map((each) => ({ server: `shop-fsn1-app-web-${each}`, owner: 'app.web', from: 'cx33', to: 'cx43' })),
      );
    });

    it('the same shows no change', async () => {
      const { stdout } = await cost(project(), ['--against', 'topology.yaml']);
      assert.match(stdout, /\n\ntotal {2}.*, no change\n$/);
    });

    it('a revision of Git shows what differs from it', async () => {
      const changed = await inProject(project(), async (folder) => {
        const git = async (...args: readonly string[]) => {
          const who = ['-c', 'user.name=Ops', '-c', 'user.email=ops@example.com', '-c', 'commit.gpgsign=false'];
          assert.equal((await runProgram('git', [...who, ...args], { folder })).code, 0, args.join(' '));
        };
        await git('init', '-q', '-b', 'main');
        await git('add', '.');
        await git('commit', '-q', '-m', 'first');
        await addFiles(folder, { 'topology.yaml': more });
        return groundplan(['cost', '--against', 'main'], { folder });
      });
      assert.match(changed.stdout, /^fsn1 app\.web {2}\d/m);
      assert.equal(changed.code, 0);
    });

    it('nothing that there is ends with 2', async () => {
      const wrong = async (against: string, files: Files = project()) => {
        const { code, stdout, stderr } = await cost(files, ['--against', against]);
        assert.deepEqual([code, stdout], [2, ''], stderr);
        return stderr;
      };
      assert.match(await wrong('nowhere'), /^groundplan: nowhere: there is no such file, and as a Git revision: .+\n$/);
      assert.match(await wrong('--upload-pack=x'), /^groundplan: --against needs a file/);
      const broken = { ...project(), 'old.topology.yaml': topology(['app.web }', 'app.wbe }']) };
      assert.match(
        await wrong('old.topology.yaml', broken),
        /^groundplan: old\.topology\.yaml: this has errors, so that it has no cost: nothing is called app\.wbe/,
      );
    });
  });

  it('takes its prices from the catalogue of the project', async () => {
    const serverTypes = bundledCatalog.serverTypes.map((type) => {
      const { fsn1, ...others } = type.perLocation;
      const dear = fsn1 && { ...fsn1, monthly: knownFigure(1234.5, Object.keys(bundledCatalog.sources)[0] ?? '') };
      return { ...type, perLocation: { ...others, ...(dear && { fsn1: dear }) } };
    });
    const own = serializeCatalog({ ...bundledCatalog, date: '2030-01-02', serverTypes });
    const { stdout } = await cost({ ...project(), 'groundplan.catalog.json': own });
    assert.match(stdout, /by the catalogue of 2030-01-02;/);
    assert.match(stdout, /^ {4}2 × cx33 at 1234\.50 € +2469\.00 €$/m);
  });
});
