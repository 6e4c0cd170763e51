import assert from 'node:assert/strict';
import type { Fix } from '@groundplan/diagnostics';
import { describe, it } from 'mocha';
import { applyFix } from '../../../../test/support/apply-fix.js';
import { diagnose } from './marked.js';

const head =
  'topology: v1\nname: shop\nregion: fsn1\naccess: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }\n';

/** Holds that the first diagnostic of the text offers the fixes with these titles, and that each gives the text beside it. */
function offers(text: string, expected: Readonly<Record<string, string>>): void {
  const [first] = diagnose(head + text);
  const actual = Object.fromEntries(
    (first?.fixes ?? []).map((fix: Fix) => [fix.title, applyFix(head + text, fix).slice(head.length)]),
  );
  assert.deepEqual(actual, expected);
}

describe('the fixes of the shape check', () => {
  it('rename an unknown key, or remove its line', () => {
    offers('buckets:\n  dumps:\n    versoning: true # keep\n    location: hel1\n', {
      'Change to versioning': 'buckets:\n  dumps:\n    versioning: true # keep\n    location: hel1\n',
      'Remove versoning': 'buckets:\n  dumps:\n    location: hel1\n',
    });
  });

  it('remove a key with all of its lines', () => {
    offers('buckets:\n  dumps:\n    location: hel1\n    zork:\n      a: 1\n      b: |\n        text\n  other: {}\n', {
      'Remove zork': 'buckets:\n  dumps:\n    location: hel1\n  other: {}\n',
    });
  });

  it('remove a key from a map in braces, first, in the middle and last', () => {
    offers('buckets:\n  dumps: { zork: 1, location: hel1 }\n', {
      'Remove zork': 'buckets:\n  dumps: { location: hel1 }\n',
    });
    offers('buckets:\n  dumps: { access: public, zork: 1, location: hel1 }\n', {
      'Remove zork': 'buckets:\n  dumps: { access: public, location: hel1 }\n',
    });
    offers('buckets:\n  dumps: { location: hel1, zork: 1 }\n', {
      'Remove zork': 'buckets:\n  dumps: { location: hel1 }\n',
    });
  });

  it('do not remove the only key of a map, which would leave nothing', () => {
    offers('buckets:\n  dumps:\n    zork: 1\n', {});
    offers('buckets:\n  dumps: { zork: 1 }\n', {});
  });

  it('indent a key less that ends up in the map it belongs to', () => {
    offers('buckets:\n  dumps:\n    location: hel1\n    dns: # here\n      provider: none\n\n      ttl: 60\n', {
      'Indent dns less': 'buckets:\n  dumps:\n    location: hel1\ndns: # here\n  provider: none\n\n  ttl: 60\n',
    });
    offers('buckets:\n  dumps:\n    location: hel1\n    dns: { provider: none }\n  logs: {}\n', {});
    offers('buckets:\n  dumps: { location: hel1, dns: { provider: none } }\n', {});
  });

  it('indent what stands under a key without anything in it', () => {
    offers('buckets:\n  dumps:\n  location: hel1\n  access: private\n  logs: { location: hel1 }\n', {
      'Indent what follows under dumps':
        'buckets:\n  dumps:\n    location: hel1\n    access: private\n  logs: { location: hel1 }\n',
    });
  });

  it('indent a key less in the middle of the file', () => {
    offers('buckets:\n  dumps:\n    location: hel1\n    labels: { a: b }\napps: {}\n', {
      'Indent labels less': 'buckets:\n  dumps:\n    location: hel1\nlabels: { a: b }\napps: {}\n',
    });
  });

  it('indent keys more that stand under a section without anything in it', () => {
    offers('apps:\nweb:\n  run: { script: run.sh }\n# another\napi: { run: { script: run.sh } }\nlabels: {}\n', {
      'Indent them under apps':
        'apps:\n  web:\n    run: { script: run.sh }\n  # another\n  api: { run: { script: run.sh } }\nlabels: {}\n',
    });
    offers('apps:\nweb: { run: { script: run.sh } }\n', {
      'Indent it under apps': 'apps:\n  web: { run: { script: run.sh } }\n',
    });
  });

  it('add a key that can have one value only', () => {
    const text = 'name: shop\nregion: fsn1\naccess: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }\n';
    const [first] = diagnose(text);
    assert.deepEqual(
      first?.fixes.map((fix) => [fix.title, applyFix(text, fix)]),
      [['Add topology: v1', `topology: v1\n${text}`]],
    );
  });

  it('do not add a key where a mark of YAML stands before the first one', () => {
    const added = (text: string): string[] =>
      diagnose(text).flatMap(({ fixes }) => fixes.map((fix) => `${fix.title}\n${applyFix(text, fix)}`));
    assert.deepEqual(added('? name\n: shop\n'), []);
    assert.deepEqual(added('&a name: shop\n'), []);
    assert.deepEqual(added('{ ? name : shop }\n'), ['Add topology: v1\n{ topology: v1, ? name : shop }\n']);
  });

  it('write the nearest word', () => {
    offers('image: Debian13\n', { 'Change to debian-13': 'image: debian-13\n' });
  });

  it('write a value as its field takes it', () => {
    offers('apps:\n  web: { port: "3000", run: { script: run.sh } }\n', {
      'Write 3000': 'apps:\n  web: { port: 3000, run: { script: run.sh } }\n',
    });
    offers('apps:\n  web: { drain: 20, run: { script: run.sh } }\n', {
      'Write 20s': 'apps:\n  web: { drain: 20s, run: { script: run.sh } }\n',
    });
    offers('buckets:\n  dumps: { versioning: yes }\n', { 'Write true': 'buckets:\n  dumps: { versioning: true }\n' });
    offers('buckets:\n  dumps: { writers: app.web }\n', {
      'Write [app.web]': 'buckets:\n  dumps: { writers: [app.web] }\n',
    });
    offers('buckets:\n  dumps:\n', { 'Write {}': 'buckets:\n  dumps: {}\n' });
    offers('dns: { provider: none, zone: Example.com }\n', {
      'Write example.com': 'dns: { provider: none, zone: example.com }\n',
    });
    offers('labels: { version: 1.10 }\n', { 'Write "1.10"': 'labels: { version: "1.10" }\n' });
  });

  it('write a list of one text, whatever the text is', () => {
    offers('buckets:\n  dumps: { cors: "https://a, b: [c]" }\n', {
      'Write ["https://a, b: [c]"]': 'buckets:\n  dumps: { cors: ["https://a, b: [c]"] }\n',
    });
    offers('buckets:\n  dumps:\n    cors: https://a, b [c] # d\n', {
      'Write ["https://a, b [c]"]': 'buckets:\n  dumps:\n    cors: ["https://a, b [c]"] # d\n',
    });
    offers('buckets:\n  dumps:\n    cors: |-\n      https://a\n', {});
  });

  it('keep a comment that stands where the value should', () => {
    offers('apps:\n  web:\n    port: 80\n    run: { script: run.sh }\n    health: #{ interval: 2s }\n', {
      'Write {}': 'apps:\n  web:\n    port: 80\n    run: { script: run.sh }\n    health: {} #{ interval: 2s }\n',
    });
    offers('apps:\n  web:\n    port: 80\n    run: { script: run.sh }\n    health: &health\n', {});
  });

  it('keep the quotes of keys and words', () => {
    offers('buckets: {"dumps":{"versoning":true}}\n', {
      'Change to versioning': 'buckets: {"dumps":{"versioning":true}}\n',
    });
    offers("buckets: {'MyDumps':{}}\n", { 'Change to my-dumps': "buckets: {'my-dumps':{}}\n" });
    offers("image: 'debian13'\n", { 'Change to debian-13': "image: 'debian-13'\n" });
  });

  it('keep the digits of permissions', () => {
    offers('apps:\n  web:\n    run: { script: run.sh }\n    files: { /etc/a: { content: a, mode: 0644 } }\n', {
      'Write "0644"':
        'apps:\n  web:\n    run: { script: run.sh }\n    files: { /etc/a: { content: a, mode: "0644" } }\n',
    });
  });

  it('make a name of a key', () => {
    offers('buckets: { MyDumps_2: {} }\n', { 'Change to my-dumps-2': 'buckets: { my-dumps-2: {} }\n' });
  });

  it('choose between keys', () => {
    offers('apps:\n  web: { run: { container: nginx, script: run.sh } }\n', {
      'Remove container': 'apps:\n  web: { run: { script: run.sh } }\n',
      'Remove script': 'apps:\n  web: { run: { container: nginx } }\n',
    });
  });

  it('keep line ends', () => {
    const text = 'name: shop\r\nregion: fsn1\r\naccess: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }\r\n';
    const [fix] = diagnose(text)[0]?.fixes ?? [];
    assert.ok(fix);
    assert.equal(applyFix(text, fix), `topology: v1\r\n${text}`);
  });
});
