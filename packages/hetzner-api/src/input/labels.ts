/** Labels of a resource. */
export type Labels = Readonly<Record<string, string>>;

const namePattern = /^[a-z0-9A-Z](?:[-_.a-z0-9A-Z]{0,61}[a-z0-9A-Z])?$/;
const subdomainPattern = /^[a-z0-9A-Z](?:[-a-z0-9A-Z]*[a-z0-9A-Z])?(?:\.[a-z0-9A-Z](?:[-a-z0-9A-Z]*[a-z0-9A-Z])?)*$/;

/** What is wrong with a label key by https://docs.hetzner.cloud (Labels), or undefined. */
export function refuseLabelKey(key: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== undefined) {
    if (prefix.length > 253 || !subdomainPattern.test(prefix)) return `prefix of label key '${key}' is not valid`;
    if (prefix === 'hetzner.cloud') return `label key '${key}' is reserved`;
  }
  return namePattern.test(name) ? undefined : `label key '${key}' is not valid`;
}

/** What is wrong with a label value, or undefined. */
export function refuseLabelValue(key: string, value: string): string | undefined {
  return value === '' || namePattern.test(value) ? undefined : `value '${value}' of label '${key}' is not valid`;
}
