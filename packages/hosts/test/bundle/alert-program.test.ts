import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { silent, told } from './alerts/hosts.js';
import { alertPrograms } from './alerts/programs.js';

const state = '/var/lib/groundplan/alerts/state.json';

describe('the programs of alerts', function () {
  this.timeout(90_000);

  const { prepare, at, run, waiting, later } = alertPrograms();

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
    assert.equal(Object.keys(JSON.parse(readFileSync(at(state), 'utf8')).events).length, 6);
  });

  it('begin anew when the state is damaged', async () => {
    prepare(told());
    writeFileSync(at(state), '{"problems": ');
    await run('alert', 'after a crash');
    assert.equal(waiting().length, 1);
  });
});
