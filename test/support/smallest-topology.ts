/** Nobody has the private half of it. */
export const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKHX0FehV73fXq0MwEgJmMFGnr8khGnJkJg/s5hafmhI ops@example.com\n';

/** The smallest useful topology; `changes` are replacements of its text. */
export function topology(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the topology has no "${from}"`);
    return text.replace(from, to);
  }, smallest);
}

const smallest = `topology: v1
name: shop
region: fsn1
dns: { provider: cloudflare, zone: example.com }
load_balancers:
  edge: { routes: { shop.example.com: app.web } }
apps:
  web: { port: 3000, run: { container: "ghcr.io/acme/shop:1.4.2" }, env: { DATABASE_URL: "\${database.main.url}" } }
databases:
  main: { engine: postgresql, backup: bucket.dumps }
buckets:
  dumps: { location: hel1 }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;
