/** What the scenario of the push is about, for it and for the test that looks at what it saw. */

export const hostNames = ['shop-fsn1-app-web-1', 'shop-fsn1-app-web-2', 'shop-fsn1-lb-edge-1', 'shop-fsn1-lb-edge-2'];

/** Which are configured before them. */
export const databaseNames = ['main-1', 'main-2', 'other-1', 'other-2'].map((name) => `shop-fsn1-db-${name}`);

/** With everything that a shell, systemd or JSON could take for something else, behind a word by which they are found in any form. */
export const secretValues = { first: 'Zebra4711 "q" $x `y` \\z', second: 'Okapi4712-value' };
export const secretWords = ['Zebra4711', 'Okapi4712'];

export function topology(recipient: string): string {
  return `topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers:
  edge:
    mode: active-standby
    tls: { mode: acme, email: ops@example.com }
    routes: { shop.example.com: app.web }
apps:
  web:
    port: 3000
    run: { script: serve.sh }
    env: { API_KEY: "\${secret.API_KEY}", LEVEL: info, MAIN: "\${database.main.url}", OTHER: "\${database.other.url}" }
    release: { before: "true" }
    health: { interval: 1s, rise: 1 }
databases:
  main: { engine: postgresql, standby: 1, backup: external.far }
  other: { engine: mariadb, standby: 1, backup: external.far }
external: { far: { type: s3, host: s3.example.net, path: backups } }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
secrets: { recipients: [${recipient}] }
`;
}

/** What was done on each host, in order. */
export type Deeds = Readonly<Record<string, readonly string[]>>;

interface Applied {
  /** `create terraform_data.x`, sorted. */
  readonly planned: readonly string[];
  readonly deeds: Deeds;
  /** What the tool printed. */
  readonly said: string;
}

interface SeenFile {
  readonly text: string;
  readonly mode: string;
}

export interface Seen {
  readonly made: Applied;
  /** The environment of the program on each host. */
  readonly atFirst: readonly (SeenFile | undefined)[];
  /** The settings of who takes the floating addresses, on the first balancer. */
  readonly floating: string;
  /** Planned right after the first apply. */
  readonly again: readonly string[];
  readonly changed: Applied;
  readonly rotated: Applied;
  readonly afterRotation: readonly (string | undefined)[];
  readonly refused: { readonly exitCode: number; readonly stdout: string };
  readonly afterRefusal: { readonly deeds: Deeds; readonly file: string | undefined };
  readonly repaired: Applied;
  /** A route more, where the validator takes nothing. */
  readonly invalid: { readonly exitCode: number; readonly stdout: string };
  readonly afterInvalid: { readonly deeds: Deeds; readonly areRoutesOld: boolean };
  /** The same once it does again. */
  readonly valid: Applied;
  readonly bastionLogs: readonly string[];
  /** Where a secret was found. */
  readonly leaks: readonly string[];
}
