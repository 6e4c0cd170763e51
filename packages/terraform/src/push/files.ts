import { convergeProgram } from '@groundplan/hosts/bundle';
import { placeOfHost } from '../places.js';
import type { Place } from '../trace.js';
import type { ConfiguredHost } from './bundles.js';
import { convergePath } from './push.js';

/** What is sent to hosts, as text by path, and where in the topology each file comes from. Nothing where no host is configured. */
export function hostFiles(hosts: readonly ConfiguredHost[]): {
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly places: ReadonlyMap<string, Place>;
} {
  const files = new Map<string, string>();
  const places = new Map<string, Place>();
  for (const { host, packed } of hosts) {
    const folder = `hosts/${host.name}`;
    const { path } = placeOfHost(host);
    files.set(`${folder}/manifest.json`, packed.manifest);
    places.set(`${folder}/manifest.json`, placeOfHost(host));
    for (const [source, { text, span }] of packed.files) {
      files.set(`${folder}/${source}`, text);
      places.set(`${folder}/${source}`, { path, span });
    }
  }
  if (hosts.length > 0) files.set(convergePath, convergeProgram);
  return { files: [...files], places };
}
