import { entryOf } from '@groundplan/syntax';
import type { App, Run } from '../model.js';
import { dottedReference, dottedReferenceAt, template, templateAt } from './references.js';
import {
  child,
  duration,
  entries,
  fieldOf,
  integer,
  integerBetween,
  optional,
  type Scope,
  scalarText,
  scopeOf,
  text,
  texts,
  withDefault,
  withFallback,
} from './scope.js';
import { overriding } from './server-type.js';
import { inEachRegion, named, readSection, slot, type TierReading } from './tier.js';

const counts = integerBetween(0, 80);

export function readApps(tier: TierReading): App[] {
  return readSection(tier, 'apps', 'app', (scope, entry) => {
    const health = child(scope, 'health');
    const release = child(scope, 'release');
    return {
      kind: 'app',
      ...named(scope, entry),
      slot: slot(scope),
      inRegions: inEachRegion(
        tier,
        scope,
        entry.key,
        'apps',
        'app',
        (override) => overriding(override, 'count', counts) ?? withDefault(scope, 'count', counts),
      ),
      port: optional(scope, 'port', integerBetween(1, 65_535)),
      schedule: optional(scope, 'schedule', text),
      run: readRun(scope),
      release: { before: optional(release, 'before', text), batch: withDefault(release, 'batch', integer) },
      health: {
        path: withDefault(health, 'path', text),
        interval: withDefault(health, 'interval', duration),
        fall: withDefault(health, 'fall', integer),
        rise: withDefault(health, 'rise', integer),
      },
      drain: withDefault(scope, 'drain', duration),
      env: readEnv(scope),
      mounts: entries(scope, 'mounts').flatMap((mount) => {
        const storage = dottedReferenceAt({ ...scope, field: fieldOf(scope, 'mounts.*') }, mount.value, ['storage']);
        return storage === undefined ? [] : [{ path: mount.key, keySpan: mount.keySpan, storage }];
      }),
      packages: texts(scope, 'packages'),
      files: readFiles(scope),
    };
  });
}

function readEnv(scope: Scope): App['env'] {
  const place = { reading: scope.reading, owner: scope.owner, field: fieldOf(scope, 'env.*') };
  return entries(scope, 'env').flatMap(({ key, keySpan, value: node }) => {
    const value = templateAt(place, node);
    return value === undefined ? [] : [{ name: key, keySpan, value }];
  });
}

/** The user's program; of several, which is a diagnostic, the first in this order. */
function readRun(scope: Scope): Run | undefined {
  const run = child(scope, 'run');
  const image = optional(run, 'container', text);
  if (image !== undefined) {
    const registry = child(run, 'registry');
    return {
      kind: 'container',
      image,
      registry:
        registry.node === undefined
          ? undefined
          : {
              user: withFallback(registry, 'user', text, '', 'no user is written'),
              password: dottedReference(registry, 'password', ['secret']),
            },
    };
  }
  const url = optional(run, 'artifact', text);
  if (url !== undefined) {
    return {
      kind: 'artifact',
      url,
      sha256: withFallback(run, 'sha256', text, '', 'no sum is written'),
      command: withFallback(run, 'command', text, '', 'no command is written'),
    };
  }
  const path = optional(run, 'script', text);
  return path && { kind: 'script', path };
}

function readFiles(scope: Scope): App['files'] {
  return entries(scope, 'files').map((entry) => {
    const file = scopeOf(scope.reading, entry, fieldOf(scope, 'files.*'), scope.owner);
    const content = template(file, 'content');
    const from = optional(file, 'from', text);
    return {
      path: entry.key,
      keySpan: entry.keySpan,
      source:
        entryOf(file.node, 'content') !== undefined && content !== undefined
          ? { kind: 'content', content }
          : from && { kind: 'from', path: from },
      mode: withDefault(file, 'mode', scalarText),
      owner: withDefault(file, 'owner', text),
    };
  });
}
