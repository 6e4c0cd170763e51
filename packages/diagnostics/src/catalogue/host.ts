import { entry } from './entry.js';

/** What hosts are given. */
export const host = {
  'host/user-data-size': entry<{ host: string; bytes: number; limit: number }>({
    severity: 'error',
    title: 'Too much for the first boot',
    message: ({ host, bytes, limit }) =>
      `the first boot of ${host} takes ${bytes} of the ${limit} bytes that Hetzner allows: write fewer or wider ranges in ssh_from`,
    docs: 'Hetzner gives a server at most 32 KiB of user-data. Groundplan puts in it what closes the host at its first boot, with every range of `access.ssh_from`; anything else comes later. Over 28 KiB is a warning, over 32 KiB an error, since no server could be made.',
    example: {
      language: 'yaml',
      wrong:
        'access:\n  ssh_keys: [keys/ops.pub]\n  ssh_from: [192.0.2.1/32, 192.0.2.2/32, 192.0.2.3/32] # and some two thousand more',
      right: 'access:\n  ssh_keys: [keys/ops.pub]\n  ssh_from: [192.0.2.0/24]',
    },
  }),
};
