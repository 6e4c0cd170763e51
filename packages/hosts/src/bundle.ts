// The second door: what hosts are given after their first boot. Nobody who only checks a topology has to load it.
export type { Action, Bundle, BundleFile, Unit } from './bundle/bundle.js';
export { bundleOf } from './bundle/bundle-of.js';
export { type AppliedValue, type Given, type PackedBundle, packBundle, secretsIn } from './bundle/pack.js';
export { gateProgram } from './gate.js';
export { convergeProgram } from './generated/converge-program.js';
export {
  type PlacedCommand,
  type Runbook,
  runbookCommands,
  runbookMarkdown,
  runbookOf,
} from './runbook/index.js';
