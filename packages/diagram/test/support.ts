import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyse, type Model } from '@groundplan/model';
import { buildGraph } from '../src/graph/build.js';
import { type Layout, layOut } from '../src/layout/layout.js';

const samplesFolder = fileURLToPath(new URL('../../../samples/', import.meta.url));

/** Every sample that is shipped, by name. */
export const samples: readonly { readonly name: string; readonly text: string }[] = readdirSync(samplesFolder, {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, text: readFileSync(join(samplesFolder, name, 'topology.yaml'), 'utf8') }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

export function sample(name: string): string {
  const found = samples.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no sample ${name}`);
  return found.text;
}

export function modelOf(text: string): Model {
  return analyse(text).model;
}

export function layoutOf(text: string, expanded: readonly string[] = []): Layout {
  return layOut(buildGraph(modelOf(text)), new Set(expanded));
}

/** Where each card is: `240,296` by id. */
export function places({ cards, tunnels }: Layout): ReadonlyMap<string, string> {
  const all = [
    ...cards.map(({ content, box }) => ({ id: content.node.id, box })),
    ...tunnels.map(({ node, box }) => ({ id: node.id, box })),
  ];
  return new Map(all.map(({ id, box }) => [id, `${box.x},${box.y}`]));
}

/** A topology of two regions with everything in it, whose parts a test replaces. */
export function topology(parts: Readonly<Record<string, string>> = {}): string {
  const sections: Readonly<Record<string, string>> = {
    regions: '{ north: { location: fsn1 }, south: { location: hel1 } }',
    arbiter: '{ location: nbg1 }',
    dns: '{ provider: cloudflare, zone: example.com }',
    load_balancers: '{ edge: { routes: { example.com: app.web, example.com/api: app.api } } }',
    apps: '{ web: { port: 3000, run: { container: web }, count: 3, env: { A: "${database.main.url}", B: "${bucket.files.host}", C: "${app.api.url}" } }, api: { port: 3001, run: { container: api }, env: { A: "${database.main.url}" } } }',
    databases: '{ main: { engine: mariadb, backup: bucket.dumps, replication: { between_regions: galera } } }',
    shared_storage: '{ media: { geo_replication: { from: north, to: [south] }, backup: { to: external.vault } } }',
    buckets: '{ files: { location: fsn1 }, dumps: { location: nbg1 } }',
    external: '{ vault: { type: sftp, host: vault.example.net, user: shop, path: /backups } }',
    ...parts,
  };
  const lines = Object.entries(sections).flatMap(([key, value]) => (value === '' ? [] : [`${key}: ${value}`]));
  return `topology: v1\nname: shop\n${lines.join('\n')}\naccess: { ssh_keys: [a.pub], ssh_from: [198.51.100.0/24] }\n`;
}
