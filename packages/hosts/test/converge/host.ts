import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convergeProgram } from '@groundplan/hosts/bundle';
import { type ProcessResult, runProcess } from '../../../../test/support/process.js';

const system = fileURLToPath(new URL('system.py', import.meta.url));

/** A file of a bundle as a test writes it. */
export interface Written {
  readonly text: string;
  readonly mode?: string;
  readonly owner?: string;
  readonly check?: readonly string[];
  readonly action?: Readonly<Record<string, string | readonly string[]>>;
  readonly placeholders?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly before_packages?: true;
}

export interface Bundle {
  readonly packages?: readonly string[];
  readonly files?: Readonly<Record<string, Written>>;
  readonly units?: readonly { readonly name: string; readonly state: string; readonly [more: string]: unknown }[];
}

interface Options {
  readonly given?: object;
  readonly args?: readonly string[];
  readonly expect?: string;
}

/** A root of its own, with a systemd that notes what it is told. */
export interface TestHost {
  readonly root: string;
  /** Converges; what it said is in `stdout`. */
  converge(bundle: Bundle, options?: Options): Promise<ProcessResult>;
  /** Converges, which must succeed. */
  ok(bundle: Bundle, options?: Options): Promise<ProcessResult>;
  /** Writes a bundle and gives its folder. */
  send(bundle: Bundle): string;
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  mode(path: string): string;
  /** What changed something, since the last question: systemctl but for questions, apt-get, and what is run for files. */
  deeds(): string[];
  /** The content of a file as a unit read it last. */
  readBy(unit: string, path: string): string | undefined;
  isActive(unit: string): boolean;
  isEnabled(unit: string): boolean;
  /** Commands that begin so fail from now on. */
  failing(...commands: readonly string[]): void;
  /** The so many next command kills the program. */
  killAt(command: number | undefined): void;
  /** Every file below the root but the program's own state, by path. */
  files(): Record<string, string>;
  remove(): void;
}

export function testHost(): TestHost {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-converge-'));
  const root = join(folder, 'root');
  const program = join(folder, 'converge.py');
  mkdirSync(root);
  writeFileSync(program, convergeProgram);
  const text = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');
  const units = (): Record<string, { active?: string; enabled?: boolean; read?: Record<string, string> }> =>
    JSON.parse(text('units.json') || '{}');
  let seen = 0;

  const host: TestHost = {
    root,
    send(bundle) {
      const at = join(folder, 'bundle');
      rmSync(at, { recursive: true, force: true });
      writeBundle(at, bundle);
      return at;
    },
    async converge(bundle, { given = {}, args = [], expect } = {}) {
      const at = host.send(bundle);
      const givenFile = join(folder, 'given.json');
      writeFileSync(givenFile, JSON.stringify(given), { mode: 0o600 });
      const expected =
        expect ??
        createHash('sha256')
          .update(readFileSync(join(at, 'manifest.json')))
          .digest('hex');
      const options = [
        '--given',
        givenFile,
        '--expect',
        expected,
        '--root',
        root,
        '--commands',
        system,
        '--settle',
        '0',
      ];
      // By a shell, which says of a program that was killed that it was.
      const words = ['-c', '/usr/bin/python3 "$@"; exit $?', 'sh', program, at, ...options, ...args];
      const result = await runProcess('sh', words, {
        cwd: folder,
        env: { PATH: process.env.PATH ?? '', GROUNDPLAN_TEST_SYSTEM: folder },
      });
      assert.equal(existsSync(givenFile), false, 'what was given is still there');
      if (result.exitCode !== 137) assert.equal(result.stderr, '', 'nothing unforeseen');
      return result;
    },
    async ok(bundle, options) {
      const result = await host.converge(bundle, options);
      assert.equal(result.exitCode, 0, result.stdout);
      return result;
    },
    read: (path) => (existsSync(root + path) ? readFileSync(root + path, 'utf8') : undefined),
    write(path, content) {
      mkdirSync(dirname(root + path), { recursive: true });
      writeFileSync(root + path, content);
    },
    mode: (path) => `0${(statSync(root + path).mode & 0o7777).toString(8)}`,
    deeds() {
      const lines = text('calls').split('\n').slice(0, -1);
      const fresh = lines.slice(seen);
      seen = lines.length;
      return fresh.filter((line) => /^(systemctl (?!show)|apt-get|touch|mkdir)/.test(line));
    },
    readBy: (unit, path) => units()[unit]?.read?.[path],
    isActive: (unit) => units()[unit]?.active === 'active',
    isEnabled: (unit) => units()[unit]?.enabled === true,
    failing: (...commands) => writeFileSync(join(folder, 'fails'), commands.map((each) => `${each}\n`).join('')),
    killAt(command) {
      const calls = text('calls').split('\n').length - 1;
      writeFileSync(join(folder, 'kill'), command === undefined ? '' : String(calls + command));
    },
    files: () => filesBelow(root, ['/var/lib/groundplan/converge', '/run']),
    remove: () => rmSync(folder, { recursive: true }),
  };
  return host;
}

function writeBundle(at: string, { packages = [], files = {}, units = [] }: Bundle): void {
  const entries = Object.entries(files).map(([path, { text, mode = '0644', owner = 'root', ...rest }]) => {
    const source = `files${path}`;
    mkdirSync(dirname(join(at, source)), { recursive: true });
    writeFileSync(join(at, source), text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { path, source, sha256, mode, owner, group: owner, ...rest };
  });
  mkdirSync(at, { recursive: true });
  const manifest = { format: 1, host: 'shop-fsn1-app-web-1', packages, units, files: entries };
  writeFileSync(join(at, 'manifest.json'), JSON.stringify(manifest));
  chmodSync(at, 0o700);
}

function filesBelow(root: string, without: readonly string[]): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !without.some((folder) => path.startsWith(`${folder}/`)));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(root + path, 'utf8')]));
}
