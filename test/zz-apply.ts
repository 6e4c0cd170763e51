import { readFileSync } from 'node:fs';
import { startApi } from '@groundplan/hetzner-api';
import { startCloudflareApi } from './support/cloudflare-api.js';
import { openWorkspace, prepareTools, hetznerToken, startS3 } from './support/terraform.js';
const file = process.argv[2]!; const which = process.argv[3] ?? 'tofu';
const tools = await prepareTools();
const tool = tools.tools.find((t) => t.name === which)!;
const api = await startApi({ actionMilliseconds: 20, zones: (process.argv[4] ?? 'example.com,example.net').split(','), quotas: { requestsPerHour: 1e9 } });
const s3 = await startS3();
const cf = await startCloudflareApi({ zones: ['example.com'] });
const ws = await openWorkspace({ tool, mainTfJson: readFileSync(file, 'utf8'), hetznerUrl: api.url, s3, localBackend: true, cloudflareToken: cf.token, cloudflareUrl: cf.url });
const t0 = Date.now(); const lap = (n: string, r: { exitCode: number; diagnostics: any[]; stderr: string; stdout?: string }) => { console.log(n, r.exitCode, ((Date.now() - t0) / 1000).toFixed(1)); for (const d of r.diagnostics) console.log('   ', d.severity, d.address, d.summary, d.detail.slice(0, 600)); if (r.exitCode === 1 && r.diagnostics.length === 0) console.log(r.stderr, r.stdout?.slice(-2000)); };
lap('init', await ws.init());
lap('validate', await ws.validate());
const p = await ws.plan(); lap('plan ' + p.changes.length, p);
if (p.exitCode === 2) {
  lap('apply', await ws.applyPlan());
  const p2 = await ws.plan(); lap('plan2 ' + p2.changes.length, p2);
  for (const c of p2.changes) console.log(c.address, c.actions, JSON.stringify(c.before), JSON.stringify(c.after), JSON.stringify(c.afterUnknown));
  ws.setVariables({ unprotected: '["*"]' });
  lap('apply', await ws.apply());
  const rm = await ws.run(['state', 'list']); for (const a of rm.stdout.split('\n').filter((x) => x.includes('cors'))) await ws.run(['state', 'rm', a]);
  lap('destroy', await ws.destroy());
  const snap = api.snapshot(hetznerToken); console.log(Object.entries(snap).map(([k, v]) => k + ' ' + (v as unknown[]).length).join(', '));
}
await ws.dispose(); await s3.close(); await cf.close(); await api.close();
