import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { diagnose } from './marked.js';

/** The three topologies by which the language is introduced. */
const examples = {
  smallest: `topology: v1
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
`,
  'single region': `topology: v1
name: shop
image: debian-12

regions:
  falkenstein: { location: fsn1, cidr: 10.10.0.0/16 }

dns:
  provider: hetzner                # cloudflare | hetzner | none
  zone: example.com
  ttl: 60

load_balancers:
  edge:
    mode: active-standby           # active-active | active-standby | bgp
    count: 2
    type: cx23
    balance: leastconn
    tls: { mode: acme, email: ops@example.com }   # none | acme | files
    routes:
      shop.example.com: app.web
      shop.example.com/api: app.api

apps:
  web:
    count: 4                       # change this number; nothing else
    type: cx33
    port: 3000
    run: { container: "ghcr.io/acme/shop:1.4.2" }
    health: { path: /healthz, interval: 2s, fall: 3, rise: 2 }
    drain: 20s
    env:
      DATABASE_URL: \${database.main.url}
      ASSET_HOST: https://\${bucket.static.host}
      RAILS_MASTER_KEY: \${secret.RAILS_MASTER_KEY}
  api:
    port: 8000
    run: { artifact: "https://releases.example.com/api-2.1.tar.gz", sha256: "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9", command: "./bin/serve" }

databases:
  main:
    engine: postgresql             # postgresql | mariadb
    type: ccx13
    standby: 1
    durability: async              # async | sync
    volume: { size: 100GB, filesystem: ext4 }
    on_failure: region-sick        # region-sick | alert
    backup: { to: bucket.dumps, full: weekly, incremental: daily, keep_full: 4, encrypt: true, restore_test: weekly, alert_if_older_than: 26h }

buckets:
  static: { location: fsn1, access: public, cors: ["https://shop.example.com"], writers: [app.web] }
  dumps:  { location: hel1, versioning: true }

access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24], bastion: edge }
secrets: { file: secrets.age }
terraform: { backend: { s3: { bucket: shop-state, key: shop.tfstate, region: nbg1, endpoint: "https://nbg1.your-objectstorage.com" } } }
`,
  'multi region': `topology: v1
name: shop

regions:
  falkenstein: { location: fsn1 }
  helsinki:
    location: hel1
    apps: { web: { count: 2 } }    # the only difference between the regions

arbiter: { location: nbg1 }        # third site: breaks ties, keeps no data, serves no traffic

dns:
  provider: cloudflare
  zone: example.com
  failover: { by: checkers, interval: 5s, fall: 3, rise: 6, keep_at_least: 1 }

load_balancers:
  edge: { count: 2, tls: { mode: files, certificate: secret.TLS_CERT, key: secret.TLS_KEY }, routes: { shop.example.com: app.web } }

apps:
  web:
    count: 4                       # per region
    port: 3000
    run: { container: "ghcr.io/acme/shop:1.4.2" }
    mounts: { /srv/shared: storage.media }
    env: { DATABASE_URL: "\${database.main.url}" }

databases:
  main:
    engine: mariadb
    standby: 1                     # per region, optional
    volume: { size: 200GB }
    replication: { between_regions: galera }   # galera | pglogical | logical | none
    backup: { to: bucket.dumps, full: daily, keep_full: 7 }

shared_storage:
  media:
    engine: glusterfs
    replicas: { data: 2, arbiter: 1 }
    volume: { size: 50GB }
    geo_replication: { from: falkenstein, to: [helsinki] }
    backup: { to: external.offsite, every: 6h, keep: { daily: 7, weekly: 4 } }

buckets:
  dumps: { location: nbg1 }

tunnel: { engine: tinc, key_rotation: 180d, alert_after: 30s }

external:
  offsite: { type: sftp, host: backup.example.net, user: shop, path: /backups/shop }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`,
};

describe('the topologies that introduce the language', () => {
  for (const [name, text] of Object.entries(examples)) {
    it(`${name}: nothing is wrong`, () => assert.deepEqual(diagnose(text), []));
  }
});
