import type { Role } from '@groundplan/catalog';

const roles: Readonly<Record<string, Role>> = {
  load_balancers: 'lb',
  apps: 'app',
  databases: 'db',
  shared_storage: 'sto',
  arbiter: 'arbiter',
};

/** What the servers do that a field of the file is about, also as a region overrides it; undefined where it is about none. */
export function roleAt(path: readonly string[]): Role | undefined {
  return roles[(path[0] === 'regions' ? path[2] : path[0]) ?? ''];
}
