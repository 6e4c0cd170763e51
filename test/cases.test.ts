import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Code, catalogue } from '@groundplan/diagnostics';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';
import { applyFix } from './support/apply-fix.js';
import { frame } from './support/frame.js';

/**
 * One folder a diagnostic, test/cases/<area>/<what-is-wrong>/:
 * - topology.yaml  a whole topology with that one mistake
 * - expected.txt   golden: every diagnostic of it, with the exact range, and the fixes
 * - fixed.yaml     golden when the diagnostic has a fix: the topology after its first fix; else written by hand
 * - silent.yaml    a topology close to the mistake that must not have the diagnostic
 * More cases of one code stand beside it as <what-is-wrong>--<variant>.
 */
const root = fileURLToPath(new URL('./cases/', import.meta.url));
const update = process.env['UPDATE'] === '1';

/** Codes that no text of a topology alone can show, and where they are tested instead. */
const elsewhere: Readonly<Record<string, string>> = {
  'config/': 'packages/model/test/config.test.ts',
  'file/': 'packages/cli/test',
  'plan/': 'packages/cli/test',
  'volume/shrunk': 'packages/cli/test',
  'host/user-data-size': 'packages/hosts/test',
  'syntax/': 'packages/syntax/test',
};

const folders = readdirSync(root, { withFileTypes: true })
  .filter((area) => area.isDirectory())
  .flatMap((area) => readdirSync(join(root, area.name)).map((name) => `${area.name}/${name}`))
  .sort();

describe('each diagnostic', () => {
  it('has a case', () => {
    const covered = new Set(folders.map(codeOf));
    const missing = Object.keys(catalogue).filter(
      (code) => !covered.has(code) && !Object.keys(elsewhere).some((prefix) => code.startsWith(prefix)),
    );
    assert.deepEqual(missing, []);
  });

  for (const folder of folders) {
    describe(folder, () => {
      const code = codeOf(folder) as Code;
      const text = read(folder, 'topology.yaml');
      const { diagnostics } = analyse(text);
      const own = diagnostics.find((diagnostic) => diagnostic.code === code);

      it('is shown at the exact range', () => {
        golden(folder, 'expected.txt', `${diagnostics.map((each) => frame(text, each)).join('\n\n')}\n`);
        assert.ok(own, `topology.yaml does not show ${code}`);
      });

      it('is gone once it is fixed', () => {
        const [fix] = own?.fixes ?? [];
        if (fix !== undefined) golden(folder, 'fixed.yaml', applyFix(text, fix));
        assertSilent(code, read(folder, 'fixed.yaml'));
      });

      it('stays silent where nothing is wrong', () => {
        assertSilent(code, read(folder, 'silent.yaml'));
      });
    });
  }
});

function codeOf(folder: string): string {
  return folder.replace(/--.*$/, '');
}

function read(folder: string, file: string): string {
  return readFileSync(join(root, folder, file), 'utf8');
}

function golden(folder: string, file: string, actual: string): void {
  const path = join(root, folder, file);
  if (update) writeFileSync(path, actual);
  assert.ok(existsSync(path), `${path} is missing: run with UPDATE=1 and read it`);
  assert.equal(actual, readFileSync(path, 'utf8'));
}

function assertSilent(code: Code, text: string): void {
  const shown = analyse(text)
    .diagnostics.filter((diagnostic) => diagnostic.code === code || diagnostic.severity === 'error')
    .map((diagnostic) => frame(text, diagnostic));
  assert.deepEqual(shown, []);
}
