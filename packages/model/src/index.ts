export {
  type Analysis,
  type AnalysisOptions,
  analyse,
  checkTopology,
  type ReadTopology,
  readTopology,
} from './analyse.js';
export { hasSftp } from './checks/backup/sftp-too-old.js';
export { backupBuckets, bucketLocationsAwayFrom, locationsOf, usesByApps } from './checks/backup/targets.js';
export { logicalFrom } from './checks/database/replication.js';
export { arbiterLocation, freeLocation } from './checks/free-location.js';
export { freeRange, homeOf, networksOf, usableRange } from './checks/region/networks.js';
export { type Config, emptyConfig, readConfig } from './config.js';
export { type Cost, type CostItem, type CostLine, costOf, type EntityCost } from './cost/cost.js';
export { blockOf, blockRange, blocksOf } from './derive/address-plan.js';
export { loopbackPort, reservedOnHosts, takenOnEachHost } from './derive/app-host-ports.js';
export { type CheckerVoter, checkerVoters, votesOf } from './derive/checker-voters.js';
export { type Cluster, clustersOf, extraVoter } from './derive/clusters.js';
export {
  etcdPorts,
  galeraCheckPort,
  galeraMemberPort,
  galeraPorts,
  patroniPort,
} from './derive/database-host-ports.js';
export { sha256Hex } from './derive/hash.js';
export { tierOf } from './derive/names.js';
export { isPair } from './derive/pair.js';
export { regionsServing } from './derive/regions-serving.js';
export { tunnelMembers } from './derive/tunnel-members.js';
export { addFirst, removeEntry, replaceValue, scalar, setValue } from './edits.js';
export { catalogFile, configFile, isTopologyName, topologyFile } from './file-names.js';
export { type Folders, findUpwards } from './find-upwards.js';
export type * from './model.js';
export { type NamedFile, namedFiles } from './named-files.js';
export type { Declaration, DeclarationKind, Reference } from './names.js';
export { nearest } from './nearest.js';
export { outputsOf } from './outputs.js';
export { personalise } from './personalise.js';
export { referenceWords } from './read/references.js';
export { suppress } from './suppress.js';
export type { Template, TemplatePart } from './template.js';
export { formatDuration, parseDuration } from './values/duration.js';
export {
  contains,
  formatAddress,
  formatRange,
  type Ipv4Range,
  isPrivate,
  overlaps,
  parseAddress,
  parseRange,
  sizeOf,
} from './values/ipv4.js';
export { formatSize, parseSize } from './values/size.js';
