/**
 * Asked by Debian's packages before they start a service at their installation. 101 forbids it: a database that starts by itself
 * would put its data on the root disk.
 */
export const policyRcD = `#!/bin/sh
# Groundplan starts services itself, once they are configured.
exit 101
`;
