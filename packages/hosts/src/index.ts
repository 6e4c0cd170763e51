export { bastionHosts, isBastion } from './bastion.js';
export type { Text, TextPart } from './text.js';
export { tunnelMembers } from './tunnel-members.js';
export { bootstrapUserData, checkUserData } from './user-data.js';
