import type { Metafile } from 'esbuild';

export function bundleCli(
  root: string,
  options?: { folder?: string; minify?: boolean; raster?: boolean; notices?: boolean; partEnding?: string },
): Promise<Metafile>;
