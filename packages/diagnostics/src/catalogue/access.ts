import { entry } from './entry.js';

/** Who may log in. */
export const access = {
  'access/ssh-open': entry<{ range: string }>({
    severity: 'error',
    title: 'SSH is open to the world',
    message: ({ range }) => `${range} is the whole internet: name the addresses that your people and your CI come from`,
    docs: `An open SSH port is found within minutes and tried around the clock. Keys protect it until the day one is lost, or a flaw in the daemon becomes known: on such a night the list of addresses is what stands between everybody and your hosts.

Name the networks of your offices, your VPN and the machine that runs Terraform. Somebody on the road uses the VPN.`,
  }),
};
