import { entryOf, type Mapping, toData } from '@groundplan/syntax';
import type { Access, LoadBalancer, Model, Secrets, TerraformBackend } from '../model.js';
import type { Reading } from './reading.js';
import { plainReference } from './references.js';
import { child, defaultOrigin, entries, type Scope, scalarText, scopeOf, text, texts, withDefault } from './scope.js';

export function readAccess(
  reading: Reading,
  root: Mapping | undefined,
  balancers: readonly LoadBalancer[],
): Access | undefined {
  const entry = entryOf(root, 'access');
  if (entry === undefined) return undefined;
  const scope = scopeOf(reading, entry, 'access', 'access');
  return {
    keySpan: entry.keySpan,
    sshKeys: texts(scope, 'ssh_keys'),
    sshFrom: texts(scope, 'ssh_from'),
    bastion: bastion(scope, balancers),
  };
}

/** The balancer that is named, or the first by first name, so that one added later does not take its place by its position. */
function bastion(scope: Scope, balancers: readonly LoadBalancer[]): Access['bastion'] {
  const written = plainReference(scope, 'bastion', 'load_balancer');
  const found = balancers.find((balancer) => balancer.name === written?.name);
  if (written !== undefined && found !== undefined) {
    return { loadBalancer: found, origin: { kind: 'written', span: written.span } };
  }
  const first = [...balancers].sort((a, b) => (a.firstName < b.firstName ? -1 : 1))[0];
  return {
    loadBalancer: first,
    origin:
      written === undefined
        ? defaultOrigin(scope, 'the first balancer by name')
        : { kind: 'invalid', span: written.span },
  };
}

export function readSecrets(scope: Scope): Secrets {
  const secrets = child(scope, 'secrets');
  return { file: withDefault(secrets, 'file', text), recipients: texts(secrets, 'recipients') };
}

export function readBackend(scope: Scope): TerraformBackend | undefined {
  const [backend] = entries(child(scope, 'terraform'), 'backend');
  if (backend === undefined) return undefined;
  const settings = toData(backend.value);
  const isMap = typeof settings === 'object' && settings !== null && !Array.isArray(settings);
  return {
    keySpan: backend.keySpan,
    type: backend.key,
    settings: isMap ? (settings as Readonly<Record<string, unknown>>) : {},
  };
}

export function readLabels(scope: Scope): Model['labels'] {
  return entries(scope, 'labels').flatMap((entry) => {
    const value = scalarText(entry.value);
    return value === undefined ? [] : [{ key: entry.key, value, span: entry.span }];
  });
}
