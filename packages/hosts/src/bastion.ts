import type { Host, Model } from '@groundplan/model';

/** Whether SSH goes through this host: every host of the bastion's balancer is one, so that a dead one blocks nothing. */
export function isBastion(model: Model, host: Host): boolean {
  const bastion = model.access?.bastion.loadBalancer;
  return bastion !== undefined && host.entity?.kind === 'load_balancer' && host.entity.firstName === bastion.firstName;
}

const ofModel = new WeakMap<Model, readonly Host[]>();

/** Every host that SSH can go through, sorted by key. Kept for each model: every host asks for them. */
export function bastionHosts(model: Model): readonly Host[] {
  const known = ofModel.get(model);
  if (known !== undefined) return known;
  const hosts = model.hosts.filter((host) => isBastion(model, host));
  ofModel.set(model, hosts);
  return hosts;
}
