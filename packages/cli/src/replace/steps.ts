import type { Host, Model } from '@groundplan/model';
import type { PlacedChange } from '@groundplan/terraform';
import { visible } from '../terminal/visible.js';
import { isOf } from './replace-host.js';

/** What happens to a host and because of it, a line each, in order; then what users notice meanwhile. */
export function stepLines(
  host: Host,
  model: Model,
  changes: readonly PlacedChange[],
  copies: readonly Host[],
): string[] {
  const steps = stepsOf(host, model, changes, copies);
  return [
    `this replaces ${host.name}, in this order:`,
    ...steps.map((step, index) => `  ${index + 1}. ${visible(step)}`),
    ...meanwhile(host, model).map((line) => `  ${line}`),
    ...unsent(host, changes, copies).map((line) => `  ${line}`),
  ];
}

function stepsOf(host: Host, model: Model, changes: readonly PlacedChange[], copies: readonly Host[]): string[] {
  const own = (type: string) => changes.find((change) => change.type === type && isOf(host, change));
  const server = own('hcloud_server');
  const volume = own('hcloud_volume');
  const isThere = server?.before !== undefined;
  const isProtected = [server, volume].some((change) => change?.before?.delete_protection === true);
  const size = host.volume === undefined ? '' : `${volume?.before?.size ?? host.volume.size.value} GB`;
  const isVolumeNew = volume?.action === 'replace' || volume?.action === 'create';
  const push = own('terraform_data');
  return [
    ...(isThere && isProtected ? ['its protection is lifted'] : []),
    ...(isThere && host.volume !== undefined && !isVolumeNew ? [`its volume (${size}) is taken off, and stays`] : []),
    ...(isThere ? ['the server is destroyed, with what is on its own disk'] : []),
    ...(volume?.action === 'replace' ? [`its volume (${size}) is destroyed, with all data on it`] : []),
    ...(isVolumeNew ? [`an empty volume (${host.volume?.size.value} GB) is made`] : []),
    `the server is made anew: ${host.type.value} in ${host.location}, ${model.image.value}, ${host.address} in its network, ${
      host.tier === 'app' ? 'other public addresses' : 'the same public addresses'
    }`,
    ...(host.volume === undefined ? [] : [`the ${isVolumeNew ? 'empty' : 'old'} volume is attached`]),
    ...(push === undefined ? [] : ['it is configured']),
    ...(isVolumeNew && copies.length > 0 ? [`it copies the data from ${named(copies)}`] : []),
    ...followersOf(host, model, changes),
  ];
}

/** What is sent to other hosts, or waited for on them, and what else changes. */
function followersOf(host: Host, model: Model, changes: readonly PlacedChange[]): string[] {
  const others = changes.filter((change) => !isOf(host, change));
  const told = model.hosts.filter(({ key }) => others.some(({ name }) => name === `${key}_push`));
  const rest = others.filter(({ name }) => !told.some(({ key }) => name === `${key}_push`));
  const gates = rest.filter(({ type, name }) => type === 'terraform_data' && name.endsWith('_gate'));
  const more = rest.filter((change) => !gates.includes(change)).map(({ action, address }) => `${action} ${address}`);
  return [
    ...(told.length === 0 ? [] : [`${named(told)} ${told.length === 1 ? 'is' : 'are'} told of it`]),
    ...(gates.length === 0 ? [] : ['the apply waits until its cluster is whole']),
    ...(more.length === 0 ? [] : [`also: ${more.join(', ')}`]),
  ];
}

const mostNamed = 6;

function named(hosts: readonly Host[]): string {
  const names = hosts.slice(0, mostNamed).map(({ name }) => name);
  const unnamed = hosts.length > mostNamed ? ` and ${hosts.length - mostNamed} more` : '';
  return `${names.join(', ')}${unnamed}`;
}

/** What the other servers cannot copy, since it never came to them. */
function unsent(host: Host, changes: readonly PlacedChange[], copies: readonly Host[]): string[] {
  const { entity } = host;
  const isLost = changes.some(
    (change) => change.type === 'hcloud_volume' && isOf(host, change) && change.action === 'replace',
  );
  if (!isLost || copies.length === 0 || entity?.kind !== 'database' || entity.durability.value === 'sync') return [];
  return ['if it is the primary, what it acknowledged in the last second may be lost: switch over first (RUNBOOK.md)'];
}

function meanwhile(host: Host, { hosts }: Model): string[] {
  const { entity, region, tier } = host;
  if (entity === undefined) return ['until it is back, its vote is missing: what fails then may cost a majority'];
  const others = hosts.filter((each) => each !== host && each.entity === entity && each.region === region);
  const what = `${entity.kind.replace('_', ' ')} ${entity.name}`;
  if (others.length === 0) return [`until it is back, there is no ${what} in ${region?.name}: this is an outage`];
  if (tier === 'db')
    return [
      'if it is the primary, switch over first (RUNBOOK.md), or writes fail for some 20 s until another takes over',
    ];
  const rest = others.length === 1 ? 'server' : `${others.length} servers`;
  const work = others.length === 1 ? 'does its work' : 'do its work';
  return [`until it is back, the other ${rest} of ${what} in ${region?.name} ${work}`];
}
