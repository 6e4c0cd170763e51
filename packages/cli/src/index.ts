export type { Environment, ExitCode, Output } from './environment.js';
export { run } from './run.js';
