/** Written before each reload, and gone after a reboot. */
export const serverStatePath = '/run/groundplan/haproxy-servers';

/** The sections that every HAProxy of ours begins with. */
export function globalSection(maxConnections: number): string {
  return `global
  log /dev/log local0 info
  chroot /var/lib/haproxy
  user haproxy
  group haproxy
  stats socket /run/haproxy/admin.sock user root group haproxy mode 660 level admin expose-fd listeners
  stats timeout 30s
  maxconn ${maxConnections}
  # With fewer files than that needs it serves fewer people, rather than nobody.
  no strict-limits
  # What a new process knows of its servers before its first check: see the drop-in of haproxy.service.
  server-state-file ${serverStatePath}
  # After a reload the old process ends its open requests, and what is still open then (a WebSocket) is closed.
  hard-stop-after 15m
`;
}

/** Numbers for people and for Prometheus, on this host only: "ssh -L 8404:localhost:8404 HOST". */
export const statsFrontend = `frontend stats
  bind 127.0.0.1:8404
  http-request use-service prometheus-exporter if { path /metrics }
  stats enable
  stats uri /
  stats refresh 2s
`;
