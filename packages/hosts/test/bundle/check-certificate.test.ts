import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { bundle, programs, topology } from './alerts/hosts.js';
import { type Stage, stage } from './stage.js';

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
