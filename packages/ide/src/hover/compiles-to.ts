/**
 * What a field becomes, in plain words, by the field's path: Terraform's resources, and what runs on the hosts. The resources are
 * those that `packages/terraform` emits; a test compares them.
 */
export const resourcesOf: Readonly<Record<string, string>> = {
  image: 'The `image` of every `hcloud_server`.',
  labels: '`labels` of every resource at Hetzner.',
  region: 'A private network: `hcloud_network` and `hcloud_network_subnet`.',
  'regions.*': 'A private network: `hcloud_network` and `hcloud_network_subnet`.',
  arbiter:
    'One `hcloud_server` with two `hcloud_primary_ip` of its own, a private network (`hcloud_network`, `hcloud_network_subnet`) and an `hcloud_firewall`. It votes; it holds no data.',
  dns: 'The zone is looked up, and gets a record for every host of a route: `cloudflare_dns_record`, or `hcloud_zone_rrset` at Hetzner.',
  'dns.create': 'An `hcloud_zone`.',
  'dns.failover':
    'Health checks on the load balancers and the arbiter, which take the records of dead balancers out of DNS.',
  'load_balancers.*':
    'For each server an `hcloud_server` with two `hcloud_primary_ip`; together `hcloud_placement_group`s that spread them over machines, and an `hcloud_firewall` open to HTTP, HTTPS and ICMP. Each runs HAProxy.',
  'load_balancers.*.count': 'So many `hcloud_server` in each region, each with two `hcloud_primary_ip`.',
  'load_balancers.*.mode':
    '`active-standby`: two `hcloud_floating_ip` that keepalived moves. `bgp`: bird announces the address while HAProxy is healthy.',
  'load_balancers.*.routes':
    'A DNS record for each host name (`cloudflare_dns_record` or `hcloud_zone_rrset`), and a rule in HAProxy for each route.',
  'load_balancers.*.routes.*':
    'A DNS record for the host name (`cloudflare_dns_record` or `hcloud_zone_rrset`), and a rule in HAProxy.',
  'load_balancers.*.bgp': 'bird on each balancer, which announces the address.',
  'apps.*':
    'For each server an `hcloud_server`; together `hcloud_placement_group`s that spread them over machines, and an `hcloud_firewall` that lets nothing in from outside but ICMP. Each runs the program as a systemd service, and HAProxy on loopback.',
  'apps.*.count': 'So many `hcloud_server` in each region.',
  'apps.*.run': 'A systemd service that is restarted when it fails.',
  'apps.*.env': 'A file of the environment that root alone may read.',
  'databases.*':
    'For each server an `hcloud_server` with two `hcloud_primary_ip`, an `hcloud_volume` and its `hcloud_volume_attachment`; together `hcloud_placement_group`s that spread them over machines, and an `hcloud_firewall`.',
  'databases.*.standby': 'One `hcloud_server` more in each region, with its volume, for each standby.',
  'databases.*.engine': '`postgresql`: Patroni and etcd. `mariadb`: Galera.',
  'databases.*.volume': 'An `hcloud_volume` for each server, and its `hcloud_volume_attachment`.',
  'databases.*.volume.size': 'The `size` of each `hcloud_volume`.',
  'databases.*.backup': '`postgresql`: pgBackRest. `mariadb`: mariabackup, with restic.',
  'shared_storage.*':
    'For each server an `hcloud_server` with two `hcloud_primary_ip`, an `hcloud_volume` and its `hcloud_volume_attachment`; together `hcloud_placement_group`s that spread them over machines, and an `hcloud_firewall`. They run GlusterFS.',
  'shared_storage.*.replicas':
    'One `hcloud_server` in each region for each copy and each tie-breaker, with its volume.',
  'shared_storage.*.volume': 'An `hcloud_volume` for each server, and its `hcloud_volume_attachment`.',
  'shared_storage.*.volume.size': 'The `size` of each `hcloud_volume`.',
  'shared_storage.*.backup': 'restic, on a timer.',
  'buckets.*': 'A `minio_s3_bucket` in Hetzner Object Storage.',
  'buckets.*.versioning': 'A `minio_s3_bucket_versioning`.',
  'buckets.*.access': '`public`: a `minio_s3_bucket_policy` by which anybody may read an object whose name they know.',
  'buckets.*.cors': 'A `minio_s3_bucket_cors`.',
  tunnel: 'tinc on every host that holds data and on the arbiter, and its rules in their `hcloud_firewall`.',
  'access.ssh_keys': 'An `hcloud_ssh_key` for each file.',
  'access.ssh_from': "The SSH rule in the bastion's `hcloud_firewall`.",
  'access.bastion': "An `hcloud_firewall` on the balancer's servers that is open to SSH.",
  'terraform.backend': "Terraform's `backend` block, as it is written.",
};

/** What a field becomes, by its path with `*` for names; what a region overrides becomes what it is for all of them. */
export function compilesTo(path: readonly string[]): string | undefined {
  const [section] = path;
  return resourcesOf[(section === 'regions' && path.length > 2 ? path.slice(2) : path).join('.')];
}
