import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledCatalog } from '@groundplan/catalog';
import { describeEffect, drawTopology, fail, toJson, toMermaid } from '@groundplan/diagram';
import { analyse, costOf } from '@groundplan/model';
import { describe, it } from 'mocha';
import { type Ended, groundplan, program, runProgram } from './support/groundplan.js';
import { type Files, inProject } from './support/project.js';
import { project, topology } from './support/topologies.js';

function graph(files: Files, args: readonly string[] = []): Promise<Ended> {
  return inProject(files, (folder) => groundplan(['graph', ...args], { folder }));
}

/** What the editor draws of the same text. */
function drawn(text: string) {
  const { model, diagnostics } = analyse(text);
  return {
    model,
    options: { problems: diagnostics, cost: costOf(model, bundledCatalog), expanded: new Set<string>() },
  };
}

/** The bytes that a run leaves in `picture.png`. */
async function pngOf(files: Files, args: readonly string[], variables: Record<string, string> = {}): Promise<Buffer> {
  return inProject(files, async (folder) => {
    const all = ['graph', '--format', 'png', '-o', 'picture.png', ...args];
    assert.deepEqual(await groundplan(all, { folder, variables }), {
      code: 0,
      signal: undefined,
      stdout: '',
      stderr: '',
    });
    return readFile(join(folder, 'picture.png'));
  });
}

/** Width and height in the header of a PNG (https://www.w3.org/TR/png/#11IHDR). */
function sizeOf(png: Buffer): readonly [number, number] {
  assert.equal(png.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
  assert.equal(png.subarray(12, 16).toString('latin1'), 'IHDR');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('groundplan graph', () => {
  it('writes the SVG that the editor shows, byte for byte', async () => {
    const { model, options } = drawn(topology());
    const { code, stdout, stderr } = await graph(project());
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(stdout, drawTopology(model, options).svg);
  });

  it('writes Mermaid and JSON', async () => {
    const { model, options } = drawn(topology());
    assert.equal((await graph(project(), ['--format', 'mermaid'])).stdout, toMermaid(model, options));
    assert.equal((await graph(project(), ['--format', 'json'])).stdout, toJson(model, options));
  });

  it('has a theme', async () => {
    const { model, options } = drawn(topology());
    const { stdout } = await graph(project(), ['--theme', 'dark']);
    assert.equal(stdout, drawTopology(model, { ...options, theme: 'dark' }).svg);
  });

  it('shows what happens when things fail, named one by one or with commas', async () => {
    const { model, options } = drawn(topology());
    const ids = ['host.fsn1_app_web_1', 'bucket.dumps', 'host.fsn1_lb_edge_2'];
    const { svg } = drawTopology(model, { ...options, effect: fail(model, ids) });
    const args = ['--fail', ids.slice(0, 2).join(','), '--fail', ids[2] as string];
    assert.equal((await graph(project(), args)).stdout, svg);
    assert.ok(svg.includes('>1 of 2 failed</text>'));
  });

  it('tells what a failure does, beside the picture and not in it', async () => {
    const { model } = drawn(topology());
    const ids = ['host.fsn1_lb_edge_1'];
    const lines = describeEffect(fail(model, ids));
    assert.ok(lines.some((line) => line.startsWith('carries on')));
    const { stdout, stderr } = await graph(project(), ['--fail', ids.join()]);
    assert.equal(stderr, lines.map((line) => `${line}\n`).join(''));
    assert.ok(stdout.startsWith('<svg'));
    assert.equal((await graph(project(), ['--fail', ids.join(), '--quiet'])).stderr, '');
  });

  it('shows stacks server by server', async () => {
    const one = await graph(project(), ['--expand', 'tier.fsn1.app.web']);
    assert.ok(one.stdout.includes('data-id="host.fsn1_app_web_2"'));
    assert.ok(!one.stdout.includes('data-id="host.fsn1_lb_edge_1"'));
    const all = await graph(project(), ['--expand', 'all']);
    for (const id of ['fsn1_app_web_2', 'fsn1_lb_edge_1']) assert.ok(all.stdout.includes(`data-id="host.${id}"`), id);
  });

  it('says which id it does not know, and the nearest', async () => {
    assert.deepEqual(await graph(project(), ['--fail', 'region.fsn2']), {
      code: 2,
      signal: undefined,
      stdout: '',
      stderr: 'groundplan: --fail: nothing here that can fail is called "region.fsn2": did you mean region.fsn1?\n',
    });
    const { code, stderr } = await graph(project(), ['--expand', 'tier.fsn1.app.wbe']);
    assert.equal(code, 2);
    assert.match(stderr, /did you mean tier\.fsn1\.app\.web\?/);
  });

  it('draws nothing that has errors', async () => {
    const { code, stdout, stderr } = await graph(project(['app.web }', 'app.wbe }']));
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /reference\/unknown/);
  });

  describe('in a file', () => {
    it('replaces what was there as a whole, and leaves nothing beside it', async () => {
      await inProject({ ...project(), 'out/topology.svg': 'old' }, async (folder) => {
        await symlink('topology.svg', join(folder, 'out', 'link.svg'));
        const { code } = await groundplan(['graph', '-o', 'out/link.svg'], { folder });
        assert.equal(code, 0);
        assert.match(await readFile(join(folder, 'out', 'topology.svg'), 'utf8'), /^<svg /);
        assert.deepEqual((await readdir(join(folder, 'out'))).sort(), ['link.svg', 'topology.svg']);
      });
    });

    it('says why it cannot write', async () => {
      await inProject(project(), async (folder) => {
        await mkdir(join(folder, 'folder.svg'));
        const run = async (path: string) => (await groundplan(['graph', '-o', path], { folder })).stderr;
        assert.equal(await run('folder.svg'), 'groundplan: folder.svg: this is a folder\n');
        assert.equal(await run('nowhere/a.svg'), 'groundplan: nowhere/a.svg: there is no such file\n');
        assert.equal(
          await run('topology.yaml/a.svg'),
          'groundplan: topology.yaml/a.svg: a part of its path is not a folder\n',
        );
      });
    });

    it('holds what its name says', async () => {
      const { code, stderr } = await graph(project(), ['-o', 'a.png']);
      assert.equal(code, 2);
      assert.equal(stderr, 'groundplan: a.png would hold svg: say --format png, or give it another name\n');
    });
  });

  describe('as PNG', function () {
    // Fonts are compiled for each picture, which takes a busy machine a while.
    this.timeout(120_000);

    it('has the size of the SVG, twice or as often as it is told', async () => {
      const { model, options } = drawn(topology());
      const { width, height } = drawTopology(model, options);
      assert.deepEqual(sizeOf(await pngOf(project(), [])), [2 * width, 2 * height]);
      assert.deepEqual(sizeOf(await pngOf(project(), ['--scale', '1'])), [width, height]);
    });

    it('has the same bytes in another folder, time zone and language', async () => {
      const here = await pngOf(project(), ['--scale', '1']);
      const there = await pngOf(project(), ['--scale', '1'], { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8' });
      assert.ok(here.equals(there));
    });

    it('differs by theme', async () => {
      const light = await pngOf(project(), ['--scale', '1', '--theme', 'light']);
      assert.ok(light.equals(await pngOf(project(), ['--scale', '1'])));
      assert.ok(!light.equals(await pngOf(project(), ['--scale', '1', '--theme', 'dark'])));
    });

    it('goes to standard output as it is', async () => {
      const file = await pngOf(project(), ['--scale', '1']);
      await inProject(project(), async (folder) => {
        const line = `exec '${process.execPath}' '${program}' graph --format png --scale 1 > piped.png`;
        const { code, stderr } = await runProgram('sh', ['-c', line], { folder });
        assert.deepEqual([code, stderr], [0, '']);
        assert.ok(file.equals(await readFile(join(folder, 'piped.png'))));
      });
    });

    it('is not written to a terminal', async () => {
      const ended = await inProject(project(), (folder) =>
        groundplan(['graph', '--format', 'png'], { folder, typed: '' }),
      );
      assert.equal(ended.stdout, 'groundplan: a terminal shows no PNG: write it to a file with -o\n');
    });

    it('is not as large as to take the memory of a machine', async () => {
      const [width, height] = sizeOf(await pngOf(project(), ['--scale', '16']));
      assert.ok(width * height <= 65_000_000, `${width} × ${height}`);
      assert.equal((await graph(project(), ['--format', 'png', '--scale', '0'])).code, 2);
    });
  });
});
