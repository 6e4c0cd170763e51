import { gateProgram } from '@groundplan/hosts/bundle';
import type { Host } from '@groundplan/model';
import { attribute, type Expression, expression, quoted, type Value } from '../emitter/index.js';
import { placeOfEntity, placeOfHost } from '../places.js';
import type { RootModule } from '../root-module.js';
import type { ConfiguredHost, LockedSecrets } from './bundles.js';
import { connectionTo, connectionToBastion, serversOnTheWay, writeBastions } from './connection.js';
import { type Batch, type Gate, pushOrder, type Step } from './order.js';
import { expressionOf } from './values.js';
import { writeSecretVariables } from './variables.js';

/** Where the tool lies in the output, for all hosts. */
export const convergePath = 'hosts/converge.py';

/** Where the host has what is sent. The second is in memory: secrets are in it. */
const bundleFolder = '/var/lib/groundplan/push';
const givenFolder = '/run/groundplan-push';

/**
 * Until a bastion's first boot is over. It brings up the firewall, which forgets what was connected before: of a connection that the
 * bastion has just opened to a host, the answer is dropped, and Terraform waits for it without an end.
 */
const untilBastionIsUp = 'timeout 600 cloud-init status --wait >/dev/null || true';

/** How long a gate may take, for a database that has to copy its data. */
const gateSeconds = 1800;

/**
 * How configuration reaches hosts: for each a `terraform_data` that is replaced when its server, its bundle, the secrets in it, or the
 * addresses in it are others, and that sends the bundle over SSH and runs the converge tool there.
 */
export function writePushes(module: RootModule, hosts: readonly ConfiguredHost[], locked: LockedSecrets): void {
  if (hosts.length === 0) return;
  writeBastions(
    module,
    hosts.map(({ host }) => host),
  );
  writeSecretVariables(module, hosts);
  const byKey = new Map(hosts.map((each) => [each.host.key, each]));
  const hasGate = ({ key }: Host) => byKey.get(key)?.bundle.files.some(({ path }) => path === gateProgram) === true;
  const { batches, gates } = pushOrder(
    hosts.map(({ host }) => host),
    hasGate,
  );
  for (const batch of batches) {
    for (const { key } of batch.hosts) {
      const configured = byKey.get(key);
      if (configured !== undefined) writePush(module, configured, batch, locked);
    }
  }
  for (const gate of gates) writeGate(module, gate);
}

function writePush(
  module: RootModule,
  { host, packed }: ConfiguredHost,
  { after }: Batch,
  locked: LockedSecrets,
): void {
  const { model } = module;
  const values = [...packed.values].map(([name, value]) => [name, expressionOf(value)] as const);
  const versions = packed.secrets.map((name) => [name, versionOf(name, locked)] as const);
  const bastion = connectionToBastion(model, host);
  module.resource(
    placeOfHost(host),
    'terraform_data',
    pushOf(host),
    {},
    {
      dependsOn: [...new Set([...serversOnTheWay(model, host), ...attachments(host), ...after.map(addressOf)])].sort(),
      triggersReplace: {
        server: attribute('hcloud_server', host.key, 'id'),
        bundle: packed.address,
        secrets: Object.fromEntries(versions),
        values: Object.fromEntries(values),
      },
      connection: connectionTo(model, host),
      provisioners: [
        ...(bastion === undefined
          ? []
          : [{ kind: 'remote-exec', arguments: { connection: bastion, inline: [untilBastionIsUp] } } as const]),
        {
          kind: 'remote-exec',
          arguments: {
            inline: [
              `install -d -m 0755 /var/lib/groundplan && rm -rf ${bundleFolder} ${givenFolder} && install -d -m 0700 ${bundleFolder} ${givenFolder}`,
            ],
          },
        },
        { kind: 'file', arguments: { source: inModule(`hosts/${host.name}/`), destination: bundleFolder } },
        { kind: 'file', arguments: { source: inModule(convergePath), destination: `${bundleFolder}/converge.py` } },
        { kind: 'file', arguments: { content: given(packed.secrets), destination: `${givenFolder}/given.json` } },
        {
          kind: 'remote-exec',
          arguments: {
            inline: [
              `python3 -I ${bundleFolder}/converge.py ${bundleFolder} --expect ${packed.address} --given ${givenFolder}/given.json`,
            ],
          },
        },
      ],
    },
  );
}

/** After all hosts of an entity, since none of them waits for the others while it is configured. */
function writeGate(module: RootModule, { key, host, after }: Gate): void {
  const ids = after.map((each) => attribute('terraform_data', pushOf(each), 'id'));
  module.resource(
    host.entity === undefined ? placeOfHost(host) : placeOfEntity(host.entity),
    'terraform_data',
    key,
    {},
    {
      triggersReplace: { pushes: ids },
      connection: connectionTo(module.model, host),
      provisioners: [{ kind: 'remote-exec', arguments: { inline: [`timeout ${gateSeconds} ${gateProgram}`] } }],
    },
  );
}

/** The volume comes only once its server is there, and the host waits for it. */
function attachments({ key, volume }: Host): string[] {
  return volume === undefined ? [] : [`hcloud_volume_attachment.${key}`];
}

/** Another value has another version, and a file of secrets that was made anew other marks. */
function versionOf(name: string, locked: LockedSecrets): string {
  const secret = locked.get(name);
  if (secret === undefined) throw new Error(`the lock file does not have ${name}`);
  return `${secret.version} ${secret.mark}`;
}

/** What the host puts into its files: JSON that is in no state and no plan, since secrets are in it. */
function given(secrets: readonly string[]): Expression {
  const entries = secrets.map((name) => `${quoted(name)} = var.${name}`);
  return expression(`jsonencode({ values = self.triggers_replace.values, secrets = { ${entries.join(', ')} } })`);
}

function inModule(path: string): Value {
  return { kind: 'template', parts: [expression('path.module'), `/${path}`] };
}

function pushOf({ key }: Host): string {
  return `${key}_push`;
}

function addressOf(step: Step): string {
  return `terraform_data.${step.kind === 'host' ? pushOf(step.host) : step.gate.key}`;
}
