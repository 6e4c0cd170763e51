export { leftOver, renewalDays, type Shortfall, shortfalls } from './lock/compare.js';
export { type Lock, type LockedSecret, lockFileOf } from './lock/lock.js';
export { type ReadLock, readLock } from './lock/read-lock.js';
export { neededSecrets } from './needed/needed-secrets.js';
export { type Form, isGiven, isWritten, type NeededSecret } from './needed/secret.js';
