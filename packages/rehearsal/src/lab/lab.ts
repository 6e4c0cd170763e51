import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunningApi, startApi } from '@groundplan/hetzner-api';
import type { Model } from '@groundplan/model';
import { startNameServer } from '../dns/name-server.js';
import { zonesOf } from '../dns/zones-of.js';
import type { Outsider } from '../network/outsider.js';
import { openRehearsal, type Rehearsal, type RehearsalOptions } from '../rehearsal.js';
import { addresses, standInNames, standInZones } from './addresses.js';
import { makeAuthority, trustFiles } from './authority.js';
import { startObjectStorage } from './object-storage.js';
import { startSecureFront } from './secure-front.js';
import { type Applier, initialise, type Project, type Tool } from './tool.js';

export interface LabOptions extends Pick<RehearsalOptions, 'places' | 'log'> {
  readonly model: Model;
  /** From where the topology lets operators log in. */
  readonly operator: string;
  /** The path of versitygw. */
  readonly objectStorage: string;
}

/** Secrets that a user would have to give. */
export interface Given {
  /** By their names among the secrets of a topology. */
  readonly values: Readonly<Record<string, string>>;
  /** A certificate for all names that lead to balancers, and its key, in PEM. */
  readonly certificate: string;
  readonly key: string;
}

/** Everything around a topology that is not its own: Hetzner, object storage, DNS, an operator and a user. */
export interface Lab {
  readonly rehearsal: Rehearsal;
  readonly user: Outsider;
  /** Name servers that the user asks. */
  readonly nameservers: readonly string[];
  /** The certificate of the authority that the stand-ins have theirs from, in PEM. */
  readonly trusted: string;
  readonly given: Given;
  /** The IPv4 addresses that DNS has for a name now, sorted. */
  records(name: string): string[];
  /** Names of the servers that floating addresses lead to. */
  floatingAddressHolders(): string[];
  /** @throws RehearsalFailed */
  initialise(tool: Tool, project: Project): Promise<Applier>;
  /** Removes everything. */
  close(): Promise<void>;
}

/** Of the only length that Hetzner's provider takes. */
const token = 'rehearsal'.padEnd(64, '0');

/** Opens a lab without hosts. What it starts ends with it, and with this process at the latest. */
export async function openLab({ model, operator, objectStorage, ...options }: LabOptions): Promise<Lab> {
  const routes = model.loadBalancers.flatMap((balancer) => balancer.routes.map(({ host }) => host));
  const authority = await makeAuthority([...new Set([...standInNames, ...routes])]);
  const rehearsal = await openRehearsal({
    ...options,
    nameservers: [addresses.dns],
    files: trustFiles(authority),
  });
  const closing = [() => rehearsal.close()];
  const close = async (): Promise<void> => {
    for (const each of closing.splice(0)) await each();
  };
  try {
    const zone = model.dns?.zone.value;
    const api = await startApi({
      driver: rehearsal.driver,
      zones: zone === undefined || model.dns?.create.value === true ? [] : [zone],
      quotas: { requestsPerHour: 1_000_000 },
    });
    closing.push(() => api.close());
    const s3Folder = join(rehearsal.folder, 'object-storage');
    await mkdir(s3Folder);
    const s3 = await startObjectStorage({
      program: objectStorage,
      folder: s3Folder,
      region: storageRegion(model),
      start: (program, args, env) => rehearsal.start(program, args, { env }),
    });
    closing.push(() => s3.close());

    const operators = await rehearsal.addOutsider('operator', operator);
    const ports = { api: portOf(api.url), s3: s3.port };
    for (const port of Object.values(ports)) await operators.expose('127.0.0.1', port, { port });
    for (const [name, address, port] of [
      ['hetzner', addresses.api, ports.api],
      ['storage', addresses.objectStorage, ports.s3],
    ] as const) {
      const front = await startSecureFront(authority, port);
      closing.push(() => front.close());
      const outsider = await rehearsal.addOutsider(name, address);
      await outsider.expose(address, 443, { port: front.port });
    }
    const user = await rehearsal.addOutsider('user', addresses.user);
    const names = await startNameServer({
      outsider: await rehearsal.addOutsider('dns', addresses.dns),
      folder: join(rehearsal.folder, 'dns'),
      zones: () => [...zonesOf(api.snapshot(token)), ...standInZones],
    });
    closing.unshift(() => names.close());
    const keys = { access: s3.accessKey, secret: s3.secretKey };
    return {
      rehearsal,
      user,
      nameservers: [addresses.dns],
      trusted: authority.certificate,
      given: {
        ...authority.server,
        values: {
          hcloud_token: token,
          ...Object.fromEntries(
            ['', 'backups_', 'apps_'].flatMap((whose) =>
              Object.entries(keys).map(([half, value]) => [`${whose}object_storage_${half}_key`, value]),
            ),
          ),
        },
      },
      records: (name) => recordsIn(api, name),
      floatingAddressHolders: () => holdersIn(api),
      initialise: (tool, project) =>
        initialise(tool, project, operators, {
          HCLOUD_ENDPOINT: api.url,
          GROUNDPLAN_S3_ENDPOINT: s3.endpoint,
          GROUNDPLAN_S3_REGION: s3.region,
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Object storage takes requests for its own region alone, and here it is one server: that of the backups, which hosts send by themselves. */
function storageRegion({ databases, storages, buckets }: Model): string {
  const targets = [...databases, ...storages].flatMap(({ backup }) => backup?.to?.target ?? []);
  const used = buckets.find(({ name }) => targets.some((target) => target.kind === 'bucket' && target.name === name));
  return (used ?? buckets[0])?.location.value ?? 'fsn1';
}

function recordsIn(api: RunningApi, name: string): string[] {
  const { zones, rrsets } = api.snapshot(token);
  return zones
    .flatMap((zone) =>
      rrsets
        .filter((set) => set.zone === zone.id && set.type === 'A' && fullName(set.name, zone.name) === name)
        .flatMap(({ records }) => records.map(({ value }) => value)),
    )
    .sort();
}

function holdersIn(api: RunningApi): string[] {
  const { floatingIps, servers } = api.snapshot(token);
  const holders = new Set(floatingIps.map(({ server }) => server));
  return servers.filter(({ id }) => holders.has(id)).map(({ name }) => name);
}

function fullName(name: string, zone: string): string {
  return name === '@' ? zone : `${name}.${zone}`;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
