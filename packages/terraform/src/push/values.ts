import type { AppliedValue } from '@groundplan/hosts/bundle';
import { attribute, type Expression } from '../emitter/index.js';
import { floatingAddress, floatingId } from '../floating-ips.js';
import { publicIpv4, publicIpv6 } from '../primary-ips.js';

/** What Terraform alone knows, as an expression. */
export function expressionOf(value: AppliedValue): Expression {
  switch (value.kind) {
    case 'public-address':
      return value.version === 'ipv4' ? publicIpv4(value.host) : publicIpv6(value.host);
    case 'server-id':
      return attribute('hcloud_server', value.host.key, 'id');
    case 'volume-id':
      return attribute('hcloud_volume', value.host.key, 'id');
    case 'floating-ip': {
      const { balancer, region, version } = value;
      return value.as === 'id' ? floatingId(balancer, region, version) : floatingAddress(balancer, region, version);
    }
  }
}
