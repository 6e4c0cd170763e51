/**
 * A word of a command in a unit: between double quotes unless it is plain, with what systemd would expand doubled
 * (systemd.service(5), "Command lines").
 */
export function commandWord(text: string): string {
  if (/^[A-Za-z0-9_.:/@=,+-]+$/.test(text)) return text;
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('%', '%%')
    .replaceAll('$', '$$$$');
  return `"${escaped}"`;
}

/** The value of a setting that takes a path. */
export function pathSetting(path: string): string {
  return path.replaceAll('%', '%%');
}

/**
 * What no daemon of ours needs, whatever it does (systemd.exec(5), "Sandboxing"). Each unit adds what it alone can do without, and what
 * it may write. The users' own programs are told less, since nobody knows what they need.
 */
export const sandbox = `NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
`;

/** The name of the unit that mounts a path, as `systemd-escape --path` makes it. */
export function mountUnit(path: string): string {
  const escaped = [...new TextEncoder().encode(path.replace(/^\/+|\/+$/g, ''))].map((byte, index) => {
    const character = String.fromCharCode(byte);
    if (character === '/') return '-';
    const isPlain = /[A-Za-z0-9:_.]/.test(character) && !(character === '.' && index === 0);
    return isPlain ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `${escaped.join('')}.mount`;
}

/**
 * What has a special meaning between double quotes of systemd's EnvironmentFile or of a shell, made literal
 * (systemd.exec(5), "EnvironmentFile").
 */
export function withinDoubleQuotes(text: string): string {
  return text.replace(/[\\"$`]/g, '\\$&');
}
