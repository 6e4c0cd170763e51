import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretsIn } from '@groundplan/hosts/bundle';
import { after, afterEach, before, describe, it } from 'mocha';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { bundle as bundleOf, programs, topology } from './alerts/hosts.js';
import { fileOf, type Stage, stage } from './stage.js';

const queues = { mail: '/var/lib/groundplan/alerts/mail', webhook: '/var/lib/groundplan/alerts/queue' };
const settings = '/etc/groundplan/alert-mail';
const password = 'p4ss word "q"';

const bundle = (alerts: string) => bundleOf(topology(`alerts: ${alerts}`), 'fsn1_app_web_1');

describe('mails of a host', () => {
  it('are told of in one file that root alone reads', () => {
    const made = bundle(
      '{ email: secret.OPS, smtp: { host: smtp.example.com, user: secret.USER, password: secret.PASS } }',
    );
    const holders = made.files.filter(({ content }) => secretsIn(content).length > 0);
    assert.deepEqual(
      holders.map(({ path, mode, owner, content }) => [path, mode, owner, [...new Set(secretsIn(content))].sort()]),
      [[settings, '0600', 'root', ['OPS', 'PASS', 'USER']]],
    );
    const text = 'host smtp.example.com\nport 587\ntls starttls\nto dummy\nfrom dummy\nuser dummy\npassword dummy\n';
    assert.equal(fileOf(made, settings), text);
  });

  it('come from the user where that is an address, else from whom they go to, unless it is written', () => {
    const from = (smtp: string) =>
      /^from (.*)$/m.exec(fileOf(bundle(`{ email: ops@example.com, smtp: { host: a.b, ${smtp} } }`), settings))?.[1];
    assert.equal(from('port: 587'), 'ops@example.com');
    assert.equal(from('user: AKIA123, password: secret.A'), 'ops@example.com');
    assert.equal(from('user: shop@example.net, password: secret.A'), 'shop@example.net');
    assert.equal(
      from('user: shop@example.net, password: secret.A, from: no-reply@example.org'),
      'no-reply@example.org',
    );
  });

  it('have a sender of their own beside that of the webhook, and none where there is no address', () => {
    const unitsOf = (alerts: string) =>
      bundle(alerts)
        .units.map(({ name }) => name)
        .filter((name) => name.startsWith('groundplan-alert'));
    const smtp = 'smtp: { host: smtp.example.com }';
    assert.deepEqual(unitsOf(`{ email: ops@example.com, ${smtp} }`), ['groundplan-alert-mail.path']);
    assert.deepEqual(unitsOf(`{ webhook: secret.HOOK, ${smtp} }`), ['groundplan-alert-send.path']);
    assert.deepEqual(unitsOf(`{ webhook: secret.HOOK, email: ops@example.com, ${smtp} }`), [
      'groundplan-alert-send.path',
      'groundplan-alert-mail.path',
    ]);
  });
});

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: string | undefined;
  /** Headers and text as they came. */
  readonly source: string;
}

/** A mail relay on loopback. */
interface Relay {
  readonly port: number;
  readonly taken: readonly Mail[];
  close(): Promise<void>;
}

describe('the program that mails', function () {
  this.timeout(120_000);

  let pair: { readonly folder: string; readonly key: string; readonly cert: string; readonly path: string };
  let staged: Stage | undefined;
  const relays: Relay[] = [];

  before(function () {
    for (const program of ['python3', 'openssl']) needs(this, program);
    const folder = mkdtempSync(join(tmpdir(), 'groundplan-mail-'));
    const [key, path] = [join(folder, 'key'), join(folder, 'certificate')];
    const form = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync('openssl', ['req', '-x509', ...form, ...name, '-keyout', key, '-out', path], { stdio: 'ignore' });
    pair = { folder, path, key: readFileSync(key, 'utf8'), cert: readFileSync(path, 'utf8') };
  });

  after(() => rmSync(pair?.folder ?? '', { recursive: true, force: true }));

  afterEach(async () => {
    for (const relay of relays.splice(0)) await relay.close();
    staged?.remove();
    staged = undefined;
  });

  async function openRelay(options: SMTPServerOptions = {}): Promise<Relay> {
    const taken: Mail[] = [];
    const server = new SMTPServer({
      key: pair.key,
      cert: pair.cert,
      authOptional: true,
      onAuth: (auth, _, done) =>
        done(auth.password === password ? null : new Error(`no password ${auth.password}`), { user: auth.username }),
      ...options,
      onData: (stream, { envelope, secure, user }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = envelope;
          taken.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            secure,
            user: user as string | undefined,
            source: Buffer.concat(chunks).toString('utf8'),
          });
          done();
        });
      },
    });
    // A client that goes away in the middle of TLS is no concern of the server's.
    server.on('error', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const relay = {
      port: (server.server.address() as AddressInfo).port,
      taken,
      close: () => new Promise<void>((resolve) => server.close(() => resolve())),
    };
    relays.push(relay);
    return relay;
  }

  /** A host that tells by this relay; its programs wait for tenths of seconds only. */
  function prepare({ port }: Relay, more = '', ways = ''): Stage {
    const login = 'user: shop@example.com, password: secret.PASS';
    const made = bundle(`{ ${ways}email: ops@example.com, smtp: { host: localhost, port: ${port}, ${login}${more} } }`);
    const own = stage(made, 'own-folders', (path, content) =>
      path.endsWith('/alert-send') ? content.replace('PAUSE = 3, 20, 5, 600', 'PAUSE = 0.1, 0.1, 0.2, 0.4') : content,
    );
    staged = own;
    for (const queue of Object.values(queues)) mkdirSync(own.at(queue), { recursive: true });
    mkdirSync(own.at('/credentials'));
    writeFileSync(
      own.at('/credentials/mail'),
      own.read(settings).replace(/^password .*$/m, () => `password ${password}`),
    );
    return own;
  }

  const alert = async (own: Stage, ...args: readonly string[]) => {
    const env = { PATH: process.env.PATH ?? '', PYTHONDONTWRITEBYTECODE: '1' };
    const words = [own.at(`${programs}/alert`), ...args];
    const { exitCode, stderr } = await runProcess('python3', words, { cwd: own.root, env });
    assert.equal(exitCode, 0, stderr);
  };

  /** The sender as its unit would start it, until nothing waits any more. */
  function sending(own: Stage, variables: Record<string, string> = {}) {
    const child = spawn('python3', [own.at(`${programs}/alert-send`), 'mail'], {
      env: {
        PATH: process.env.PATH ?? '',
        CREDENTIALS_DIRECTORY: own.at('/credentials'),
        PYTHONDONTWRITEBYTECODE: '1',
        SSL_CERT_FILE: pair.path,
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 100_000,
      killSignal: 'SIGKILL',
    });
    let said = '';
    const watchers: (() => void)[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        for (const look of watchers) look();
      });
    const ended = new Promise<string>((resolve, reject) => {
      child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`ended with ${code}: ${said}`))));
    });
    /** Resolves once it has said that. */
    const says = (text: RegExp) =>
      Promise.race([ended, new Promise<void>((resolve) => watchers.push(() => text.test(said) && resolve()))]);
    return { child, ended, says };
  }

  const waiting = (own: Stage, way: keyof typeof queues = 'mail') => readdirSync(own.at(queues[way])).length;

  it('sends a mail by the relay, encrypted and logged in', async () => {
    const relay = await openRelay();
    const own = prepare(relay);
    await alert(own, '--do', 'Backups are old', 'a restore failed – ünlucky', 'no space\nleft');
    assert.match(await sending(own).ended, /^sent 1\n$/);
    const [mail] = relay.taken;
    assert.ok(mail);
    const { source, ...envelope } = mail;
    assert.deepEqual(envelope, {
      from: 'shop@example.com',
      to: ['ops@example.com'],
      secure: true,
      user: 'shop@example.com',
    });
    assert.match(source, /^From: shop@example\.com\r$/m);
    assert.match(source, /^To: ops@example\.com\r$/m);
    assert.match(source, /^Date: /m);
    assert.match(source, /^Message-ID: <[^>]+@example\.com>\r$/m);
    assert.match(source, /^Auto-Submitted: auto-generated\r$/m);
    const { subject, text } = await read(own, source);
    assert.equal(subject, 'shop-fsn1-app-web-1: a restore failed – ünlucky');
    assert.match(
      text,
      /^shop-fsn1-app-web-1: a restore failed – ünlucky\n\d{4}-\d\d-\d\d \d\d:\d\d UTC\nno space\nleft\nWhat to do: RUNBOOK\.md, "Backups are old"\n$/,
    );
    assert.equal(waiting(own), 0);
  });

  it('sends several as one, and nothing twice', async () => {
    const relay = await openRelay();
    const own = prepare(relay);
    for (const number of [1, 2, 3]) await alert(own, `number ${number}`);
    await sending(own).ended;
    await sending(own).ended;
    assert.equal(relay.taken.length, 1);
    const { subject, text } = await read(own, relay.taken[0]?.source ?? '');
    assert.equal(subject, 'shop-fsn1-app-web-1: number 1 (and 2 more)');
    assert.match(text, /number 1\n[\s\S]*number 2\n[\s\S]*number 3\n/);
  });

  it('encrypts from the first byte where it is told to', async () => {
    const relay = await openRelay({ secure: true });
    const own = prepare(relay, ', tls: implicit');
    await alert(own, 'first');
    await sending(own).ended;
    assert.deepEqual(
      relay.taken.map(({ secure, user }) => [secure, user]),
      [[true, 'shop@example.com']],
    );
  });

  it('says nothing to a relay that does not encrypt, and goes on when it does', async () => {
    const logins: string[] = [];
    let encrypts = false;
    const relay = await openRelay({
      allowInsecureAuth: true,
      onConnect: (session, done) => {
        if (!encrypts) session.disabledCommands = ['STARTTLS'];
        done();
      },
      onAuth: ({ username = '' }, _, done) => {
        logins.push(username);
        done(null, { user: username });
      },
    });
    const own = prepare(relay);
    await alert(own, 'first');
    const { ended, says } = sending(own);
    await says(/it cannot do what it must: STARTTLS/);
    assert.deepEqual([relay.taken, logins, waiting(own)], [[], [], 1]);
    encrypts = true;
    assert.match(await ended, /the relay took nothing: .*; 1 wait, next attempt in [\d.]+ s\n[\s\S]*sent 1\n$/);
    assert.deepEqual(
      relay.taken.map(({ secure }) => secure),
      [true],
    );
  });

  it('says nothing to a relay that cannot prove its name', async () => {
    const logins: string[] = [];
    const relay = await openRelay({
      onAuth: ({ username = '' }, _, done) => {
        logins.push(username);
        done(null, { user: username });
      },
    });
    const own = prepare(relay);
    await alert(own, 'first');
    const { child, ended, says } = sending(own, { SSL_CERT_FILE: '/dev/null' });
    await says(/it cannot be reached: .*certificate verify failed/);
    child.kill('SIGKILL');
    await assert.rejects(ended, /ended with null/);
    assert.deepEqual([relay.taken, logins, waiting(own)], [[], [], 1]);
  });

  it('asks again when it is refused, and shows no secret', async () => {
    let attempts = 0;
    const seen: string[] = [];
    const relay = await openRelay({
      authMethods: ['PLAIN'],
      onAuth: (auth, _, done) => {
        attempts += 1;
        // What everybody on the host can see of the sender at this moment.
        if (process.platform === 'linux')
          for (const file of ['cmdline', 'environ'])
            seen.push(readFileSync(`/proc/${sender?.child.pid}/${file}`, 'utf8'));
        if (attempts < 2) done(new Error(`wrong password ${auth.password} of ${auth.username}`));
        else done(null, { user: auth.username });
      },
      onRcptTo: ({ address }, _, done) =>
        done(attempts < 3 ? Object.assign(new Error(`nobody is ${address}`), { responseCode: 550 }) : null),
    });
    const own = prepare(relay);
    await alert(own, 'first');
    const sender = sending(own);
    const said = await sender.ended;
    assert.match(
      said,
      /^the relay took nothing: it answers 535: .*\nthe relay took nothing: it answers 550: nobody is ….*\nsent 1\n$/,
    );
    assert.equal(attempts, 3);
    assert.ok(process.platform !== 'linux' || seen.some((text) => text.includes('alert-send')));
    for (const text of [said, ...seen]) assert.ok(!/p4ss/.test(text) && !text.includes('ops@example.com'), text);
  });

  it('does not wait for the webhook, nor that for it', async () => {
    const relay = await openRelay();
    const own = prepare(relay, '', 'webhook: secret.HOOK, ');
    await alert(own, 'first');
    assert.deepEqual([waiting(own), waiting(own, 'webhook')], [1, 1]);
    await sending(own).ended;
    assert.deepEqual([waiting(own), waiting(own, 'webhook')], [0, 1]);
  });

  /** Subject and text of a mail, as a program for mails decodes them. */
  async function read(own: Stage, source: string): Promise<{ readonly subject: string; readonly text: string }> {
    const path = own.at('/mail.eml');
    writeFileSync(path, source);
    const code = `import email, email.policy, json, sys
mail = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
print(json.dumps({"subject": mail["Subject"], "text": mail.get_content()}))
`;
    const env = { PATH: process.env.PATH ?? '' };
    const { exitCode, stdout, stderr } = await runProcess('python3', ['-c', code, path], { cwd: own.root, env });
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout);
  }
});
