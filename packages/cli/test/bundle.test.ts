import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { bundleCli } from '../scripts/bundle.mjs';
import { bundled, groundplan, program, runProgram } from './support/groundplan.js';
import { inProject } from './support/project.js';
import { project } from './support/topologies.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Says on standard error, before a module is loaded, which. */
const hooks = `
  import { writeSync } from 'node:fs';
  export async function load(url, context, next) {
    writeSync(2, 'loads ' + url + '\\n');
    return next(url, context);
  }
`;
const dataUrl = (script: string) => `data:text/javascript,${encodeURIComponent(script)}`;
const registers = dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hooks))});`);

/** The sources that are in the files of the bundle that a command really loads. */
async function loadedSources(args: readonly string[]): Promise<string[]> {
  const { stderr } = await inProject(project(['app.web }', 'app.wbe }']), (folder) =>
    groundplan(args, { folder, nodeOptions: ['--import', registers] }),
  );
  const urls = [...stderr.matchAll(/^loads (file:.*)$/gm)].map(([, url = '']) => url);
  const { outputs } = await bundled();
  const loaded = Object.entries(outputs).filter(([path]) => urls.some((url) => basename(url) === basename(path)));
  assert.ok(
    urls.some((url) => url.endsWith('/bin/groundplan.js')),
    stderr,
  );
  assert.equal(loaded.length + 1, urls.length, 'nothing but the program and files of the bundle is loaded');
  return loaded.flatMap(([, { inputs }]) => Object.keys(inputs));
}

describe('the bundle', () => {
  const heavy =
    /node_modules\/(?:cdktn|constructs|vscode-[^/]+)\/|^packages\/(?:terraform|providers|language-server)\//;

  for (const args of [
    ['check'],
    ['check', '--format', 'sarif'],
    ['fmt', '--check'],
    ['explain', 'apps.web.drain'],
    ['completion', 'bash'],
  ]) {
    it(`loads nothing of Terraform's side or of the editor's for ${args.join(' ')}`, async () => {
      const sources = await loadedSources(args);
      assert.ok(sources.includes('packages/cli/src/run.ts'), sources.join('\n'));
      assert.deepEqual(
        sources.filter((source) => heavy.test(source)),
        [],
      );
    });
  }

  it('has what hosts are given only where it is built', async () => {
    const program = 'packages/hosts/src/generated/converge-program.ts';
    const { outputs } = await bundled();
    assert.ok(Object.values(outputs).some(({ inputs }) => program in inputs));
    for (const args of [['check'], ['graph'], ['cost'], ['explain', 'apps'], ['lsp', '--stdio']]) {
      assert.ok(!(await loadedSources(args)).includes(program), args.join(' '));
    }
  });

  it('has the text of the schema only where it is explained', async () => {
    const schema = 'packages/model/src/generated/schema.ts';
    assert.ok(!(await loadedSources(['check'])).includes(schema));
    assert.ok((await loadedSources(['explain', 'apps'])).includes(schema));
  });

  it('says under which licences it holds the work of others, and where its sources are', async () => {
    await bundled();
    const notices = await readFile(join(dirname(program), '../dist/bundle/THIRD-PARTY-NOTICES.txt'), 'utf8');
    assert.match(
      notices,
      /^@resvg\/resvg-wasm [\d.]+ \(MPL-2\.0\)\nSources: https:\/\/github\.com\/yisibl\/resvg-js\n\nMozilla Public License, version 2\.0\n/m,
    );
    assert.match(notices, /^inter-ui [\d.]+ \(OFL-1\.1\)\n.*\n\n[\s\S]*?SIL OPEN FONT LICENSE/m);
    for (const name of ['yaml', 'age-encryption', 'constructs', 'vscode-languageserver'])
      assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
  });

  it('says where PNG is to be had when it comes without what makes it, as in the editor', () =>
    inProject(project(), async (folder) => {
      const small = join(folder, 'small');
      await bundleCli(root, { folder: small, raster: false });
      await writeFile(
        join(small, 'package.json'),
        '{ "name": "@groundplan/cli", "version": "0.1.0", "type": "module" }',
      );
      const run = (...args: readonly string[]) =>
        runProgram(process.execPath, [join(small, 'main.js'), 'graph', ...args], { folder });
      assert.deepEqual(await run('--format', 'png', '-o', 'a.png'), {
        code: 2,
        signal: undefined,
        stdout: '',
        stderr:
          'groundplan: the groundplan command that comes with the editor makes no PNG, to stay small: export the picture from the preview, use --format svg, or install the command by npm\n',
      });
      assert.match((await run()).stdout, /^<svg /);
    }));

  it('holds the sources that were looked for', async () => {
    const { inputs } = await bundled();
    assert.ok(Object.keys(inputs).some((source) => heavy.test(source)));
  });
});
