import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { describe, it } from 'mocha';
import { bundled, groundplan } from './support/groundplan.js';
import { inProject } from './support/project.js';
import { project } from './support/topologies.js';

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

  it('has the text of the schema only where it is explained', async () => {
    const schema = 'packages/model/src/generated/schema.ts';
    assert.ok(!(await loadedSources(['check'])).includes(schema));
    assert.ok((await loadedSources(['explain', 'apps'])).includes(schema));
  });

  it('holds the sources that were looked for', async () => {
    const { inputs } = await bundled();
    assert.ok(Object.keys(inputs).some((source) => heavy.test(source)));
  });
});
