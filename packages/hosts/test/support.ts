import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapUserData, type Text } from '@groundplan/hosts';
import type { Host, Model } from '@groundplan/model';
import { parse } from 'yaml';
import { runProcess } from '../../../test/support/process.js';

/** The text as a host gets it; every public address is one of documentation. */
export function shown(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : '203.0.113.7')).join('');
}

export interface CloudConfig {
  readonly hostname: string;
  readonly write_files: readonly { readonly path: string; readonly permissions: string; readonly content: string }[];
  readonly [key: string]: unknown;
}

export function configOf(model: Model, host: Host): CloudConfig {
  return parse(shown(bootstrapUserData(model, host))) as CloudConfig;
}

export function fileOf(config: CloudConfig, path: string): string {
  const file = config.write_files.find((candidate) => candidate.path === path);
  assert.ok(file, `there is no ${path}`);
  return file.content;
}

/** Runs a program on a file with `content` and returns what it wrote; fails when the program does. */
export async function accepted(
  program: string,
  args: (file: string) => string[],
  name: string,
  content: string,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-hosts-'));
  try {
    const file = join(folder, name);
    writeFileSync(file, content);
    const result = await runProcess(program, args(file), { cwd: folder, env: { PATH: process.env.PATH ?? '' } });
    assert.equal(result.exitCode, 0, `${result.stdout}\n${result.stderr}`);
    return result.stdout + result.stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
