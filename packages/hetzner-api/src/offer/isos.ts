import type { IsoShape } from '../shapes.js';

/** The example of Hetzner's documentation, so that attaching can be tried. The catalogue knows no ISOs. */
export const exampleIsos: readonly IsoShape[] = [
  {
    id: 901,
    name: 'FreeBSD-11.0-RELEASE-amd64-dvd1',
    description: 'FreeBSD 11.0 x64',
    type: 'public',
    architecture: 'x86',
    deprecation: null,
  },
];
