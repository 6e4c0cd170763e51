import { entry } from './entry.js';

/** Secrets. The messages never repeat what they found. */
export const secret = {
  'secret/in-plain-sight': entry<{ where: string; what: string; instead: string }>({
    severity: 'error',
    title: 'A secret in plain sight',
    message: ({ where, what, instead }) => `${where} holds what looks like ${what}: ${instead}`,
    docs: `The topology is committed, reviewed, mailed and pasted into chats, and all of its history stays. A key in it is known to everybody who ever had the repository, and has to be changed everywhere on the day one copy leaks.

Secrets live in the age-encrypted file beside the topology, which \`groundplan keys\` makes. The topology names them: \`\${secret.NAME}\`. They reach the hosts through ephemeral variables and are neither in Terraform's state nor in its plan, nor in user data.

Settings of a Terraform backend and labels take no secret at all. Terraform reads the credentials of a backend from the environment (\`AWS_ACCESS_KEY_ID\`, \`AWS_SECRET_ACCESS_KEY\`, \`PG_CONN_STR\` and so on); labels are for everybody to read.

A key that has been committed is lost. Make a new one, also when this file is mended.`,
  }),
};
