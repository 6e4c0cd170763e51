import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse, type Model } from '@groundplan/model';
import { type NeededSecret, neededSecrets } from '@groundplan/secrets';
import { runProcess } from '../../../test/support/process.js';

/** The model of a text, which has no errors. */
export function modelOf(text: string): Model {
  const { model, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
  return model;
}

export function namesOf(text: string): string[] {
  return neededSecrets(modelOf(text)).map(({ name }) => name);
}

export function secretOf(form: NeededSecret['form'], name = 'some_secret'): NeededSecret {
  return { name, form, about: 'A secret.', variable: undefined, uses: [{ start: 0, end: 1 }] };
}

/** Does `work` in a folder of its own with these files, which is gone afterwards. */
export async function withFiles<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'groundplan-secrets-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content, { mode: 0o600 });
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a program says, which must accept these files; `args` are relative to their folder. */
export function accepts(
  program: string,
  args: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  return withFiles(files, async (folder) => {
    const ended = await runProcess(program, [...args], { cwd: folder, env: { PATH: process.env.PATH ?? '' } });
    assert.equal(ended.exitCode, 0, `${ended.stdout}\n${ended.stderr}`);
    return ended.stdout;
  });
}
