export type { Summary } from '@groundplan/ide';
export { type Client, clientOf } from './client.js';
export type { FileSystem, FolderEntry, Host } from './host.js';
export {
  clientCommands,
  type DiagramParams,
  diagramRequest,
  type FileAnswer,
  listFolder,
  type Picture,
  readFile,
  statFile,
  summaryRequest,
} from './protocol.js';
export { startServer } from './server.js';
