const locations = ['fsn1', 'nbg1', 'hel1'];

/** A topology with `regions` regions of a hundred servers each, the most that a network holds. */
export function largeTopology(regions) {
  const names = Array.from({ length: regions }, (_, index) => `r${index}`);
  return `topology: v1
name: large
regions:
${names.map((name, index) => `  ${name}: { location: ${locations[index % 3]}, cidr: 10.${100 + index}.0.0/16 }\n`).join('')}load_balancers:
  edge: { count: 6, routes: { large.example.com: app.web, api.example.com: app.api } }
apps:
  web: { count: 50, port: 3000, run: { container: "ghcr.io/acme/web:1" } }
  api: { count: 40, port: 3000, run: { container: "ghcr.io/acme/api:1" } }
databases:
  main: { engine: postgresql, standby: 3, replication: { between_regions: none }, backup: external.offsite }
external:
  offsite: { type: s3, host: s3.example.net, user: KEY, path: backups }
dns: { provider: hetzner, zone: example.com }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;
}

/** A topology of about so many lines without a mistake, with every kind of line that a real one has. */
export function longTopology(lines) {
  const apps = 16;
  const variables = Math.floor((lines / apps - 13) / 3);
  const app = (_, index) => `  app-${index}:
    count: 2                         # servers
    type: cx33
    slot: ${index}
    port: 3000
    run: { container: "ghcr.io/acme/app-${index}:1.${index}" }
    health: { path: /healthz, interval: 2s, fall: 3, rise: 2 }
    drain: 20s
    env:
${Array.from({ length: variables }, (_, each) => variable(each)).join('')}
`;
  const variable = (index) => `      # what it is for: number ${index}
      DATABASE_URL_${index}: \${database.main.url}
      ASSETS_${index}: "https://\${bucket.static.host}/path/${index}"
`;
  return `topology: v1
name: long
region: fsn1
dns: { provider: cloudflare, zone: example.com }
load_balancers:
  edge:
    routes:
${Array.from({ length: apps }, (_, index) => `      app-${index}.example.com: app.app-${index}\n`).join('')}apps:
${Array.from({ length: apps }, app).join('')}databases:
  main: { engine: postgresql, backup: bucket.dumps }
buckets:
  static: { location: fsn1, access: public }
  dumps: { location: hel1 }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;
}

/** A topology of many apps in each of several regions, each behind the balancer and with the same database. */
export function manyApps(regions, apps) {
  const names = Array.from({ length: apps }, (_, index) => `app-${index}`);
  return `topology: v1
name: many
regions:
${Array.from({ length: regions }, (_, index) => `  r${index}: { location: ${locations[index % 3]}, cidr: 10.${100 + index}.0.0/16 }\n`).join('')}load_balancers:
  edge: { count: 2, routes: { ${names.map((name) => `${name}.example.com: app.${name}`).join(', ')} } }
apps:
${names.map((name, index) => `  ${name}: { slot: ${index}, count: 1, port: 3000, run: { container: "ghcr.io/acme/${name}:1" }, env: { DATABASE_URL: "\${database.main.url}" } }\n`).join('')}databases:
  main: { engine: postgresql, standby: 1, replication: { between_regions: none }, backup: external.offsite }
external:
  offsite: { type: s3, host: s3.example.net, user: KEY, path: backups }
dns: { provider: hetzner, zone: example.com }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;
}
