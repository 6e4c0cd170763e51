import { entry } from './entry.js';

/** Files that a topology names; looked at by the command line and the editor, not by the model. */
export const file = {
  'file/missing': entry<{ path: string }>({
    severity: 'error',
    title: 'A file that is not there',
    message: ({ path }) => `there is no file ${path}: paths are relative to the topology`,
    docs: 'SSH keys, scripts and files for hosts are read when the topology is compiled. Paths are relative to the folder of the topology.',
    example: {
      language: 'yaml',
      wrong: 'access:\n  ssh_keys: [keys/op.pub] # there is only keys/ops.pub',
      right: 'access:\n  ssh_keys: [keys/ops.pub]',
    },
  }),
  'file/unreadable': entry<{ path: string; reason: string }>({
    severity: 'error',
    title: 'A file that cannot be used',
    message: ({ path, reason }) => `${path} cannot be used: ${reason}`,
    docs: 'The file is there, but is a folder, may not be read, or does not hold what its field takes.',
    example: {
      language: 'yaml',
      wrong: 'access:\n  ssh_keys: [keys/ops] # the private half',
      right: 'access:\n  ssh_keys: [keys/ops.pub]',
    },
  }),
};
