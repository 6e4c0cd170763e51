import type { Model } from '@groundplan/model';
import { operatorAddress } from './lab/addresses.js';

/** What of a topology cannot be rehearsed yet, in a sentence each; empty when all of it can. */
export function obstacles(model: Model): string[] {
  const { regions, arbiter, image, dns, loadBalancers, apps, storages, externals } = model;
  return [
    ...(regions.length > 1 || arbiter !== undefined ? ['it has several regions'] : []),
    ...(image.value === 'ubuntu-24.04' ? ['its hosts run Ubuntu'] : []),
    ...(dns?.provider.value === 'hetzner' ? [] : ['its zone is not at Hetzner DNS']),
    ...loadBalancers.flatMap(({ name, mode, tls }) => [
      ...(mode.value === 'bgp' ? [`load_balancer.${name} speaks BGP`] : []),
      ...(tls.mode.value === 'acme' ? [`load_balancer.${name} has certificates by ACME`] : []),
    ]),
    ...(loadBalancers.some(({ routes }) => routes.length > 0) ? [] : ['no user can reach it: it has no route']),
    ...apps
      .filter(({ run }) => run !== undefined && run.kind !== 'script')
      .map(({ name }) => `app.${name} is not a script but comes from the internet`),
    ...storages.map(({ name }) => `storage.${name} is configured by nobody yet`),
    ...externals.map(({ name }) => `external.${name} is outside`),
    ...(operatorAddress(model) === undefined ? ['access.ssh_from has no IPv4 range from which to log in'] : []),
  ];
}
