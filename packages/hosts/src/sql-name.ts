/** Names that PostgreSQL or MariaDB have for themselves, as users or as databases. */
const taken = new Set([
  'postgres',
  'template0',
  'template1',
  'public',
  'none',
  'mysql',
  'sys',
  'information_schema',
  'performance_schema',
  'root',
  'mariadb_sys',
]);

/** The name of a database inside its server, and of the user that it belongs to; what the server or we have for ourselves gets a prefix. */
export function sqlName({ firstName }: { readonly firstName: string }): string {
  const name = firstName.replaceAll('-', '_');
  return taken.has(name) || /^(pg|groundplan)_/.test(name) ? `app_${name}` : name;
}
