import { globalActionRoutes } from './actions/routes.js';
import type { Route } from './http/route.js';
import { catalogRoutes } from './resources/catalog-lists.js';
import { certificateRoutes } from './resources/certificates.js';
import { firewallRoutes } from './resources/firewalls.js';
import { floatingIpRoutes } from './resources/floating-ips.js';
import { imageRoutes } from './resources/images.js';
import { networkRoutes } from './resources/networks.js';
import { placementGroupRoutes } from './resources/placement-groups.js';
import { primaryIpRoutes } from './resources/primary-ips.js';
import { rrsetRoutes } from './resources/rrsets.js';
import { serverRoutes } from './resources/servers.js';
import { sshKeyRoutes } from './resources/ssh-keys.js';
import { volumeRoutes } from './resources/volumes.js';
import { zoneRoutes } from './resources/zones.js';

/** Every operation of the API. */
export const allRoutes: readonly Route[] = [
  ...globalActionRoutes,
  ...catalogRoutes,
  ...imageRoutes,
  ...sshKeyRoutes,
  ...networkRoutes,
  ...placementGroupRoutes,
  ...serverRoutes,
  ...volumeRoutes,
  ...floatingIpRoutes,
  ...primaryIpRoutes,
  ...firewallRoutes,
  ...certificateRoutes,
  ...zoneRoutes,
  ...rrsetRoutes,
];
