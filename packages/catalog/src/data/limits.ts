import type { Limits } from '../types.js';

/**
 * From Hetzner's API description (volumes, user data, rules of a firewall) and from the overviews of networks, placement
 * groups, volumes, firewalls and DNS on docs.hetzner.com.
 */
export const limits: Limits = {
  serversPerNetwork: 100,
  subnetsPerNetwork: 50,
  routesPerNetwork: 100,
  networksPerServer: 3,
  serversPerSpreadGroup: 10,
  spreadGroups: 50,
  volumeMinGb: 10,
  volumeMaxGb: 10_240,
  volumesPerServer: 16,
  firewallsPerServer: 5,
  rulesPerFirewall: 50,
  effectiveRulesPerFirewall: 500,
  sourcesPerFirewallRule: 100,
  userDataBytes: 32 * 1024,
  dnsMinTtl: 60,
};
