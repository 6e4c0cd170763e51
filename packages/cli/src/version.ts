import { createRequire } from 'node:module';

/** The version of Groundplan, from the manifest of this package. */
export function version(): string {
  const manifest: { version: string } = createRequire(import.meta.url)('@groundplan/cli/package.json');
  return manifest.version;
}
