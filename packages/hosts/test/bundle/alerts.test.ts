import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bundle, bundleOf, secretsIn } from '@groundplan/hosts/bundle';
import { analyse, type Model } from '@groundplan/model';
import { afterEach, beforeEach, type Context, describe, it } from 'mocha';
import { sampleNames, sampleText } from '../../../../test/support/compile-text.js';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { fileOf, type Stage, stage } from './stage.js';

const programs = '/usr/local/lib/groundplan';
const queue = '/var/lib/groundplan/alerts/queue';

function topology(rest: string): Model {
  const { model, diagnostics } = analyse(`topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com, failover: { by: none } }
load_balancers: { edge: { tls: { mode: acme, email: ops@example.com }, routes: { shop.example.com: app.web } } }
apps: { web: { port: 3000, run: { container: shop } } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
${rest}
`);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
  return model;
}

function bundle(model: Model, key: string): Bundle {
  const host = model.hosts.find((candidate) => candidate.key === key);
  const made = host && bundleOf(model, host);
  assert.ok(made);
  return made;
}

const told = () => bundle(topology('alerts: { webhook: secret.HOOK }'), 'fsn1_app_web_1');
const silent = () => bundle(topology(''), 'fsn1_app_web_1');

describe('alerts of a host', () => {
  it('are on every host of every sample', () => {
    for (const name of sampleNames()) {
      const { model } = analyse(sampleText(name));
      for (const host of model.hosts) {
        const made = bundleOf(model, host);
        if (made === undefined) continue;
        assert.ok(
          made.units.some(({ name: unit, state }) => unit === 'groundplan-watch.timer' && state === 'running'),
          host.name,
        );
      }
    }
  });

  it('have the address of the webhook in one file that root alone reads', () => {
    const holders = told().files.filter(({ content }) => secretsIn(content).includes('HOOK'));
    assert.deepEqual(
      holders.map(({ path, mode, owner }) => [path, mode, owner]),
      [['/etc/groundplan/alert-webhook', '0600', 'root']],
    );
  });

  it('have nothing that sends where no webhook is written', () => {
    const paths = silent().files.map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => /webhook|send/.test(path)),
      [],
    );
    assert.ok(paths.includes(`${programs}/alert`));
  });

  it('may say by the address where they come from', () => {
    const model = topology('alerts: { webhook: "https://alerts.example.com/${region.name}?key=${secret.KEY}" }');
    assert.equal(
      fileOf(bundle(model, 'fsn1_app_web_1'), '/etc/groundplan/alert-webhook'),
      'https://alerts.example.com/fsn1?key=dummy\n',
    );
  });

  it('look at the volume where there is one', () => {
    const model = topology('databases: { main: { backup: bucket.dumps } }\nbuckets: { dumps: { location: hel1 } }');
    assert.match(fileOf(bundle(model, 'fsn1_db_main_1'), `${programs}/watch`), /^PLACES = \["\/", "\/srv\/data"\]$/m);
    assert.match(fileOf(bundle(model, 'fsn1_app_web_1'), `${programs}/watch`), /^PLACES = \["\/"\]$/m);
  });
});

/** Runs a program several times; Python's own start takes longer than all the rest. */
const manyLooks = `import os, runpy, sys
sys.path.insert(0, os.path.dirname(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    runpy.run_path(sys.argv[1], run_name="__main__")
`;

/** A stage with fake programs in front of the system's, of a host whose programs wait for tenths of seconds only. */
describe('the programs of alerts', function () {
  this.timeout(30_000);

  let staged: Stage;

  const prepare = (made: Bundle) => {
    staged = stage(made, 'own-folders', (path, content) => {
      if (path.endsWith('/alert-send')) return content.replace('PAUSE = 3, 20, 5, 600', 'PAUSE = 0.1, 0.1, 0.2, 0.4');
      if (path.endsWith('/watch')) return content.replace(/^PLACES = .*$/m, 'PLACES = []');
      return content;
    });
    mkdirSync(staged.at(queue), { recursive: true });
    mkdirSync(staged.at('/bin'));
    fake('journalctl', `echo 'it said <!channel> \`why\`'`);
    fake('chronyc', 'echo "C0000201,192.0.2.1,2,1.5,0.000012,0.0,0.0,0.0,0.0,0.0,0.0,0.0,64.0,Normal"');
    fake('systemctl', '[ "$1" != show ] || printf "Id=a.service\\nNRestarts=0\\n\\nId=b.service\\nNRestarts=3\\n"');
  };

  /** Stands for a program of the system's. */
  const fake = (name: string, commands: string) => {
    const path = staged.at(`/bin/${name}`);
    writeFileSync(path, `#!/bin/sh\n${commands}\n`);
    chmodSync(path, 0o755);
  };

  const run = async (program: string, ...args: string[]) => {
    const env = { PATH: `${staged.at('/bin')}:${process.env.PATH ?? ''}`, PYTHONDONTWRITEBYTECODE: '1' };
    const path = staged.at(`${programs}/${program}`);
    const words = program === 'watch' ? ['-c', manyLooks, path, ...args] : [path, ...args];
    const { exitCode, stdout, stderr } = await runProcess('python3', words, { cwd: staged.root, env });
    assert.equal(exitCode, 0, stdout + stderr);
    return stdout;
  };

  /** So many looks, one after another. */
  const looks = (count: number) => run('watch', String(count));

  const waiting = (): string[] =>
    readdirSync(staged.at(queue))
      .sort()
      .map((name) => JSON.parse(readFileSync(join(staged.at(queue), name), 'utf8')).text);

  const check = (name: string, commands: string) => {
    mkdirSync(staged.at(`${programs}/watch.d`), { recursive: true });
    writeFileSync(staged.at(`${programs}/watch.d/${name}`), `#!/bin/sh\n${commands}\n`, { mode: 0o755 });
  };

  /** What happened a while ago was longer ago. */
  const later = (seconds: number) => {
    const path = staged.at('/var/lib/groundplan/alerts/state.json');
    const aged = readFileSync(path, 'utf8').replace(/"(told|since)": ([\d.]+)/g, (_, name, time) => {
      return `"${name}": ${Number(time) - seconds}`;
    });
    writeFileSync(path, aged);
  };

  beforeEach(function () {
    for (const program of ['python3', 'openssl']) needs(this, program);
  });

  afterEach(() => staged?.remove());

  it('say which host, what, when, why and what to do', async () => {
    prepare(told());
    const said = await run('alert', '--do', 'Backups are old', 'a restore failed', 'no space\nleft');
    const [message = ''] = waiting();
    assert.match(
      message,
      /^shop-fsn1-app-web-1: a restore failed\n\d{4}-\d\d-\d\d \d\d:\d\d UTC\n```\nno space\nleft\n```\nWhat to do: RUNBOOK\.md, "Backups are old"$/,
    );
    assert.equal(said, `${message.replaceAll(/```\n|\n```/g, '')}\n`, 'the journal has the same');
  });

  it('tell the journal alone where no webhook is written', async () => {
    prepare(silent());
    assert.match(await run('alert', 'something happened'), /something happened/);
    assert.deepEqual(waiting(), []);
  });

  it('say the same once an hour, and then how often it was', async () => {
    prepare(told());
    for (let time = 0; time < 4; time += 1) await run('alert', 'again', `detail ${time}`);
    await run('alert', 'another');
    assert.equal(waiting().length, 2);
    later(3700);
    await run('alert', 'again');
    assert.match(waiting().at(-1) ?? '', /again\n.* UTC, and 3 times since .* UTC$/);
  });

  it('let no text mention people or end its quotation', async () => {
    prepare(told());
    await run('alert', '--unit', 'app-web.service');
    assert.match(
      waiting()[0] ?? '',
      /app-web\.service failed\nsince .*\n```\nit said ‹!channel› 'why'\n```\nWhat to do/,
    );
  });

  it('leave nothing out when several tell at once', async () => {
    prepare(told());
    await Promise.all([1, 2, 3, 4, 5, 6].map((number) => run('alert', `number ${number}`)));
    assert.equal(waiting().length, 6);
    assert.equal(Object.keys(JSON.parse(staged.read('/var/lib/groundplan/alerts/state.json')).events).length, 6);
  });

  it('begin anew when the state is damaged', async () => {
    prepare(told());
    writeFileSync(staged.at('/var/lib/groundplan/alerts/state.json'), '{"problems": ');
    await run('alert', 'after a crash');
    assert.equal(waiting().length, 1);
  });

  describe('of which one looks at the host every minute', () => {
    it('has nothing to say where nothing is wrong', async () => {
      prepare(told());
      check('fine', 'exit 0');
      assert.equal(await looks(12), '');
    });

    it('tells of a failed unit when two looks saw it, and when it is over', async () => {
      prepare(told());
      fake('systemctl', '[ "$1" = show ] || echo "app-web.service loaded failed failed The program of app.web"');
      await looks(1);
      assert.deepEqual(waiting(), []);
      await looks(3);
      assert.equal(waiting().length, 1);
      later(600);
      fake('systemctl', '');
      await looks(5);
      assert.match(waiting()[1] ?? '', /^shop-fsn1-app-web-1: over: app-web\.service failed\nafter 10 min$/);
      assert.equal(await looks(3), '');
    });

    it('is told of the same failure only once when the unit itself has told of it', async () => {
      prepare(told());
      await run('alert', '--unit', 'app-web.service');
      fake('systemctl', '[ "$1" = show ] || echo "app-web.service loaded failed failed x"');
      await looks(4);
      assert.equal(waiting().length, 1);
    });

    it('reminds of what lasts, once a day', async () => {
      prepare(told());
      check('database', `printf 'standby\\tdatabase.main has no standby\\t\\tA database lacks a member\\n'`);
      await looks(2);
      later(90_000);
      await looks(3);
      assert.equal(waiting().length, 2);
      assert.match(waiting()[1] ?? '', /: still: database\.main has no standby\nsince /);
    });

    it('tells of a unit that is started again and again', async () => {
      prepare(told());
      fake(
        'systemctl',
        `[ "$1" != show ] || {
  echo x >>${staged.at('/count')}
  printf 'Id=app-web.service\\nNRestarts=%s\\n' "$(wc -l <${staged.at('/count')})"
}`,
      );
      await looks(5);
      assert.deepEqual(waiting(), []);
      await looks(4);
      assert.match(waiting()[0] ?? '', /app-web\.service does not stay up/);
    });

    it('tells of a clock that stays wrong, not of one that is being set after a boot', async () => {
      prepare(told());
      fake('chronyc', 'echo "7F7F0101,,0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,1.0,0.0,Not synchronised"');
      await looks(9);
      assert.deepEqual(waiting(), []);
      await looks(1);
      assert.match(waiting()[0] ?? '', /the clock follows no other/);
    });

    it('says a disk is full by how much of it is left', async () => {
      prepare(told());
      const path = staged.at(`${programs}/watch`);
      const usage = `class Size:\n    used, free, total = 90, 10, 100\n\n\nshutil.disk_usage = lambda _: Size\n\n\n`;
      writeFileSync(
        path,
        readFileSync(path, 'utf8')
          .replace('PLACES = []', 'PLACES = ["/"]')
          .replace('class Unknown', `${usage}class Unknown`),
      );
      await looks(2);
      assert.match(waiting()[0] ?? '', /the disk at \/ is 90% full\n[\s\S]*A disk is full/);
      assert.equal(waiting().length, 1);
    });

    it('says that a check fails, and leaves what it had found before as it was', async () => {
      prepare(told());
      check('database', `printf 'quorum\\tno quorum\\tsince now\\tA quorum is lost\\n'`);
      await looks(2);
      check('database', 'echo "cannot ask" >&2; exit 3');
      await looks(10);
      const messages = waiting();
      assert.equal(messages.length, 2);
      assert.match(
        messages[1] ?? '',
        /nobody knows about database, since its check fails\n[\s\S]*ended with 3: cannot ask/,
      );
      check('database', 'exit 0');
      await looks(5);
      assert.match(
        waiting().slice(2).join('\n'),
        /over: no quorum[\s\S]*over: nobody knows|over: nobody knows[\s\S]*over: no quorum/,
      );
    });

    it('does not wait for a check that hangs', async () => {
      prepare(told());
      const path = staged.at(`${programs}/watch`);
      writeFileSync(path, readFileSync(path, 'utf8').replace('PATIENCE = 30', 'PATIENCE = 0.2'));
      check('slow', 'exec sleep 60');
      check('tail', `printf 'x\\tafter it\\t\\t\\n'`);
      await looks(2);
      assert.match(waiting()[0] ?? '', /after it/);
    });
  });

  describe('of which one sends what waits', () => {
    interface Webhook {
      readonly port: number;
      readonly taken: { readonly method: string; readonly url: string; readonly type: string; readonly text: string }[];
      answer: (count: number) => { status: number; headers?: Record<string, string> };
      close(): Promise<void>;
    }
    let webhook: Webhook;

    beforeEach(async () => {
      webhook = await openWebhook();
      prepare(told());
      writeFileSync(staged.at('/hook'), `http://127.0.0.1:${webhook.port}/services/T0/s3cr3t\n`);
      mkdirSync(staged.at('/credentials'));
      writeFileSync(staged.at('/credentials/webhook'), readFileSync(staged.at('/hook')));
    });

    afterEach(() => webhook.close());

    const send = () => sending().ended;

    /** The sender as its unit would start it. */
    function sending() {
      const child = spawn('python3', [staged.at(`${programs}/alert-send`)], {
        env: {
          PATH: process.env.PATH ?? '',
          CREDENTIALS_DIRECTORY: staged.at('/credentials'),
          PYTHONDONTWRITEBYTECODE: '1',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 20_000,
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          said += chunk.toString();
        });
      const ended = new Promise<string>((resolve, reject) => {
        child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`ended with ${code}: ${said}`))));
      });
      return { child, ended };
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
      const { ended } = sending();
      await sleep(600);
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
      writeFileSync(staged.at('/credentials/webhook'), 'hooks.example.com/s3cr3t value\n');
      await run('alert', 'first');
      const { child, ended } = sending();
      await sleep(700);
      writeFileSync(staged.at('/credentials/webhook'), readFileSync(staged.at('/hook')));
      const said = await ended;
      assert.match(said, /its address or its answer is none: ValueError/);
      assert.doesNotMatch(said, /s3cr3t/);
      assert.equal(child.exitCode, 0);
    });

    it('tells of what waits too long no more, and of much as a number', async () => {
      for (let number = 0; number < 13; number += 1) await run('alert', `number ${number}`);
      const [oldest = ''] = readdirSync(staged.at(queue)).sort();
      writeFileSync(join(staged.at(queue), oldest), JSON.stringify({ at: 0, text: 'long over' }));
      appendFileSync(join(staged.at(queue), '0'), 'damaged');
      const said = await send();
      assert.match(said, /never sent/);
      const [{ text } = { text: '' }] = webhook.taken;
      assert.doesNotMatch(text, /long over/);
      assert.match(text, /number 10\n.*\n\n2 more on shop-fsn1-app-web-1: journalctl -t groundplan-alert$/);
    });
  });
});

describe('the check of a certificate', function () {
  this.timeout(20_000);

  const model = topology('');
  let staged: Stage;

  beforeEach(function () {
    needs(this, 'openssl');
    staged = stage(bundle(model, 'fsn1_lb_edge_1'), 'own-folders');
  });

  afterEach(() => staged.remove());

  const found = async (days: string, issuer: 'self' | 'other') => {
    const path = staged.at('/var/lib/groundplan/tls/certificate.pem');
    const env = { PATH: process.env.PATH ?? '' };
    const options = { cwd: staged.root, env };
    const openssl = async (...args: string[]) => assert.equal((await runProcess('openssl', args, options)).exitCode, 0);
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    await openssl(
      'req',
      '-x509',
      ...key,
      '-days',
      '90',
      '-subj',
      '/CN=an authority',
      '-keyout',
      'ca.key',
      '-out',
      'ca',
    );
    if (issuer === 'self')
      await openssl(
        'req',
        '-x509',
        ...key,
        '-days',
        days,
        '-subj',
        '/CN=not issued yet',
        '-keyout',
        'key',
        '-out',
        path,
      );
    else {
      await openssl('req', ...key, '-subj', '/CN=shop', '-keyout', 'key', '-out', 'request');
      await openssl(
        'x509',
        '-req',
        '-in',
        'request',
        '-CA',
        'ca',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-days',
        days,
        '-out',
        path,
      );
    }
    const { exitCode, stdout } = await runProcess('sh', [staged.at(`${programs}/watch.d/certificate`)], options);
    assert.equal(exitCode, 0);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'))
      .map(([key = '', subject = '', , section = '']) => [key, subject, section]);
  };

  const section = 'A certificate is near its end';
  it('has nothing to say of a good one', async () => assert.deepEqual(await found('60', 'other'), []));
  it('says that one ends soon', async () =>
    assert.deepEqual(await found('10', 'other'), [
      ['near', 'the certificate of load_balancer.edge ends soon', section],
    ]));
  it('says that none was issued', async () =>
    assert.deepEqual(await found('60', 'self'), [
      ['untrusted', 'load_balancer.edge shows users a certificate that nobody trusts', section],
    ]));
  it('fails where it can see none', async () => {
    rmSync(staged.at('/var/lib/groundplan/tls/certificate.pem'));
    const env = { PATH: process.env.PATH ?? '' };
    const { exitCode } = await runProcess('sh', [staged.at(`${programs}/watch.d/certificate`)], { cwd: '/', env });
    assert.notEqual(exitCode, 0);
  });
});

describe('the check of the servers of apps', function () {
  this.timeout(30_000);

  const model = topology('');
  const open: { close(): void }[] = [];

  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  /** A real HAProxy with these servers, and what the check of a balancer finds there. */
  async function found(key: string, earlier: 'alive' | 'dead', test: Context): Promise<string[][]> {
    const [haproxy, python] = [needs(test, 'haproxy'), needs(test, 'python3')];
    const alive = createServer((_, response) => response.writeHead(earlier === 'alive' ? 200 : 503).end());
    await new Promise<void>((resolve) => alive.listen(0, '127.0.0.1', resolve));
    const { port } = alive.address() as AddressInfo;
    const staged = stage(bundle(model, key), 'own-folders', (path, content) =>
      path.endsWith('/apps') ? content.replace(/"10\.[\d.]+"/, `"127.0.0.1:${port}"`) : content,
    );
    const socket = staged.at('/run/haproxy/admin.sock');
    const configuration = staged.at('/haproxy.cfg');
    writeFileSync(
      configuration,
      `global
  stats socket ${socket}
defaults
  mode http
  timeout connect 1s
  timeout client 1s
  timeout server 1s
backend app.web
  server web-1 127.0.0.1:${port} check inter 100ms fall 1 rise 1
  server web-2 127.0.0.1:1 check inter 100ms fall 1 rise 1
backend app.web:once
  server web-1 127.0.0.1:${port} track app.web/web-1
  server web-2 127.0.0.1:1 track app.web/web-2
backend database.main
  server db-1 127.0.0.1:1 check inter 100ms fall 1
`,
    );
    const daemon = spawn(haproxy, ['-db', '-f', configuration], { stdio: 'ignore' });
    open.push({ close: () => daemon.kill('SIGKILL') }, alive, { close: staged.remove });
    const deadline = Date.now() + 10_000;
    const run = async () => {
      const path = staged.at(`${programs}/watch.d/apps`);
      return runProcess(python, [path], { cwd: '/', env: { PATH: process.env.PATH ?? '' } });
    };
    let ended = await run();
    // Until it listens, and has checked everything once.
    while ((ended.exitCode !== 0 || (ended.stdout === '' && earlier === 'dead')) && Date.now() < deadline) {
      await sleep(100);
      ended = await run();
    }
    assert.equal(ended.exitCode, 0, ended.stderr);
    return ended.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'));
  }

  it('says which are down, and how many are left', async function () {
    assert.deepEqual(
      (await found('fsn1_lb_edge_2', 'dead', this)).map(([key, subject]) => [key, subject]),
      [['web-2', 'web-2 does not answer its checks: 1 of 2 servers of app.web do']],
    );
  });

  it('leaves that to a balancer before it that is alive', async function () {
    assert.deepEqual(await found('fsn1_lb_edge_2', 'alive', this), []);
  });

  it('is for the first balancer to say without asking anybody', async function () {
    assert.equal((await found('fsn1_lb_edge_1', 'dead', this)).length, 1);
  });
});

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

async function openWebhook(port = 0) {
  const taken: { method: string; url: string; type: string; text: string }[] = [];
  const opened = {
    port: 0,
    taken,
    answer: (_: number): { status: number; headers?: Record<string, string> } => ({ status: 200 }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      taken.push({ method, url, type: headers['content-type'] ?? '', text: body === '' ? '' : JSON.parse(body).text });
      const { status, headers: more } = opened.answer(taken.length);
      response.writeHead(status, more).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  opened.port = (server.address() as AddressInfo).port;
  return opened;
}
