/**
 * The typed Terraform bindings that Groundplan emits with, and nothing else: generated at build time by
 * `scripts/generate-bindings.mjs` from the provider schemas stored in this package.
 */
export {
  DataCloudflareZone,
  type DataCloudflareZoneConfig,
} from './generated/cloudflare/data-cloudflare-zone/index.js';
export {
  DnsRecord as CloudflareDnsRecord,
  type DnsRecordConfig as CloudflareDnsRecordConfig,
} from './generated/cloudflare/dns-record/index.js';
export { CloudflareProvider, type CloudflareProviderConfig } from './generated/cloudflare/provider/index.js';
export {
  Zone as CloudflareZone,
  type ZoneConfig as CloudflareZoneConfig,
} from './generated/cloudflare/zone/index.js';
export { DataHcloudServers, type DataHcloudServersConfig } from './generated/hcloud/data-hcloud-servers/index.js';
export { DataHcloudSshKeys, type DataHcloudSshKeysConfig } from './generated/hcloud/data-hcloud-ssh-keys/index.js';
export { DataHcloudVolumes, type DataHcloudVolumesConfig } from './generated/hcloud/data-hcloud-volumes/index.js';
export { DataHcloudZone, type DataHcloudZoneConfig } from './generated/hcloud/data-hcloud-zone/index.js';
export {
  Firewall as HcloudFirewall,
  type FirewallConfig as HcloudFirewallConfig,
  type FirewallRule as HcloudFirewallRule,
} from './generated/hcloud/firewall/index.js';
export {
  FloatingIp as HcloudFloatingIp,
  type FloatingIpConfig as HcloudFloatingIpConfig,
} from './generated/hcloud/floating-ip/index.js';
export {
  FloatingIpAssignment as HcloudFloatingIpAssignment,
  type FloatingIpAssignmentConfig as HcloudFloatingIpAssignmentConfig,
} from './generated/hcloud/floating-ip-assignment/index.js';
export {
  Network as HcloudNetwork,
  type NetworkConfig as HcloudNetworkConfig,
} from './generated/hcloud/network/index.js';
export {
  NetworkRoute as HcloudNetworkRoute,
  type NetworkRouteConfig as HcloudNetworkRouteConfig,
} from './generated/hcloud/network-route/index.js';
export {
  NetworkSubnet as HcloudNetworkSubnet,
  type NetworkSubnetConfig as HcloudNetworkSubnetConfig,
} from './generated/hcloud/network-subnet/index.js';
export {
  PlacementGroup as HcloudPlacementGroup,
  type PlacementGroupConfig as HcloudPlacementGroupConfig,
} from './generated/hcloud/placement-group/index.js';
export {
  PrimaryIp as HcloudPrimaryIp,
  type PrimaryIpConfig as HcloudPrimaryIpConfig,
} from './generated/hcloud/primary-ip/index.js';
export { HcloudProvider, type HcloudProviderConfig } from './generated/hcloud/provider/index.js';
export { Rdns as HcloudRdns, type RdnsConfig as HcloudRdnsConfig } from './generated/hcloud/rdns/index.js';
export {
  Server as HcloudServer,
  type ServerConfig as HcloudServerConfig,
  type ServerNetwork as HcloudServerNetwork,
  type ServerPublicNet as HcloudServerPublicNet,
} from './generated/hcloud/server/index.js';
export { SshKey as HcloudSshKey, type SshKeyConfig as HcloudSshKeyConfig } from './generated/hcloud/ssh-key/index.js';
export { Volume as HcloudVolume, type VolumeConfig as HcloudVolumeConfig } from './generated/hcloud/volume/index.js';
export {
  VolumeAttachment as HcloudVolumeAttachment,
  type VolumeAttachmentConfig as HcloudVolumeAttachmentConfig,
} from './generated/hcloud/volume-attachment/index.js';
export { Zone as HcloudZone, type ZoneConfig as HcloudZoneConfig } from './generated/hcloud/zone/index.js';
export {
  ZoneRrset as HcloudZoneRrset,
  type ZoneRrsetConfig as HcloudZoneRrsetConfig,
  type ZoneRrsetRecords as HcloudZoneRrsetRecords,
} from './generated/hcloud/zone-rrset/index.js';
export { MinioProvider, type MinioProviderConfig } from './generated/minio/provider/index.js';
export {
  S3Bucket as MinioS3Bucket,
  type S3BucketConfig as MinioS3BucketConfig,
} from './generated/minio/s3-bucket/index.js';
export {
  S3BucketCors as MinioS3BucketCors,
  type S3BucketCorsConfig as MinioS3BucketCorsConfig,
} from './generated/minio/s3-bucket-cors/index.js';
export {
  S3BucketPolicy as MinioS3BucketPolicy,
  type S3BucketPolicyConfig as MinioS3BucketPolicyConfig,
} from './generated/minio/s3-bucket-policy/index.js';
export {
  S3BucketVersioning as MinioS3BucketVersioning,
  type S3BucketVersioningConfig as MinioS3BucketVersioningConfig,
} from './generated/minio/s3-bucket-versioning/index.js';
export { providerSources } from './generated/sources.js';
