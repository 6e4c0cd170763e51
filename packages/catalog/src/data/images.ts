import type { Image } from '../types.js';

/** Sorted by name. The versions are those of the distributions' own archives on 2026-11-24; they stay within a release. */
export const images: readonly Image[] = [
  { name: 'debian-12', architectures: ['arm', 'x86'], postgresql: 15, mariadb: '10.11', pgbackrest: '2.45' },
  { name: 'debian-13', architectures: ['arm', 'x86'], postgresql: 17, mariadb: '11.8', pgbackrest: '2.55' },
  { name: 'ubuntu-24.04', architectures: ['arm', 'x86'], postgresql: 16, mariadb: '10.11', pgbackrest: '2.50' },
];
