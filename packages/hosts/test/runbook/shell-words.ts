import type { Bundle } from '@groundplan/hosts/bundle';

/** Programs of packages that every host has, or of the system itself. */
const everywhere = new Set(
  [
    'apt apt-get bash cat chown cut date df du echo etc find findmnt grep install journalctl ls mv printf read rm',
    'runuser sed set sleep sort ss systemctl tail timeout wc needrestart chronyc : [ TZ=UTC .',
  ].flatMap((line) => line.split(' ')),
);

/** The packages of which one has the program. */
const ofPackages: Readonly<Record<string, (bundle: Bundle) => readonly string[]>> = {
  birdc: () => ['bird2'],
  etcd: () => ['etcd-server'],
  etcdctl: () => ['etcd-client'],
  mariadb: () => ['mariadb-server'],
  'mariadb-admin': () => ['mariadb-server'],
  'mariadb-backup': () => ['mariadb-backup'],
  'mariadb-binlog': () => ['mariadb-server'],
  mariadbd: () => ['mariadb-server'],
  mbstream: () => ['mariadb-backup'],
  openssl: () => ['openssl'],
  patronictl: () => ['patroni'],
  pgbackrest: () => ['pgbackrest'],
  psql: ({ packages }) => packages.filter((name) => name.startsWith('postgresql-')),
  socat: () => ['socat'],
};

/** The packages that a program may come from, none where every host has it; undefined where nobody knows. */
export function standsFor(program: string, bundle: Bundle): readonly string[] | undefined {
  if (everywhere.has(program)) return [];
  if (/\/pg_ctl$/.test(program)) return bundle.packages.filter((name) => name.startsWith('postgresql-'));
  if (program.startsWith('/usr/local/') || program.startsWith('groundplan-')) return ['a file of the bundle'];
  return ofPackages[program]?.(bundle);
}

/** The programs that a script runs: the first word of each command, also behind another user's name or a limit of time. */
export function programsIn(script: string): string[] {
  const plain = script
    .replace(/\\\n/g, ' ')
    .replace(/^\s*#.*$/gm, '')
    .replace(/"\$\(/g, '$(')
    .replace(/'[^']*'/g, 'WORD');
  const commands = plain.split(/\n|;|\|\|?|&&|&(?!\d)|\$\(/).map((command) => command.trim());
  return commands.flatMap((command) => {
    const words = command
      .replace(/^(?:(?:while|until|if|do|then|!) )+/, '')
      .replace(/^(?:done|fi|for \w+ in .*|\))\s*.*$/, '')
      .replace(/^\w+=(?:"[^"]*"|\S*)\s*/, '')
      .split(/\s+/)
      .filter((word) => word !== '');
    return programsOf(words);
  });
}

function programsOf(words: readonly string[]): string[] {
  const [first] = words;
  if (first === undefined || first === 'WORD' || first === ']' || first.startsWith('"$') || /^[<>]/.test(first))
    return [];
  if (first === 'runuser') return [first, ...programsOf(words.slice(words.indexOf('--') + 1))];
  if (first === 'timeout') return [first, ...programsOf(words.slice(2))];
  return [first];
}
