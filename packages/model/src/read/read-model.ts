import type { Catalog } from '@groundplan/catalog';
import { compareSpans, type Result, type Span } from '@groundplan/diagnostics';
import { entryOf, type SyntaxTree } from '@groundplan/syntax';
import { deriveHosts } from '../derive/hosts.js';
import type { ImageName, Model } from '../model.js';
import type { Declaration } from '../names.js';
import { readAlerts } from './alerts.js';
import { readApps } from './apps.js';
import { readBuckets, readExternals } from './buckets.js';
import { readDatabases } from './databases.js';
import { readDns } from './dns.js';
import { readLoadBalancers } from './load-balancers.js';
import { readDeclarations } from './names.js';
import type { Reading } from './reading.js';
import { plainName } from './references.js';
import { overridden, readArbiter, readRegions } from './regions.js';
import { oneOf, type Scope, text, withDefault, withFallback } from './scope.js';
import { readStorages } from './storage.js';
import { readAccess, readBackend, readLabels, readSecrets } from './surroundings.js';
import type { TierReading } from './tier.js';
import { readTunnel } from './tunnel.js';

/**
 * Reads what a file means, as completely as its text allows. The diagnostics are those of references only:
 * the shape has been checked before, the meaning is checked after.
 */
export function readModel(tree: SyntaxTree, catalog: Catalog): Result<Model> {
  const { root } = tree;
  const declarations = readDeclarations(tree);
  const reading: Reading = { catalog, declarations, references: [], diagnostics: [], secrets: new Map() };
  const top: Scope = {
    reading,
    node: root,
    field: '',
    owner: '',
    anchor: root?.entries[0]?.keySpan ?? { start: 0, end: 0 },
  };
  const regions = readRegions(reading, root);
  const tier: TierReading = { reading, root, regions };
  const name = withFallback(top, 'name', text, 'topology', 'no name is written');
  const loadBalancers = readLoadBalancers(tier);
  const apps = readApps(tier);
  const databases = readDatabases(tier);
  const storages = readStorages(tier);
  const dns = readDns(reading, root, loadBalancers);
  const buckets = readBuckets(tier, name.value, dns?.zone.value ?? name.value);
  const externals = readExternals(tier);
  const arbiter = readArbiter(reading, root);
  readOverriddenNames(tier);
  const model: Model = {
    name,
    image: withDefault(top, 'image', oneOf<ImageName>('debian-12', 'debian-13', 'ubuntu-24.04')),
    labels: readLabels(top),
    regions,
    singleRegionForm: entryOf(root, 'regions') === undefined,
    arbiter,
    dns,
    loadBalancers,
    apps,
    databases,
    storages,
    buckets,
    externals,
    tunnel: readTunnel(top, regions, databases, storages),
    access: readAccess(reading, root, loadBalancers),
    secrets: readSecrets(top),
    alerts: readAlerts(top),
    backend: readBackend(top),
    hosts: deriveHosts(name.value, [...loadBalancers, ...apps, ...databases, ...storages], arbiter),
    declarations: [...declarations.all, ...secretDeclarations(reading.secrets)],
    references: [...reading.references].sort((a, b) => compareSpans(a.span, b.span)),
  };
  return { value: model, diagnostics: reading.diagnostics };
}

/** The names under `regions.<region>.apps` and its like refer to entities, so that a rename finds them. */
function readOverriddenNames({ reading, root, regions }: TierReading): void {
  for (const region of regions) {
    const written = entryOf(entryOf(root, 'regions')?.value, region.name)?.value;
    for (const [section, kind] of overridden) {
      const node = entryOf(written, section)?.value;
      if (node?.kind !== 'mapping') continue;
      const place = { reading, owner: `region.${region.name}`, field: `regions.*.${section}` };
      for (const { key, keySpan } of node.entries) plainName(place, key, keySpan, withoutQuotes(key, keySpan), kind);
    }
  }
}

/** The span of a key alone; a name holds nothing that would have to be escaped. */
function withoutQuotes(key: string, { start, end }: Span): Span {
  return end - start === key.length + 2 ? { start: start + 1, end: end - 1 } : { start, end };
}

function secretDeclarations(secrets: ReadonlyMap<string, Span>): Declaration[] {
  return [...secrets].map(([name, span]) => ({ kind: 'secret', name, span }));
}
