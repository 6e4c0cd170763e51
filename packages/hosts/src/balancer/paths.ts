export const routesPath = '/etc/haproxy/routes.map';
/** HAProxy takes the key from the same path with `.key` behind (`ssl-load-extra-files`). */
export const certificatePath = '/var/lib/groundplan/tls/certificate.pem';
/** Holds `on` while the balancer is out of service. Survives a reboot. */
export const maintenancePath = '/var/lib/groundplan/maintenance.lst';
/** For an operator. */
export const maintenanceProgram = '/usr/local/sbin/groundplan-maintenance';
/** What keepalived last said: MASTER, BACKUP, FAULT or STOP. */
export const vrrpStatePath = '/run/groundplan/vrrp';
