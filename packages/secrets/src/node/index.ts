export { type ReadContent, readContent, type SecretValues, writeContent } from '../file/content.js';
export { writeLock } from '../lock/write-lock.js';
export { isRecipient, makeIdentity, type Opened, open, type ReadIdentities, readIdentities, seal } from './age.js';
export { makeValues, rotationProblem, spoilt, valueProblem } from './change.js';
export { hashOf, lockedOf, renamedInLock, withLockKey } from './lock-of.js';
