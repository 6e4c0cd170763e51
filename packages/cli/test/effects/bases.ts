/** Topologies in which each field of the language stands, to be changed one at a time. */

const one = `topology: v1
name: shop
image: debian-12
region: { location: fsn1, cidr: 10.10.0.0/16 }
labels: { team: red }
dns: { provider: hetzner, zone: example.com, create: false, ttl: 60, failover: { by: checkers, interval: 5s, fall: 3, rise: 6, keep_at_least: 1 } }
load_balancers:
  edge: { mode: active-active, count: 2, type: cx23, balance: leastconn, slot: 1, tls: { mode: files, certificate: secret.TLS_CERT, key: secret.TLS_KEY }, routes: { shop.example.com: app.web } }
  office: { count: 1, routes: { office.example.com: app.web } }
apps:
  web:
    count: 2
    type: cx33
    port: 3000
    slot: 1
    run: { container: "ghcr.io/acme/shop:1", registry: { user: acme, password: secret.REGISTRY } }
    release: { before: bin/migrate, batch: 1 }
    health: { path: /healthz, interval: 2s, fall: 3, rise: 2 }
    drain: 20s
    packages: [imagemagick]
    env: { DATABASE_URL: "\${database.main.url}", KEY: "\${bucket.static.access_key}" }
    files: { /etc/shop.conf: { content: one, mode: "0644", owner: root }, /etc/more.conf: { from: more.conf } }
  api: { slot: 2, port: 8000, run: { artifact: "https://example.com/api-1.tar.gz", sha256: "${'1'.repeat(64)}", command: ./serve } }
  nightly: { slot: 3, schedule: daily, run: { script: job.sh } }
databases:
  main: { engine: postgresql, type: ccx13, standby: 1, durability: async, port: 5432, slot: 1, on_failure: region-sick, volume: { size: 100GB, filesystem: ext4 }, backup: { to: bucket.dumps, full: weekly, incremental: daily, keep_full: 4, encrypt: true, restore_test: weekly, alert_if_older_than: 26h } }
  side: { slot: 2, engine: mariadb, standby: 2, backup: external.box }
buckets:
  static: { name: shop-static-1, location: fsn1, access: public, versioning: false, cors: ["https://shop.example.com"], writers: [app.web] }
  dumps: { location: hel1 }
external:
  box: { type: sftp, host: box.example.net, port: 23, user: u1, path: /backups }
  far: { type: s3, host: s3.example.net, user: key, path: /bucket/folder }
alerts: { webhook: "https://chat.example.com/\${secret.CHAT}", email: ops@example.com, smtp: { host: mail.example.com, port: 587, tls: starttls, user: ops@example.com, password: secret.SMTP, from: ops@example.com } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24], bastion: edge }
secrets: { file: secrets.age, recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p] }
terraform: { backend: { local: { path: shop.tfstate } } }
`;

const several = `topology: v1
name: shop
regions:
  falkenstein:
    location: fsn1
    cidr: 10.10.0.0/16
    apps: { web: { count: 2, type: cx33 } }
    load_balancers: { edge: { count: 2, type: cx23 } }
    databases: { main: { standby: 1, type: ccx13 } }
  helsinki: { location: hel1 }
arbiter: { location: nbg1, cidr: 10.250.0.0/24, type: cx23 }
dns: { provider: cloudflare, zone: example.com, zone_id: 0123456789abcdef0123456789abcdef, proxied: false }
load_balancers:
  edge: { routes: { shop.example.com: app.web } }
apps:
  web: { port: 3000, run: { container: "ghcr.io/acme/shop:1" }, mounts: { /srv/shared: storage.media }, env: { DATABASE_URL: "\${database.main.url}" } }
databases:
  main: { engine: mariadb, replication: { between_regions: galera }, backup: bucket.dumps }
shared_storage:
  media: { engine: glusterfs, type: cx33, slot: 1, replicas: { data: 2, arbiter: 1 }, volume: { size: 50GB, filesystem: ext4 }, geo_replication: { from: falkenstein, to: [helsinki] }, backup: { to: external.offsite, every: 6h, keep: { daily: 7, weekly: 4 }, encrypt: true, restore_test: weekly, alert_if_older_than: 26h } }
buckets:
  dumps: { location: nbg1 }
external:
  offsite: { type: sftp, host: backup.example.net, user: shop, path: /backups/shop }
tunnel: { engine: tinc, cipher: aes-256-cbc, digest: sha256, mtu: 1380, key_rotation: 180d, alert_after: 30s }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;

const acme = `topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers:
  edge: { tls: { mode: acme, email: ops@example.com }, routes: { shop.example.com: app.web } }
apps:
  web: { port: 3000, run: { container: "ghcr.io/acme/shop:1" } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;

const bgp = `topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers:
  edge: { mode: bgp, bgp: { asn: 64512, address: 203.0.113.80/32, peers: [{ address: 192.0.2.1, asn: 64496 }] }, routes: { shop.example.com: app.web } }
apps:
  web: { port: 3000, run: { container: "ghcr.io/acme/shop:1" } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;

export const bases = { one, several, acme, bgp } as const;
