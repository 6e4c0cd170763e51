// The load generator as a program of its own, for a network namespace. Takes its settings as JSON on standard input and writes each
// request that has ended as a line of JSON. It stops when it is told to (SIGTERM), and then still waits for open requests.
import { Resolver } from 'node:dns/promises';
import { makeClient } from './client.js';
import { generateLoad } from './generate.js';
import { makeNameCache, type Resolved } from './names.js';
import type { LoadSettings } from './start.js';

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const settings = JSON.parse(Buffer.concat(chunks).toString('utf8')) as LoadSettings;

const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());

const client = makeClient({
  ...settings.client,
  names: makeNameCache(resolverOf(settings.names), Date.now),
});
await generateLoad(settings.plan, client, (event) => process.stdout.write(`${JSON.stringify(event)}\n`), stop.signal);
client.close();

function resolverOf(names: LoadSettings['names']): (name: string) => Promise<readonly Resolved[]> {
  if ('fixed' in names) {
    return async (name) => (names.fixed[name] ?? []).map((address) => ({ address, ttl: Number.POSITIVE_INFINITY }));
  }
  const resolver = new Resolver({ timeout: 1000, tries: 3 });
  resolver.setServers([...names.servers]);
  return (name) => resolver.resolve4(name, { ttl: true });
}
