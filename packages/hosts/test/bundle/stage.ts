import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Placeholder, Text } from '@groundplan/hosts';
import type { Bundle } from '@groundplan/hosts/bundle';

/** Folders that our files name, which a test has in a folder of its own. */
const ownFolders = [
  '/etc/haproxy',
  '/etc/groundplan',
  '/etc/bird',
  '/run/groundplan',
  '/run/haproxy',
  '/var/lib/groundplan',
  '/usr/local/lib/groundplan',
  '/opt/groundplan',
  '/srv',
];

/** A bundle as a host would have it, in a folder instead of at the root. */
export interface Stage {
  readonly root: string;
  /** Where a file of the host is. */
  at(path: string): string;
  read(path: string): string;
  remove(): void;
}

/** Which of the paths in a text lead into the stage: none for units, which are looked at with the stage as the root. */
export type Mapping = 'own-folders' | 'none';

/** Writes the files of a bundle; secrets and what is known only later have the form of the real ones. */
export function stage(
  bundle: Bundle,
  mapping: Mapping,
  change: (path: string, content: string) => string = keep,
): Stage {
  const root = mkdtempSync(join(tmpdir(), 'groundplan-stage-'));
  const at = (path: string) => join(root, path);
  for (const { path, mode, content } of bundle.files) {
    const text = filled(content);
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), change(path, mapping === 'none' ? text : mapped(text, root)));
    chmodSync(at(path), Number.parseInt(mode, 8));
  }
  for (const [path, content] of stateOf(bundle)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), content);
  }
  return { root, at, read: (path) => readFileSync(at(path), 'utf8'), remove: () => rmSync(root, { recursive: true }) };
}

/** The text of a file with dummies in it. */
export function filled(content: Text): string {
  return content.map((part) => (typeof part === 'string' ? part : dummyOf(part))).join('');
}

export function fileOf(bundle: Bundle, path: string): string {
  const file = bundle.files.find((candidate) => candidate.path === path);
  assert.ok(file, `${bundle.host.name} has no ${path}`);
  return filled(file.content);
}

/** Paths in our own folders as paths in the stage; HAProxy's first word is often a path, so that only whole paths are met. */
function mapped(text: string, root: string): string {
  return ownFolders.reduce(
    (all, folder) => all.replaceAll(new RegExp(`(?<![\\w/.-])${folder}(?=/)`, 'g'), root + folder),
    text,
  );
}

/** What systemd-tmpfiles and the certificate's first unit make on a host. */
function stateOf(bundle: Bundle): [string, string][] {
  const made = bundle.files
    .filter(({ path }) => path.startsWith('/etc/tmpfiles.d/'))
    .flatMap(({ content }) => filled(content).split('\n'))
    .filter((line) => line.startsWith('f '))
    .map((line) => line.split(' '))
    .map(([, path = '', , , , , content = '']): [string, string] => [path, content === '' ? '' : `${content}\n`]);
  const needsCertificate = bundle.units.some(({ name }) => name === 'groundplan-certificate-first.service');
  return [
    ...made,
    ['/run/haproxy/.keep', ''],
    ...(needsCertificate
      ? [['/var/lib/groundplan/tls/certificate.pem', dummyPair().certificate] as [string, string]]
      : []),
  ];
}

function dummyOf(part: Placeholder): string {
  if ('secret' in part) return secretOf(part.secret);
  if ('publicPartOf' in part) return part.as === 'public' ? `${dummyPair().certificate}\n` : 'dummy-thumbprint';
  if ('publicAddress' in part) return part.version === 'ipv4' ? '203.0.113.7' : '2001:db8::7';
  if ('interfaceWith' in part) return realInterface();
  if ('serverId' in part) return '42';
  if ('volumeId' in part) return '43';
  if ('floatingIp' in part) {
    if (part.as === 'id') return '4711';
    return part.floatingIp.version === 'ipv4' ? '203.0.113.9' : '2001:db8::9';
  }
  return '#!/bin/sh\n';
}

/** keepalived looks whether it is there, and takes no loopback interface. */
function realInterface(): string {
  return (
    readdirSync('/sys/class/net')
      .sort()
      .find((name) => name !== 'lo') ?? 'eth0'
  );
}

function secretOf(name: string): string {
  if (/TLS_CERT/.test(name)) return dummyPair().certificate;
  if (/TLS_KEY|tls_key|account_key/.test(name)) return dummyPair().key;
  return 'dummy';
}

let madePair: { readonly key: string; readonly certificate: string } | undefined;

/** A key and a certificate for shop.example.com that nobody trusts, made once. */
export function dummyPair(): { readonly key: string; readonly certificate: string } {
  if (madePair !== undefined) return madePair;
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-pair-'));
  const [key, certificate] = [join(folder, 'key'), join(folder, 'certificate')];
  const form = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const name = ['-subj', '/CN=shop.example.com', '-addext', 'subjectAltName=DNS:shop.example.com'];
  execFileSync('openssl', ['req', '-x509', ...form, ...name, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  madePair = { key: readFileSync(key, 'utf8').trimEnd(), certificate: readFileSync(certificate, 'utf8').trimEnd() };
  rmSync(folder, { recursive: true });
  return madePair;
}

function keep(_: string, content: string): string {
  return content;
}
