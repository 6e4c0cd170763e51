export { recordComment } from './dns/comment.js';
export { program } from './generated/program.js';
export type { DnsSettings, ServiceSettings, Settings, TargetSettings, VoterSettings } from './settings.js';
