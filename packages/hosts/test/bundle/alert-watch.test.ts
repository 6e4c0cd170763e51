import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { programs, told } from './alerts/hosts.js';
import { alertPrograms } from './alerts/programs.js';

describe('the program that looks at a host every minute', function () {
  this.timeout(90_000);

  const { prepare, at, fake, run, looks, waiting, check, later } = alertPrograms();

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
echo x >>${at('/count')}
printf 'Id=app-web.service\\nNRestarts=%s\\n' "$(wc -l <${at('/count')})"
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
    const path = at(`${programs}/watch`);
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
    const path = at(`${programs}/watch`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('PATIENCE = 30', 'PATIENCE = 0.2'));
    check('slow', 'exec sleep 60');
    check('tail', `printf 'x\\tafter it\\t\\t\\n'`);
    await looks(2);
    assert.match(waiting()[0] ?? '', /after it/);
  });
});
