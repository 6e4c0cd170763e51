export { type LoggedRequest, type RunningApi, startApi } from './api.js';
export {
  type HostDriver,
  type HostFloatingIp,
  type HostNetwork,
  type HostServer,
  type HostVolume,
  noHosts,
} from './driver.js';
export type { ActiveFault, Fault, FaultControl, FaultEffect } from './faults.js';
export { type ApiOptions, defaultQuotas, type Permission, type Quotas } from './options.js';
export type * from './shapes.js';
export type { ProjectSnapshot } from './snapshot.js';
