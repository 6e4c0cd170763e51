import { type Attributes, attributesOf, type PlannedChange } from '@groundplan/plan';

/**
 * What a change sends to a host that runs already, in words, sorted; empty for a new host, and for a gate, which only waits. Undefined
 * for what is no push of configuration, and for one that goes with its host.
 */
export function configurationIn({ type, name, action, before, after }: PlannedChange): readonly string[] | undefined {
  if (type !== 'terraform_data' || !/_(?:push|gate)$/.test(name)) return undefined;
  if (action !== 'create' && action !== 'replace') return undefined;
  const [was, is] = [before, after].map((attributes) => attributesOf(attributes?.['triggers_replace']) ?? {});
  if (was === undefined || is === undefined || action === 'create' || was['bundle'] === undefined) return [];
  const secrets = changedKeys(attributesOf(was['secrets']), attributesOf(is['secrets']));
  return [
    ...(differ(was['values'], is['values']) ? ['addresses'] : []),
    ...(differ(was['server'], is['server']) ? ['everything'] : []),
    ...(was['bundle'] === is['bundle'] ? [] : ['files']),
    ...secrets.map((secret) => `secret ${secret}`),
  ];
}

function changedKeys(before: Attributes = {}, after: Attributes = {}): string[] {
  return Object.keys(after)
    .filter((key) => differ(before[key], after[key]))
    .sort();
}

function differ(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}
