import { type ProjectSnapshot, type RunningApi, startApi } from '@groundplan/hetzner-api';
import { type CloudflareApi, startCloudflareApi } from './cloudflare-api.js';
import { assertSucceeded } from './expect.js';
import { hetznerToken, openWorkspace, type S3Server, startS3, type Tool, type Workspace } from './terraform.js';

/** What a module is applied against, all of it on loopback. */
export interface Surroundings {
  readonly api: RunningApi;
  readonly s3: S3Server;
  readonly cloudflare: CloudflareApi;
}

/** The zones that are there before anything is applied, at Hetzner and at Cloudflare. */
const zones = { hetzner: ['example.com', 'example.net'], cloudflare: ['example.com'] };

/**
 * The real tool, the real Hetzner provider and unmodified output, in an initialised workspace, against an API, an S3 server and
 * a DNS API of its own. Only the state is kept in a local file.
 */
export async function withWorkspace(
  tool: Tool,
  mainTfJson: string,
  work: (workspace: Workspace, surroundings: Surroundings) => Promise<void>,
): Promise<void> {
  const [api, s3, cloudflare] = await Promise.all([
    startApi({ actionMilliseconds: 10, zones: zones.hetzner, quotas: { requestsPerHour: 1_000_000 } }),
    startS3(),
    startCloudflareApi({ zones: zones.cloudflare }),
  ]);
  const workspace = await openWorkspace({
    tool,
    mainTfJson,
    hetznerUrl: api.url,
    s3,
    cloudflareUrl: cloudflare.url,
    cloudflareToken: cloudflare.token,
    localBackend: true,
  });
  try {
    assertSucceeded(await workspace.init());
    await work(workspace, { api, s3, cloudflare });
  } finally {
    await workspace.dispose();
    await Promise.all([api.close(), s3.close(), cloudflare.close()]);
  }
}

/** Everything in the project of the tests' token. */
export function projectOf({ api }: Surroundings): ProjectSnapshot {
  return api.snapshot(hetznerToken);
}

/** Does something at Hetzner that is not Terraform's doing, and waits until it is done. */
export async function atHetzner({ api }: Surroundings, path: string, body: object): Promise<void> {
  const headers = { Authorization: `Bearer ${hetznerToken}`, 'Content-Type': 'application/json' };
  const response = await fetch(`${api.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const { action } = (await response.json()) as { action: { id: number } };
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await fetch(`${api.url}/actions/${action.id}`, { headers });
    const { action: current } = (await answer.json()) as { action: { status: string } };
    if (current.status === 'success') return;
    if (current.status === 'error') throw new Error(`${path} failed`);
  }
  throw new Error(`${path} does not end`);
}

/** How many of each there are, of those that there are any; zones that were there before do not count. */
export function whatIsLeft(snapshot: ProjectSnapshot): Record<string, number> {
  const counts = Object.entries(snapshot)
    .filter(([kind]) => !['actions', 'zones', 'rrsets'].includes(kind))
    .map(([kind, items]) => [kind, (items as readonly unknown[]).length] as const);
  const records = snapshot.rrsets.filter(({ type }) => type !== 'SOA' && type !== 'NS').length;
  const made = snapshot.zones.filter(({ name }) => !zones.hetzner.includes(name)).length;
  return Object.fromEntries([...counts, ['records', records], ['zones', made]].filter(([, count]) => count !== 0));
}
