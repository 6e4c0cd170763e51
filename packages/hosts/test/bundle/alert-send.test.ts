import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { leaveOut } from '../../../../test/support/needs.js';
import { programs, told } from './alerts/hosts.js';
import { alertPrograms } from './alerts/programs.js';
import { openWebhook, type Webhook } from './alerts/webhook.js';

describe('the program that sends what waits', function () {
  this.timeout(90_000);

  const { prepare, at, run, waiting, queued } = alertPrograms();
  let webhook: Webhook;

  beforeEach(async () => {
    webhook = await openWebhook();
    prepare(told());
    writeFileSync(at('/hook'), `http://127.0.0.1:${webhook.port}/services/T0/s3cr3t\n`);
    mkdirSync(at('/credentials'));
    writeFileSync(at('/credentials/webhook'), readFileSync(at('/hook')));
  });

  afterEach(() => webhook.close());

  const send = () => sending().ended;

  /** The sender as its unit would start it. */
  function sending() {
    const child = spawn('python3', [at(`${programs}/alert-send`), 'webhook'], {
      env: {
        PATH: process.env.PATH ?? '',
        CREDENTIALS_DIRECTORY: at('/credentials'),
        PYTHONDONTWRITEBYTECODE: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    const ended = new Promise<string>((resolve, reject) => {
      child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`ended with ${code}: ${said}`))));
    });
    /** Until it has said something, or ended. */
    const says = async (pattern: RegExp) => {
      while (!pattern.test(said) && child.exitCode === null) await sleep(20);
    };
    return { child, ended, says };
  }

  it('sends JSON with a text, several as one, and nothing twice', async () => {
    await run('alert', 'first');
    await run('alert', 'second');
    await send();
    assert.deepEqual(
      webhook.taken.map(({ method, url, type }) => [method, url, type]),
      [['POST', '/services/T0/s3cr3t', 'application/json']],
    );
    assert.match(webhook.taken[0]?.text ?? '', /: first\n.*\n\nshop-fsn1-app-web-1: second\n/);
    assert.deepEqual(waiting(), []);
    await send();
    assert.equal(webhook.taken.length, 1);
  });

  it('asks again until the webhook takes it, as long after as the webhook wants', async () => {
    webhook.answer = (count) =>
      count < 3 ? { status: 503 } : count < 4 ? { status: 429, headers: { 'retry-after': '1' } } : { status: 200 };
    await run('alert', 'first');
    const began = Date.now();
    const said = await send();
    assert.equal(webhook.taken.length, 4);
    assert.ok(Date.now() - began > 1000, 'it waited');
    assert.match(said, /it answers 503[\s\S]*it answers 429[\s\S]*sent 1/);
    assert.deepEqual(waiting(), []);
  });

  it('goes on when the webhook is back, with what came meanwhile', async () => {
    const port = webhook.port;
    await webhook.close();
    await run('alert', 'first');
    const { ended, says } = sending();
    await says(/cannot be reached/);
    await run('alert', 'second');
    webhook = await openWebhook(port);
    assert.match(await ended, /cannot be reached: \[Errno 111\] Connection refused/);
    assert.match(webhook.taken.map(({ text }) => text).join('\n'), /first[\s\S]*second/);
  });

  it('follows nobody elsewhere, since the message would not', async () => {
    webhook.answer = (count) => (count < 2 ? { status: 302, headers: { location: '/elsewhere' } } : { status: 200 });
    await run('alert', 'first');
    await send();
    assert.deepEqual(
      webhook.taken.map(({ method, url }) => `${method} ${url}`),
      ['POST /services/T0/s3cr3t', 'POST /services/T0/s3cr3t'],
    );
  });

  it('shows the address to nobody: in no argument, no environment, no line that it says', async function () {
    if (process.platform !== 'linux') leaveOut(this, 'arguments are read from /proc');
    webhook.answer = (count) => (count < 3 ? { status: 500 } : { status: 200 });
    await run('alert', 'first');
    const { child, ended } = sending();
    const seen: string[] = [];
    while (child.exitCode === null && webhook.taken.length < 3) {
      seen.push(...shownOfProcesses());
      await sleep(20);
    }
    assert.ok(
      seen.some((text) => text.includes('alert-send')),
      'the sender was looked at',
    );
    assert.ok(!seen.some((text) => text.includes('s3cr3t')));
    assert.doesNotMatch(await ended, /s3cr3t|services/);
  });

  it('says nothing of an address that is none but that it is', async () => {
    writeFileSync(at('/credentials/webhook'), 'hooks.example.com/s3cr3t value\n');
    await run('alert', 'first');
    const { child, ended, says } = sending();
    await says(/its address/);
    writeFileSync(at('/credentials/webhook'), readFileSync(at('/hook')));
    const said = await ended;
    assert.match(said, /its address or its answer is none: ValueError/);
    assert.doesNotMatch(said, /s3cr3t/);
    assert.equal(child.exitCode, 0);
  });

  it('tells of what waits too long no more, and of much as a number', async () => {
    for (let number = 0; number < 13; number += 1) await run('alert', `number ${number}`);
    const [oldest = ''] = queued();
    writeFileSync(oldest, JSON.stringify({ at: 0, text: 'long over' }));
    appendFileSync(join(dirname(oldest), '0'), 'damaged');
    const said = await send();
    assert.match(said, /never sent/);
    const [{ text } = { text: '' }] = webhook.taken;
    assert.doesNotMatch(text, /long over/);
    assert.match(text, /number 10\n.*\n\n2 more on shop-fsn1-app-web-1: journalctl -t groundplan-alert$/);
  });
});

/** Command lines and environments of all processes that may be read. */
function shownOfProcesses(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) =>
      ['cmdline', 'environ'].map((file) => {
        try {
          const path = `/proc/${name}/${file}`;
          return existsSync(path) ? readFileSync(path, 'utf8') : '';
        } catch {
          return '';
        }
      }),
    );
}
