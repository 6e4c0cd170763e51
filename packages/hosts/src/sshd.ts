/** Who may log in as root. */
export const authorizedKeysPath = '/root/.ssh/authorized_keys';

/**
 * Keys only. Read before the distribution's own settings and cloud-init's, since sshd keeps the first value it meets.
 * Forwarding stays: SSH to the other hosts goes through a bastion.
 */
export const sshdSettings = `PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PermitEmptyPasswords no
X11Forwarding no
AllowAgentForwarding no
MaxAuthTries 3
LoginGraceTime 20
`;
