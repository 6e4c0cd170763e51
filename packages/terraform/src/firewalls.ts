import { bastionHosts, checkerPort, isBastion } from '@groundplan/hosts';
import { checkerVoters, type Host, type Model, tunnelMembers } from '@groundplan/model';
import { type Template, template } from './emitter/index.js';
import { labelsOf } from './labels.js';
import { placeOfEntity, placeOfTopology } from './places.js';
import { publicIpv4 } from './primary-ips.js';
import type { RootModule } from './root-module.js';
import type { Place } from './trace.js';

interface Rule {
  readonly description: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port?: string;
  readonly from: readonly (string | Template)[];
}

const anyone = ['0.0.0.0/0', '::/0'];
const tunnelPort = '655';

/** How many addresses Hetzner takes in one rule. */
const addressesInRule = 100;

const tiers: readonly Host['tier'][] = ['lb', 'app', 'db', 'sto', 'arbiter'];

/**
 * One firewall for each tier, and one for the bastion. They filter public addresses only, and what no rule lets in is dropped;
 * private addresses are the business of the host's own nftables. What comes with a second region goes into rules, so that no
 * server gets another firewall by it.
 */
export function writeFirewalls(module: RootModule): void {
  const { model } = module;
  for (const tier of tiers) {
    const host = model.hosts.find((candidate) => candidate.tier === tier);
    if (host !== undefined) writeFirewall(module, placeOfTier(host), tier, [ping, ...rulesOf(model, tier)]);
  }
  if (bastionHosts(model).length > 0) {
    writeFirewall(module, placeOfBastion(model), bastionFirewall, [
      { description: 'SSH from the allow list', protocol: 'tcp', port: '22', from: allowList(model) },
    ]);
  }
}

const bastionFirewall = 'bastion';

/** The Terraform names of the firewalls of a host. */
export function firewallsOf(model: Model, host: Host): string[] {
  return isBastion(model, host) ? [host.tier, bastionFirewall] : [host.tier];
}

const ping: Rule = { description: 'ICMP, also for path MTU', protocol: 'icmp', from: anyone };

function rulesOf(model: Model, tier: Host['tier']): Rule[] {
  switch (tier) {
    case 'lb':
      return [
        { description: 'HTTP', protocol: 'tcp', port: '80', from: anyone },
        { description: 'HTTPS', protocol: 'tcp', port: '443', from: anyone },
        ...checkerRules(model),
      ];
    case 'app':
      return [];
    case 'db':
    case 'sto':
      return tunnelRules(model, tier);
    case 'arbiter':
      return [...tunnelRules(model, tier), ...checkerRules(model), ...sshFromBastion(model)];
  }
}

/** Encrypted traffic between regions, among members only. */
function tunnelRules(model: Model, tier: Host['tier']): Rule[] {
  const members = tunnelMembers(model);
  if (!members.some((member) => member.tier === tier)) return [];
  const from = members.map(singleAddress);
  return [
    { description: 'Tunnel from its members', protocol: 'tcp', port: tunnelPort, from },
    { description: 'Tunnel from its members', protocol: 'udp', port: tunnelPort, from },
  ];
}

/** DNS checkers of different regions tell each other what they see; those of one region do it over its private network. */
function checkerRules(model: Model): Rule[] {
  const voters = checkerVoters(model).map(({ host }) => host);
  if (new Set(voters.map(({ region }) => region)).size < 2) return [];
  const from = voters.map(singleAddress);
  return [{ description: 'Views of the DNS checkers', protocol: 'tcp', port: String(checkerPort), from }];
}

/** The arbiter shares no private network with a bastion, so that SSH comes over public addresses. */
function sshFromBastion(model: Model): Rule[] {
  const from = bastionHosts(model).map(singleAddress);
  return from.length === 0 ? [] : [{ description: 'SSH from the bastion', protocol: 'tcp', port: '22', from }];
}

function singleAddress(host: Host): Template {
  return template(publicIpv4(host), '/32');
}

function allowList(model: Model): string[] {
  return (model.access?.sshFrom ?? []).map(({ value }) => value);
}

/** The first entity of the tier, by first name. */
function placeOfTier({ entity, span }: Host): Place {
  return entity === undefined ? { path: 'arbiter', span } : placeOfEntity(entity);
}

function placeOfBastion(model: Model): Place {
  const access = model.access;
  return access === undefined ? placeOfTopology(model) : { path: 'access.ssh_from', span: access.keySpan };
}

function writeFirewall(module: RootModule, place: Place, key: string, rules: readonly Rule[]): void {
  module.resource(place, 'hcloud_firewall', key, {
    name: `${module.model.name.value}-${key}`,
    labels: labelsOf(module.model),
    rule: rules.flatMap(({ description, protocol, port, from }) =>
      inChunks(from).map((sources) => ({
        direction: 'in',
        description,
        protocol,
        ...(port !== undefined && { port }),
        sourceIps: sources,
      })),
    ),
  });
}

function inChunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / addressesInRule) }, (_, index) =>
    items.slice(index * addressesInRule, (index + 1) * addressesInRule),
  );
}
