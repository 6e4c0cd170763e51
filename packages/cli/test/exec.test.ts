import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { analyse } from '@groundplan/model';
import { neededSecrets } from '@groundplan/secrets';
import { seal } from '@groundplan/secrets/node';
import { describe, it } from 'mocha';
import type { RunOptions } from './support/groundplan.js';
import { hetznerToken, type Keeping, keepingSecrets, keptTopology } from './support/secrets.js';

/** A topology for which the user gives no more than the token of Hetzner, and the secret that it names. */
const small = (recipient: string) =>
  keptTopology(
    [recipient],
    ['dns: { provider: cloudflare,', 'dns: { provider: hetzner,'],
    ['  dumps: { location: hel1 }\n', ''],
    ['buckets:\n', 'image: debian-13\nexternal: { far: { type: sftp, host: box.example.net, user: u1, path: /x } }\n'],
    ['bucket.dumps', 'external.far'],
    ['env: {', 'env: { KEY: "${secret.MASTER}",'],
  );

function withToken(work: (keeping: Keeping) => Promise<void>): Promise<void> {
  return keepingSecrets(async (keeping) => {
    await keeping.write({ 'topology.yaml': small(keeping.person.recipient) });
    await keeping.ok(['keys']);
    await keeping.ok(['keys', 'set', 'hcloud_token'], { input: hetznerToken });
    await keeping.ok(['keys', 'set', 'MASTER'], { input: 'hunter2' });
    await work(keeping);
  });
}

const show = ['exec', '--', 'sh', '-c', 'env | grep -E "TF_VAR|GROUNDPLAN|hunter2|PRIVATE"; cat'];

/** The names of the variables of Terraform in an environment, and of Groundplan's own. */
function variablesIn(environment: string): string[] {
  return [...environment.matchAll(/^(TF_VAR_\w+|GROUNDPLAN\w+)=/gm)].map(([, name = '']) => name).sort();
}

/** Those by which the secrets of that topology enter. */
function entering(recipient: string): string[] {
  const needed = neededSecrets(analyse(small(recipient)).model);
  return needed.flatMap(({ variable }) => (variable === undefined ? [] : [`TF_VAR_${variable}`])).sort();
}

describe('groundplan exec', () => {
  it('gives one command what Terraform has a variable for, and nothing else of the secrets', () =>
    withToken(async ({ ok, person }) => {
      const { stdout, stderr } = await ok(show, { input: 'input\n' });
      assert.deepEqual(variablesIn(stdout), entering(person.recipient));
      assert.match(stdout, new RegExp(`^TF_VAR_hcloud_token=${hetznerToken}$`, 'm'));
      assert.match(stdout, /^TF_VAR_MASTER=hunter2$/m);
      assert.match(stdout, /\ninput\n$/);
      assert.equal(stderr, '');
    }));

  it('keeps the identity to itself, also where the environment holds it', () =>
    withToken(async ({ ok, person }) => {
      const { stdout } = await ok(show, { variables: { HOME: '/nowhere', GROUNDPLAN_AGE_IDENTITY: person.identity } });
      assert.deepEqual(variablesIn(stdout), entering(person.recipient));
      assert.doesNotMatch(stdout, /AGE-SECRET-KEY/);
    }));

  it('ends as the command ends', () =>
    withToken(async ({ run }) => {
      const codeOf = async (script: string) => (await run(['exec', '--', 'sh', '-c', script])).code;
      assert.equal(await codeOf('exit 0'), 0);
      assert.equal(await codeOf('exit 7'), 7);
      assert.equal(await codeOf('kill -KILL $$'), 137);
    }));

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    it(`hands ${signal} on, and waits for what the command makes of it`, () =>
      withToken(async ({ run, read, folder }) => {
        const script = `trap 'echo got it > got; exit 3' ${signal.slice(3)}; touch ready; while :; do sleep 0.1; done`;
        const onStart: RunOptions['onStart'] = (pid) => {
          void killWhenReady(pid, signal, () => read('ready'));
        };
        const { code } = await run(['exec', '--', 'sh', '-c', script], { onStart, folder });
        assert.equal(code, 3);
        assert.equal(await read('got'), 'got it\n');
      }));
  }

  it('lets the terminal alone send Ctrl-C, which Terraform must not get twice', () =>
    withToken(async ({ ok }) => {
      const script = 'trap "echo got it" INT; echo ready; for n in 1 2 3 4 5 6 7 8 9 10; do sleep 0.1; done; echo done';
      const { stdout } = await ok(['exec', '--', 'sh', '-c', script], { typed: '\u0003', awaits: 'ready' });
      assert.deepEqual(stdout.match(/got it|done/g), ['got it', 'done']);
    }));

  it('refuses to start while a secret of Terraform is missing, and says how to give it', () =>
    keepingSecrets(async ({ ok, run, read }) => {
      await ok(['keys']);
      const { code, stdout, stderr } = await run(['exec', '--', 'touch', 'started']);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(
        stderr,
        /^groundplan: secrets\.age lacks .*cloudflare_api_token, hcloud_token, .*"groundplan keys set cloudflare_api_token", /,
      );
      await assert.rejects(read('started'));
    }));

  it('takes what is missing from the environment, and what is there from the file', () =>
    withToken(async ({ ok, write, person }) => {
      const other = 'other000'.repeat(8);
      const { stdout, stderr } = await ok(show, { variables: { TF_VAR_hcloud_token: other } });
      assert.match(stdout, new RegExp(`^TF_VAR_hcloud_token=${hetznerToken}$`, 'm'));
      assert.match(stderr, /TF_VAR_hcloud_token of the environment is another value: the one of secrets\.age is used/);
      await write({ 'topology.yaml': small(person.recipient).replace('provider: hetzner', 'provider: cloudflare') });
      const more = await ok(show, { variables: { TF_VAR_cloudflare_api_token: 'mine' } });
      assert.match(more.stdout, /^TF_VAR_cloudflare_api_token=mine$/m);
    }));

  it('refuses a value that no environment can hold, without showing it', () =>
    withToken(async ({ run, write, person }) => {
      await write({ 'secrets.age': await seal('hcloud_token: "hunter2\\0"\n', [person.recipient]) });
      const { code, stdout, stderr } = await run(['exec', '--', 'true']);
      assert.equal(code, 2);
      assert.match(stderr, /^groundplan: secrets\.age: hcloud_token cannot be used: it holds a NUL character\n$/);
      assert.doesNotMatch(stdout + stderr, /hunter2/);
    }));

  const refused: readonly (readonly [args: readonly string[], problem: RegExp])[] = [
    [['exec'], /exec needs a command after --/],
    [['exec', '--'], /exec needs a command after --/],
    [['exec', '-', '--', 'true'], /standard input belongs to the command/],
    [['exec', '--', 'no-such-program'], /no-such-program: there is no such program on the PATH/],
    [['exec', '--', './topology.yaml'], /\.\/topology\.yaml: permission denied/],
  ];
  for (const [args, problem] of refused) {
    it(`says in one line what is wrong with ${args.join(' ')}`, () =>
      withToken(async ({ run }) => {
        const { code, stderr } = await run(args);
        assert.equal(code, 2);
        assert.match(stderr, problem);
        assert.equal(stderr.split('\n').length, 2, stderr);
      }));
  }
});

async function killWhenReady(pid: number, signal: NodeJS.Signals, isReady: () => Promise<unknown>): Promise<void> {
  for (let look = 0; look < 300; look++) {
    const ready = await isReady().then(
      () => true,
      () => false,
    );
    if (ready) break;
    await sleep(50);
  }
  process.kill(pid, signal);
}
