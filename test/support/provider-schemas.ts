import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SchemaDocument } from './schema-check.js';

export interface StoredProvider {
  /** Such as `registry.terraform.io/hetznercloud/hcloud`. */
  source: string;
  version: string;
  document: SchemaDocument;
  /** The types that Groundplan emits, and so has bindings of. */
  resources: string[];
  dataSources: string[];
}

type Name = 'hcloud' | 'minio' | 'cloudflare';
type Row = Omit<StoredProvider, 'document'> & { schema: string };

const folder = new URL('../../packages/providers/', import.meta.url);

/** The provider schemas that the project stores, by provider name. */
export function storedProviders(): Record<Name, StoredProvider> {
  const table = readJson<Record<Name, Row>>('providers.json');
  const read = ({ schema, ...row }: Row): StoredProvider => ({ ...row, document: readJson<SchemaDocument>(schema) });
  return { hcloud: read(table.hcloud), minio: read(table.minio), cloudflare: read(table.cloudflare) };
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(fileURLToPath(new URL(path, folder)), 'utf8')) as T;
}
