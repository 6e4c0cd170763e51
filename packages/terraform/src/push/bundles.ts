import { wayTo } from '@groundplan/hosts';
import { type Bundle, bundleOf, type PackedBundle, packBundle, secretsIn } from '@groundplan/hosts/bundle';
import type { Host, Model } from '@groundplan/model';
import type { LockedSecret } from '@groundplan/secrets';
import { deployKeyName } from './deploy-key.js';

/** A host that an apply configures. */
export interface ConfiguredHost {
  readonly host: Host;
  readonly bundle: Bundle;
  readonly packed: PackedBundle;
}

/** What may be known of each secret, by its name: what the lock file says. */
export type LockedSecrets = ReadonlyMap<string, LockedSecret>;

const ofModel = new WeakMap<Model, readonly Bundle[]>();

/** Of the hosts that have a bundle and that SSH can reach. Kept for each model: to make them is most of the work. */
function bundles(model: Model): readonly Bundle[] {
  const known = ofModel.get(model);
  if (known !== undefined) return known;
  const made = model.hosts.flatMap((host) => (wayTo(model, host) === undefined ? [] : (bundleOf(model, host) ?? [])));
  ofModel.set(model, made);
  return made;
}

/** The hosts that an apply leaves as their first boot made them, although there are secrets for all. */
export function unconfiguredHosts(model: Model): Host[] {
  const configured = new Set(bundles(model).map(({ host }) => host.key));
  return model.hosts.filter(({ key }) => !configured.has(key));
}

/**
 * The names of the secrets without which hosts cannot be configured and that the lock file does not have, sorted: those that their
 * files hold, or whose public part they hold, and the key by which Terraform reaches them.
 */
export function missingSecrets(model: Model, locked: LockedSecrets): string[] {
  const all = bundles(model);
  const named = all.flatMap(({ files }) =>
    files.flatMap(({ content }) => [...secretsIn(content), ...publicPartsIn(content)]),
  );
  const wanted = new Set(all.length === 0 ? [] : [deployKeyName, ...named]);
  return [...wanted].filter((name) => !locked.has(name)).sort();
}

/**
 * @param files the text of each file that the topology names, by its path as it is written
 * @throws when a secret is missing ({@link missingSecrets}), or a file
 */
export function configuredHosts(
  model: Model,
  files: ReadonlyMap<string, string>,
  locked: LockedSecrets,
): ConfiguredHost[] {
  return bundles(model).map((bundle) => ({
    host: bundle.host,
    bundle,
    packed: packBundle(bundle, { files, secrets: locked }),
  }));
}

function publicPartsIn(content: Bundle['files'][number]['content']): string[] {
  return content.flatMap((part) => (typeof part !== 'string' && 'publicPartOf' in part ? [part.publicPartOf] : []));
}
