export { lookAtFile } from './look-at-file.js';
export { readAtMost } from './read-at-most.js';
export { isNotFound, systemReason } from './system-reason.js';
