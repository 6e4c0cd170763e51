import { entry } from './entry.js';

/** What hosts tell an operator, and how it reaches them. */
export const alert = {
  'alert/mail-in-clear': entry<{ password: boolean }>({
    severity: 'warning',
    title: 'Alerts are mailed in clear',
    message: ({ password }) =>
      `everybody on the way to the relay can read the mails${password ? ', and the password' : ''}: set tls: starttls`,
    docs: `Alerts name hosts, units and what programs said last, and the login sends the password of the relay as it is. Nearly every relay offers STARTTLS on port 587; the others offer TLS from the first byte (\`implicit\`).

\`none\` is for a relay that hosts reach by a way that nobody else can read. Suppress this warning there, and say which way it is.`,
  }),
  'alert/mail-port': entry<{ port: number }>({
    severity: 'warning',
    title: 'A mail port that Hetzner blocks',
    message: ({ port }) =>
      `Hetzner lets no server reach port ${port} until you ask for it, so that no mail would leave the hosts: use 587`,
    docs: `To keep spam out of its network Hetzner blocks connections from servers to the ports 25 and 465. Who has paid a first invoice can have them opened, for a project, by a request in the console. Until then a mail runs into a timeout.

Relays take mails of their users on port 587 with STARTTLS, which is open. Many have another port beside it, such as 2525 or 2465.`,
  }),
  'alert/no-recipient': entry<Record<string, never>>({
    severity: 'warning',
    title: 'A mail relay for no mails',
    message: () => 'nothing is mailed, since there is no email: under alerts',
    docs: `\`alerts.smtp\` says by which server mails leave the hosts, \`alerts.email\` to whom they go. Without an address nothing is sent.`,
  }),
  'alert/no-relay': entry<Record<string, never>>({
    severity: 'error',
    title: 'Alerts are mailed by no server',
    message: () =>
      'no mail would leave the hosts, which have no mail server: say by which relay, with smtp: under alerts',
    docs: `Hosts have no mail server of their own. One that sends from a cloud server directly is refused by most others anyway, and Hetzner blocks the port for it.

\`smtp\` names the server that takes mails from the hosts and sends them on: that of your mail provider, or a service for mails of programs. Its password is a secret.

The quick fix writes what is likely for the address; look at what your provider says.`,
  }),
};
