export { type Analysis, type AnalysisOptions, analyse } from './analyse.js';
export { type Config, emptyConfig, readConfig } from './config.js';
export { type Cost, type CostItem, type CostLine, costOf, type EntityCost } from './cost/cost.js';
export { loopbackPort } from './derive/app-host-ports.js';
export { sha256Hex } from './derive/hash.js';
export type * from './model.js';
export { type NamedFile, namedFiles } from './named-files.js';
export type { Declaration, DeclarationKind, Reference } from './names.js';
export { nearest } from './nearest.js';
export { outputsOf } from './outputs.js';
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
