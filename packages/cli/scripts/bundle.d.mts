import type { Metafile } from 'esbuild';

export function bundleCli(root: string): Promise<Metafile>;
