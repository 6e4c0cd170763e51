import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { itWithEachTool } from '../support/each-tool.js';
import { assertSucceeded, changeLines, errorLines } from '../support/expect.js';
import { runProcess } from '../support/process.js';
import { openWorkspace, type Tool, type Workspace } from '../support/terraform.js';

describe('the Terraform harness', () => {
  const opened: Workspace[] = [];
  afterEach(async () => {
    for (const workspace of opened.splice(0)) await workspace.dispose();
  });
  const open = async (tool: Tool, mainTfJson: object, variables: Record<string, string> = {}) => {
    const workspace = await openWorkspace({ tool, mainTfJson, hetznerUrl: 'http://127.0.0.1:9/v1', variables });
    opened.push(workspace);
    assertSucceeded(await workspace.init());
    return workspace;
  };

  itWithEachTool('plans, applies the plan, shows the state, destroys', async (tool) => {
    const workspace = await open(tool, { resource: { terraform_data: { a: { input: 'first' } } } });
    const plan = await workspace.plan();
    assert.equal(plan.exitCode, 2);
    assert.deepEqual(changeLines(plan), ['create terraform_data.a']);
    assertSucceeded(await workspace.applyPlan());
    assert.equal((await workspace.plan()).exitCode, 0);

    const { values } = (await workspace.show()) as { values: { root_module: { resources: { address: string }[] } } };
    assert.deepEqual(
      values.root_module.resources.map(({ address }) => address),
      ['terraform_data.a'],
    );
    assert.equal(((await workspace.stateJson()).resources as unknown[]).length, 1);

    await workspace.write({ resource: { terraform_data: { a: { input: 'first', triggers_replace: ['x'] } } } });
    assert.deepEqual(changeLines(await workspace.plan()), ['delete+create terraform_data.a']);
    assertSucceeded(await workspace.destroy());
    assert.deepEqual((await workspace.stateJson()).resources, []);
  });

  itWithEachTool('gives each error its place in main.tf.json', async (tool) => {
    const precondition = [{ condition: '${var.wanted}', error_message: 'never holds' }];
    const workspace = await open(tool, {
      variable: { wanted: { default: false } },
      resource: { terraform_data: { a: { lifecycle: { precondition } } } },
    });
    const plan = await workspace.plan();
    assert.equal(plan.json, undefined);
    assert.match(errorLines(plan).join(), /never holds/);
    const [diagnostic] = plan.diagnostics;
    assert.equal(diagnostic?.range?.filename, 'main.tf.json');
    assert.ok((diagnostic?.range?.start.line ?? 0) > 1);
  });

  itWithEachTool('passes variables, ephemeral ones too', async (tool) => {
    const mainTfJson = {
      variable: {
        hcloud_token: { type: 'string', ephemeral: true },
        unprotected: { type: 'set(string)', default: [] },
      },
      output: { unprotected: { value: '${var.unprotected}' } },
      resource: { terraform_data: { a: { lifecycle: { precondition: [tokenLength] } } } },
    };
    const workspace = await open(tool, mainTfJson, { unprotected: '["a"]' });
    assertSucceeded(await workspace.apply());
    workspace.setVariables({ unprotected: '["a", "b"]' });
    assertSucceeded(await workspace.apply());
    const { outputs } = (await workspace.stateJson()) as { outputs: { unprotected: { value: string[] } } };
    assert.deepEqual(outputs.unprotected.value, ['a', 'b']);
  });

  itWithEachTool("takes nothing of the user's environment, and leaves nothing in the user's home", async (tool) => {
    const poison = {
      TF_CLI_ARGS: '-no-such-flag',
      TF_VAR_poison: 'x',
      TF_CLI_CONFIG_FILE: '/nonexistent',
      HTTPS_PROXY: 'x',
    };
    const before = Object.keys(poison).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, poison);
    try {
      const provisioner = [{ 'local-exec': { command: 'env > env.txt' } }];
      const workspace = await open(tool, { resource: { terraform_data: { a: { provisioner } } } });
      assertSucceeded(await workspace.apply());
      const environment = (await readFile(join(workspace.dir, 'env.txt'), 'utf8')).split('\n');
      const variable = (name: string) =>
        environment.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
      for (const name of ['TF_CLI_ARGS', 'TF_VAR_poison', 'HTTPS_PROXY']) assert.equal(variable(name), undefined, name);
      assert.equal(variable('HOME'), join(workspace.dir, '..', 'home'));
      assert.equal(variable('TMPDIR'), join(workspace.dir, '..', 't'));
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  itWithEachTool('can keep the state of any backend in a local file', async (tool) => {
    const backend = { s3: { bucket: 'state', key: 'state', region: 'fsn1' } };
    const mainTfJson = { terraform: { backend }, resource: { terraform_data: { a: {} } } };
    const workspace = await openWorkspace({
      tool,
      mainTfJson,
      hetznerUrl: 'http://127.0.0.1:9/v1',
      localBackend: true,
    });
    opened.push(workspace);
    assertSucceeded(await workspace.init());
    assertSucceeded(await workspace.apply());
    await access(join(workspace.dir, 'terraform.tfstate'));
  });

  itWithEachTool('leaves no folder behind', async (tool) => {
    const workspace = await open(tool, {});
    await workspace.dispose();
    await assert.rejects(access(workspace.dir), { code: 'ENOENT' });
  });

  it('ends a program that does not end by itself, with all that it started', async () => {
    // The sleep holds the output open, so the run is over only once the sleep is gone too.
    const env = { PATH: process.env.PATH ?? '' };
    const run = runProcess('/bin/sh', ['-c', 'sleep 600 & wait'], { cwd: '/', env, timeoutMilliseconds: 300 });
    await assert.rejects(run, /did not end within 300 ms/);
  });
});

const tokenLength = { condition: '${length(var.hcloud_token) == 64}', error_message: 'no token' };
