import { describe, it } from 'mocha';
import { holds } from './marked.js';

describe('the shape check: one diagnostic for one mistake', () => {
  describe('unknown keys', () => {
    it('at the root', () => {
      holds(`
load_balancer: {}
^^^^^^^^^^^^^ schema/unknown-key the topology has no key "load_balancer": did you mean "load_balancers"?
`);
    });

    it('of a tier, where nothing is near', () => {
      holds(`
buckets:
  dumps: { replicated: true }
           ^^^^^^^^^^ schema/unknown-key buckets.dumps has no key "replicated": remove it, or see the language reference
`);
    });

    it('is not missing as well where it is a slip of a required one', () => {
      holds(`
external:
  offsite: { type: s3, hots: s3.example.com, path: backups }
                       ^^^^ schema/unknown-key external.offsite has no key "hots": did you mean "host"?
`);
    });

    it('is no lack of a choice where it is a slip of one of them', () => {
      holds(`
apps:
  web: { run: { contaner: "ghcr.io/acme/shop:1" } }
                ^^^^^^^^ schema/unknown-key apps.web.run has no key "contaner": did you mean "container"?
`);
    });

    it('is not taken for a key that is there already', () => {
      holds(`
apps:
  web: { run: { script: run.sh }, runs: 1 }
                                  ^^^^ schema/unknown-key apps.web has no key "runs": remove it, or see the language reference
`);
    });

    it('of a map further out say so', () => {
      holds(`
regions:
  falkenstein:
    location: fsn1
    dns: { provider: none }
    ^^^ schema/unknown-key regions.falkenstein has no key "dns", but the topology has: move it there
`);
      holds(`
apps:
  web: { run: { script: run.sh, port: 3000 } }
                                ^^^^ schema/unknown-key apps.web.run has no key "port", but apps.web has: move it there
`);
    });

    it('are not said to belong where they are written already', () => {
      holds(`
apps:
  web: { port: 80, run: { script: run.sh, port: 3000 } }
                                          ^^^^ schema/unknown-key apps.web.run has no key "port": remove it, or see the language reference
`);
    });

    it('that should be indented under a section leave that section alone', () => {
      holds(`
apps:
web:
^^^ schema/unknown-key the topology has no key "web": indent it to make it part of apps
  run: { script: run.sh }
api: { run: { script: run.sh } }
^^^ schema/unknown-key the topology has no key "api": indent it to make it part of apps
buckets: {}
foo: {}
^^^ schema/unknown-key the topology has no key "foo": remove it, or see the language reference
`);
    });

    it('that JavaScript knows', () => {
      holds(`
buckets:
  dumps: { __proto__: {}, constructor: 1 }
           ^^^^^^^^^ schema/unknown-key buckets.dumps has no key "__proto__": remove it, or see the language reference
                          ^^^^^^^^^^^ schema/unknown-key buckets.dumps has no key "constructor": remove it, or see the language reference
`);
    });
  });

  describe('wrong indentation', () => {
    it('of one line says nothing of the lines behind it', () => {
      holds(`
load_balancers:
  edge:
    count: 2
  mode: active-active
  ^^^^ syntax/indentation indented by 2 where its neighbours are indented by 4: line them up
    balance: first
    tls: { mode: none }
    routes: { example.com: app.web }
apps:
  web: { run: { script: run.sh } }
`);
    });

    it('of a whole map is told at the key that is left with nothing', () => {
      holds(`
load_balancers:
  edge:
  ^^^^ schema/type expected a map, nothing is written
  count: 2
  tls: { mode: none }
buckets: { dumps: { replicated: true } }
                    ^^^^^^^^^^ schema/unknown-key buckets.dumps has no key "replicated": remove it, or see the language reference
`);
    });
  });

  describe('missing keys', () => {
    it('of an entity stand at its key', () => {
      holds(`
apps:
  web: { port: 3000 }
  ^^^ schema/missing-key apps.web lacks "run": add it
`);
    });

    it('of one map are one diagnostic', () => {
      holds(`
external:
  offsite: { user: shop }
  ^^^^^^^ schema/missing-key external.offsite lacks "type", "host" and "path": add them
`);
    });

    it('of the topology stand at its first key', () => {
      holds(
        `
region: fsn1
^^^^^^ schema/missing-key the topology lacks "topology", "name" and "access": add them
`,
        { whole: true },
      );
    });

    it('are not missed while they are typed, and have no colon yet', () => {
      holds(
        `
topology: v1
nam
^^^ syntax/missing-colon "nam" has no colon: write "nam:"
reg
^^^ syntax/missing-colon "reg" has no colon: write "reg:"
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`,
        { whole: true },
      );
      holds(`
external:
  offsite: { type: s3, path: backups, hsot }
                                      ^^^^ syntax/missing-colon "hsot" has no colon: write "hsot:"
`);
    });

    it('are not missed in a map in which a word stands', () => {
      holds(`
terraform: { backend: { s } }
                        ^ syntax/missing-colon "s" has no colon: write "s:"
`);
    });

    it('are not missed in brackets that are still open', () => {
      holds(
        `
topology: v1
name: shop
region: fsn1
external:
  offsite: { type: s3,
           ^ syntax/unclosed-bracket this "{" is never closed: add "}"
access: { ssh_keys: [keys/ops.pub], ssh_from: [
                                              ^ syntax/unclosed-bracket this "[" is never closed: add "] }"
`,
        { whole: true },
      );
      holds(`
apps:
  web: { run: { }, release: { batch: 2 }
       ^ syntax/unclosed-bracket this "{" is never closed: add "}"
         ^^^ schema/choose-one apps.web.run needs one of "container", "artifact", "script"
`);
    });

    it('of an empty topology stand at its start', () => {
      holds(
        `
{}
| schema/choose-one the topology needs one of "region", "regions"
| schema/missing-key the topology lacks "topology", "name" and "access": add them
`,
        { whole: true },
      );
    });

    it('of the item of a list stand at its first key', () => {
      holds(`
load_balancers:
  edge:
    mode: bgp
    bgp:
      asn: 64500
      address: 203.0.113.10/32
      peers:
        - address: 192.0.2.1
          ^^^^^^^ schema/missing-key load_balancers.edge.bgp.peers[0] lacks "asn": add it
`);
    });

    it('that another key makes necessary', () => {
      holds(`
load_balancers:
  edge:
    tls: { mode: acme }
    ^^^ schema/missing-key load_balancers.edge.tls lacks "email", which mode: acme needs: add it
  other:
    tls: { mode: files, key: secret.TLS_KEY }
    ^^^ schema/missing-key load_balancers.other.tls lacks "certificate", which mode: files needs: add it
`);
    });
  });

  describe('words', () => {
    it('of an enum, with the nearest', () => {
      holds(`
databases:
  main: { engine: postgres, backup: bucket.dumps }
                  ^^^^^^^^ schema/enum "postgres" is not one of postgresql, mariadb: did you mean "postgresql"?
`);
    });

    it('that decide about other keys, do not make those wrong as well', () => {
      holds(`
load_balancers:
  edge:
    tls: { mode: acne, email: ops@example.com, certificate: secret.TLS_CERT }
                 ^^^^ schema/enum "acne" is not one of none, acme, files: did you mean "acme"?
`);
    });

    it('where a map could stand as well', () => {
      holds(`
regions:
  falkenstein: fsn9
               ^^^^ schema/enum "fsn9" is not one of fsn1, nbg1, hel1, ash, hil, sin: did you mean "fsn1"?
`);
    });
  });

  describe('values of the wrong kind', () => {
    it('are named in words', () => {
      holds(`
labels:
^^^^^^ schema/type expected a map, nothing is written
image: 12
       ^^ schema/type expected one of debian-12, debian-13, ubuntu-24.04, this is the number 12
apps: [web]
      ^^^^^ schema/type expected a map, this is a list
`);
    });

    it('have no wrong form', () => {
      holds(`
apps:
  web:
    port: "3000"
          ^^^^^^ schema/type expected a whole number, 1 to 65535, this is text
    drain: 20
           ^^ schema/type expected a duration such as 5s, 15m, 26h or 180d, this is the number 20
    run: ./serve
         ^^^^^^^ schema/type expected a map, this is text
`);
    });

    it('where text or a map could stand', () => {
      holds(`
regions: { falkenstein: true }
                        ^^^^ schema/type expected a location or a map, this is true
databases:
  main: { backup: [bucket.dumps] }
                  ^^^^^^^^^^^^^^ schema/type expected a reference bucket.NAME or external.NAME or a map, this is a list
`);
    });

    it('that are not finite or not whole', () => {
      holds(`
apps:
  web: { count: 1.5, port: .inf, run: { script: run.sh } }
                ^^^ schema/type expected a whole number, 0 to 80, this is the number 1.5
                           ^^^^ schema/type expected a whole number, 1 to 65535, this is the number .inf
`);
    });
  });

  describe('numbers and forms', () => {
    it('out of range', () => {
      holds(`
apps:
  web: { count: 81, run: { script: run.sh } }
                ^^ schema/range 81 is out of range: this takes 0 to 80
`);
    });

    it('durations and sizes', () => {
      holds(`
tunnel: { key_rotation: 6months }
                        ^^^^^^^ schema/format "6months" is not a duration such as 5s, 15m, 26h or 180d
databases:
  main: { volume: { size: 100 GB }, backup: bucket.dumps }
                          ^^^^^^ schema/format "100 GB" is not a size such as 100GB or 1TB
  other: { volume: { size: 11TB }, backup: bucket.dumps }
                           ^^^^ schema/range 11TB is out of range: this takes at most 10TB
`);
    });

    it('ranges of addresses', () => {
      holds(`
regions:
  falkenstein: { location: fsn1, cidr: 10.10.1.0/16 }
                                       ^^^^^^^^^^^^ schema/format "10.10.1.0/16" is not a range that is written with its first address, such as 10.10.0.0/16
  helsinki: { location: hel1, cidr: 10.010.0.0/16 }
                                    ^^^^^^^^^^^^^ schema/format "10.010.0.0/16" is not a range of IPv4 addresses such as 10.10.0.0/16
`);
    });
  });

  describe('names and other keys', () => {
    it('of entities and regions', () => {
      holds(`
name: Shop
      ^^^^ schema/name "Shop" cannot be a name here: write up to 21 lower-case letters…
regions:
  Falkenstein: fsn1
  ^^^^^^^^^^^ schema/name "Falkenstein" cannot be a name here: write up to 15 lower-case letters…
apps:
  a-name-of-19-letter: { run: { script: run.sh } }
  ^^^^^^^^^^^^^^^^^^^ schema/name "a-name-of-19-letter" cannot be a name here: write up to 18 lower-case letters…
`);
    });

    it('of routes, variables and paths', () => {
      holds(`
load_balancers:
  edge: { routes: { "https://shop.example.com": app.web } }
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ schema/format "https://shop.example.com" is not a host in lower case…
apps:
  web:
    run: { script: run.sh }
    env: { DATABASE-URL: x }
           ^^^^^^^^^^^^ schema/format "DATABASE-URL" is not the name of an environment variable…
    mounts: { srv/shared: storage.media }
              ^^^^^^^^^^ schema/format "srv/shared" is not an absolute path such as /srv/shared
`);
    });
  });

  describe('choices', () => {
    it('of none', () => {
      holds(`
apps:
  web: { run: { } }
         ^^^ schema/choose-one apps.web.run needs one of "container", "artifact", "script"
`);
    });

    it('of two, without what follows from either', () => {
      holds(`
apps:
  web: { run: { container: "ghcr.io/acme/shop:1", script: run.sh, command: ./serve } }
                                                  ^^^^^^ schema/choose-one apps.web.run takes one of "container", "artifact", "script", not "container" and "script": remove one
  api:
    run: { script: run.sh }
    files: { /etc/a: { content: a, from: a } }
                                   ^^^^ schema/choose-one apps.api.files./etc/a takes one of "content", "from", not "content" and "from": remove one
`);
    });

    it('of the shape', () => {
      holds(`
region: fsn1
regions: { helsinki: hel1 }
^^^^^^^ schema/choose-one the topology takes one of "region", "regions", not "region" and "regions": remove one
`);
    });

    it('of Terraform backends', () => {
      holds(`
terraform: { backend: { s3: {}, local: {} } }
                                ^^^^^ schema/choose-one terraform.backend takes one of "s3", "local", not "s3" and "local": remove one
`);
    });
  });

  describe('keys of another mode', () => {
    it('are a warning, and what is in them does not matter', () => {
      holds(`
load_balancers:
  edge:
    bgp: { asn: many }
    ^^^ schema/not-here (warning) "bgp" means nothing in load_balancers.edge: only mode: bgp uses it
    tls: { email: ops@example.com }
           ^^^^^ schema/not-here (warning) "email" means nothing in load_balancers.edge.tls: only mode: acme uses it
`);
    });

    it('are an error where they contradict each other', () => {
      holds(`
apps:
  nightly: { schedule: daily, port: 3000, run: { script: run.sh } }
                              ^^^^ schema/not-here "port" means nothing in apps.nightly: with a schedule it is a job, which answers no requests
dns: { provider: cloudflare, zone: example.com, create: true }
                                                ^^^^^^ schema/not-here "create" means nothing in dns: zones are made on Hetzner DNS only, create this one by hand
`);
    });

    it('that a merge brings to a map are meant for others', () => {
      holds(`
apps:
  web: &web { port: 3000, health: { path: /up }, run: { script: run.sh } }
  worker:
    run: { script: work.sh }
    count: 1
  api:
    <<: *web
    run: { script: api.sh }
`);
    });
  });

  describe('lists', () => {
    it('that may not be empty', () => {
      holds(`
access: { ssh_keys: [], ssh_from: [198.51.100.0/24] }
                    ^^ schema/empty access.ssh_keys may not be empty
`);
    });

    it('with the same value more than once', () => {
      holds(`
apps:
  web: { run: { script: run.sh }, packages: [curl, jq, curl, jq, curl] }
                                                       ^^^^ schema/repeated "curl" is already in this list: remove it
                                                             ^^ schema/repeated "jq" is already in this list: remove it
                                                                 ^^^^ schema/repeated "curl" is already in this list: remove it
`);
    });
  });

  describe('aliases and merges', () => {
    it('show a mistake once, where it is written', () => {
      holds(`
apps:
  web: &web
    port: 99999
          ^^^^^ schema/range 99999 is out of range: this takes 1 to 65535
    speed: fast
    ^^^^^ schema/unknown-key apps.web has no key "speed": remove it, or see the language reference
    run: { script: run.sh }
  api: *web
  third:
    <<: *web
    count: 3
`);
    });

    it('show what their map lacks once, at the key of the map', () => {
      holds(`
apps:
  web: &web { count: 3 }
  ^^^ schema/missing-key apps.web lacks "run": add it
  api: *web
`);
    });
  });

  it('says nothing more of a text without an end', () => {
    holds(`
labels: { cost-center: "4711 and more }
                       ^^^^^^^^^^^^^^ syntax/unclosed-quote this text has no closing ": add it
name: "Shop
      ^^^^^ syntax/unclosed-quote this text has no closing ": add it
`);
  });

  it('says nothing where a check has a code of its own', () => {
    holds(`
dns: { provider: hetzner, zone: example.com, ttl: 5 }
load_balancers:
  edge: { mode: bgp, routes: { shop.example.com: bucket.dumps } }
apps:
  web: { port: 3000, drain: 40s, health: { path: healthz }, run: { script: run.sh } }
databases:
  main: { volume: { size: 5GB } }
buckets:
  dumps: { location: ash, writers: [web] }
tunnel: { cipher: aes-256-gcm }
access: { ssh_keys: [keys/ops.pub], ssh_from: [0.0.0.0/0] }
regions:
  falkenstein: { location: fsn1, cidr: 10.0.0.0/20, apps: { wbe: { count: 1 } } }
`);
  });
});
