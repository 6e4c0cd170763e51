import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Bundle, type PlacedCommand, runbookCommands } from '@groundplan/hosts/bundle';
import type { Host } from '@groundplan/model';
import { neededSecrets } from '@groundplan/secrets';
import { describe, it } from 'mocha';
import { sampleText } from '../../../../test/support/compile-text.js';
import { needs } from '../../../../test/support/needs.js';
import { runbook as alertTitles } from '../../src/alerts/runbook.js';
import { accepted } from '../support.js';
import { programsIn, standsFor } from './shell-words.js';
import { all, ofSamples, type Written, written } from './topologies.js';

const headings = ({ markdown }: Written) => {
  const prose = markdown.replace(/^```sh$[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title);
};

/** Each command with the bundle of every host that it is for. */
function onHosts({ runbook, bundles }: Written): { command: PlacedCommand; bundle: Bundle }[] {
  return runbookCommands(runbook).flatMap((command) =>
    hostsOf(command).map((host) => {
      const bundle = bundles.find((each) => each.host === host);
      assert.ok(bundle, `${host.name} of "${command.title}" is not configured`);
      return { command, bundle };
    }),
  );
}

function hostsOf({ where }: PlacedCommand): readonly Host[] {
  if (where.kind === 'own-computer') return [];
  assert.notEqual(where.hosts.length, 0);
  return where.hosts;
}

/** The text of a file as far as it is known. */
const textOf = ({ content }: Bundle['files'][number]) =>
  content.map((part) => (typeof part === 'string' ? part : '')).join('');

describe('RUNBOOK.md', () => {
  for (const { name, markdown } of ofSamples) {
    it(`of the sample ${name} is what was reviewed`, () => {
      const path = fileURLToPath(new URL(`golden/${name}.md`, import.meta.url));
      if (process.env.UPDATE === '1') writeFileSync(path, markdown);
      assert.equal(markdown, readFileSync(path, 'utf8'));
    });
  }

  it('is the same each time', () => {
    for (const { name, markdown } of ofSamples) assert.equal(written(name, sampleText(name)).markdown, markdown);
  });

  it('has no heading twice, and links that lead somewhere', () => {
    for (const each of all) {
      const titles = headings(each);
      assert.equal(new Set(titles).size, titles.length, each.name);
      const anchors = new Set(
        titles.map((title) =>
          title
            .toLowerCase()
            .replace(/[^\w -]/g, '')
            .replaceAll(' ', '-'),
        ),
      );
      const links = [...each.markdown.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor);
      assert.ok(links.length > 10);
      assert.deepEqual(
        links.filter((anchor) => !anchors.has(anchor)),
        [],
        each.name,
      );
    }
  });

  it('has a section for every alert that a host can send, and for no other', () => {
    for (const each of all) {
      const texts = each.bundles.flatMap(({ files }) => files.map(textOf)).join('\n');
      const sent = Object.values(alertTitles).filter((title) => texts.includes(title));
      const shown = headings(each).filter((title) => (Object.values(alertTitles) as string[]).includes(title));
      assert.deepEqual(shown, sent, each.name);
    }
  });

  it('says of every secret how it becomes another one', () => {
    for (const { name, model, markdown } of all) {
      for (const secret of neededSecrets(model)) {
        assert.match(markdown, new RegExp(`^\\| \`${secret.name}\` \\| .* \\| .+ \\| .*\\|$`, 'm'), name);
      }
    }
  });

  it('says nothing of what the topology does not have', () => {
    const plain = all.find(({ name }) => name === 'no database');
    assert.ok(plain);
    assert.doesNotMatch(plain.markdown, /patroni|galera|pgbackrest|restic|volume|app-|groundplan-dns/i);
    const { markdown } = written('bare', sampleText('smallest'), 'my shop.yaml');
    assert.match(markdown, /^groundplan build 'my shop\.yaml' && groundplan exec 'my shop\.yaml' -- terraform /m);
    assert.match(markdown, /^groundplan keys rotate "\$name" 'my shop\.yaml'$/m);
  });

  it('has text for everything', () => {
    for (const { name, markdown } of all) {
      assert.doesNotMatch(markdown, /undefined|\[object|NaN|\$\{|^\*\*\*\*$/m, name);
      assert.doesNotMatch(markdown, /\n{3}|[ \t]$/m, name);
    }
  });
});

describe('a command of RUNBOOK.md', () => {
  it('names units that its hosts have', () => {
    for (const each of all) {
      for (const { command, bundle } of onHosts(each)) {
        const units = [...command.script.matchAll(/(?<![\w/.])[\w.@*-]+\.(?:service|timer|mount|socket|path)\b/g)];
        for (const [unit] of units)
          assert.ok(hasUnit(bundle, unit), `${unit} on ${bundle.host.name}: ${command.title}`);
      }
    }
  });

  it('names paths that its hosts have', () => {
    for (const each of all) {
      for (const { command, bundle } of onHosts(each)) {
        for (const [path] of command.script.matchAll(/(?<![\w.:}$"-])\/[\w.@%*/-]*\w/g)) {
          assert.ok(hasPath(bundle, path), `${path} on ${bundle.host.name}: ${command.title}`);
        }
      }
    }
  });

  it('runs programs that its hosts have', () => {
    for (const each of all) {
      for (const { command, bundle } of onHosts(each)) {
        for (const program of programsIn(command.script)) {
          const packages = standsFor(program, bundle);
          assert.ok(packages !== undefined, `${program} is not known: ${command.title}`);
          const own = bundle.files.some(({ path }) => path === program || path === `/usr/local/sbin/${program}`);
          const isThere = own || packages.length === 0 || packages.some((name) => bundle.packages.includes(name));
          assert.ok(isThere, `${program} on ${bundle.host.name}: ${command.title}`);
        }
      }
    }
  });

  it('says what is to be seen, and is told what it needs', () => {
    for (const { runbook } of all) {
      for (const { title, expect, inputs, script } of runbookCommands(runbook)) {
        assert.ok(expect !== undefined && /[.?]$/.test(expect), title);
        assert.match(title, /[^.]$/);
        for (const name of Object.keys(inputs)) assert.ok(script.includes(`$${name}`), `${name} of "${title}"`);
        const told = [...script.matchAll(/(?:^|[\s;(])(\w+)=/gm)].map(([, name = '']) => name);
        const read = /\bread -r ([a-z_ ]+)/.exec(script)?.[1]?.split(' ') ?? [];
        const loop = /\bfor (\w+) in/.exec(script)?.[1] ?? '';
        for (const [, name = ''] of script.matchAll(/(?<!\\)\$\{?([a-z]\w*)/g)) {
          assert.ok(name in inputs || [...told, ...read, loop].includes(name), `$${name} of "${title}"`);
        }
      }
    }
  });

  it('is taken by the shell, and shellcheck has nothing to say', async function () {
    this.timeout(120_000);
    const [bash, shellcheck] = ['bash', 'shellcheck'].map((program) => needs(this, program));
    assert.ok(bash !== undefined && shellcheck !== undefined);
    const blocks = all.flatMap(({ markdown }) => [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]);
    const scripts = [...new Set(blocks.map(([, script = '']) => script))];
    const commands = all.flatMap(({ runbook }) => runbookCommands(runbook));
    assert.equal(blocks.length, commands.length, 'every command is a block, and nothing else');
    const functions = scripts.map((script, index) => `block_${index}() {\n${script}}\nblock_${index}\n`).join('\n');
    await accepted(bash, (file) => ['-n', file], 'commands.sh', functions);
    await accepted(
      shellcheck,
      (file) => ['--shell=bash', '--exclude=SC1090,SC1091', file],
      'commands.sh',
      `#!/bin/bash\n${functions}`,
    );
  });
});

/** A unit of the bundle, an instance of a template, or one of a package that the bundle adds to. */
function hasUnit({ files, units }: Bundle, unit: string): boolean {
  const template = unit.replace(/@.*(?=\.)/, '@');
  const paths = [unit, template].flatMap((name) => [
    `/etc/systemd/system/${name}`,
    `/etc/systemd/system/${name}.d/groundplan.conf`,
  ]);
  return units.some(({ name }) => name === unit) || files.some(({ path }) => paths.includes(path));
}

/** What the system has, what the commands make, and what is not on a disk. */
const notOurs = [
  /^\/$/,
  /^\/dev\//,
  /^\/run\/reboot-required$/,
  /^\/everything\.mbstream$/,
  /^\/var\/log\/postgresql\/restore\.log$/,
  /^\/srv\/data\/mysql\/restore(?:\/|$)/,
  /^\/srv\/data\/mysql\/data\.before$/,
];

/** A file of the bundle, a folder of one, or what one of them speaks of. */
function hasPath({ files }: Bundle, path: string): boolean {
  const folder = path.replace(/\/\*?$/, '');
  if (notOurs.some((pattern) => pattern.test(path))) return true;
  const bin = path.replace(/\/pg_ctl$/, '');
  return files.some((file) => {
    if (file.path === path || file.path.startsWith(`${folder}/`)) return true;
    const text = textOf(file);
    return text.includes(folder) || text.includes(bin);
  });
}
