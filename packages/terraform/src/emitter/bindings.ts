import {
  CloudflareDnsRecord,
  type CloudflareDnsRecordConfig,
  CloudflareProvider,
  type CloudflareProviderConfig,
  DataCloudflareZone,
  type DataCloudflareZoneConfig,
  DataHcloudServers,
  type DataHcloudServersConfig,
  DataHcloudSshKeys,
  type DataHcloudSshKeysConfig,
  DataHcloudVolumes,
  type DataHcloudVolumesConfig,
  HcloudFirewall,
  type HcloudFirewallConfig,
  HcloudFloatingIp,
  type HcloudFloatingIpConfig,
  HcloudNetwork,
  type HcloudNetworkConfig,
  HcloudNetworkSubnet,
  type HcloudNetworkSubnetConfig,
  HcloudPlacementGroup,
  type HcloudPlacementGroupConfig,
  HcloudPrimaryIp,
  type HcloudPrimaryIpConfig,
  HcloudProvider,
  type HcloudProviderConfig,
  HcloudServer,
  type HcloudServerConfig,
  HcloudSshKey,
  type HcloudSshKeyConfig,
  HcloudVolume,
  HcloudVolumeAttachment,
  type HcloudVolumeAttachmentConfig,
  type HcloudVolumeConfig,
  HcloudZone,
  type HcloudZoneConfig,
  HcloudZoneRrset,
  type HcloudZoneRrsetConfig,
  MinioProvider,
  type MinioProviderConfig,
  MinioS3Bucket,
  type MinioS3BucketConfig,
  MinioS3BucketCors,
  type MinioS3BucketCorsConfig,
  MinioS3BucketPolicy,
  type MinioS3BucketPolicyConfig,
  MinioS3BucketVersioning,
  type MinioS3BucketVersioningConfig,
} from '@groundplan/providers';
import type {
  IResolvable,
  TerraformDataSource,
  TerraformMetaArguments,
  TerraformProvider,
  TerraformResource,
} from 'cdktn';
import type { Construct } from 'constructs';
import { TerraformData } from './terraform-data.js';
import type { Expression, Template } from './value.js';

/** The arguments of each type of resource, as the provider's schema has them. */
export interface ResourceConfigs {
  cloudflare_dns_record: CloudflareDnsRecordConfig;
  hcloud_firewall: HcloudFirewallConfig;
  hcloud_floating_ip: HcloudFloatingIpConfig;
  hcloud_network: HcloudNetworkConfig;
  hcloud_network_subnet: HcloudNetworkSubnetConfig;
  hcloud_placement_group: HcloudPlacementGroupConfig;
  hcloud_primary_ip: HcloudPrimaryIpConfig;
  hcloud_server: HcloudServerConfig;
  hcloud_ssh_key: HcloudSshKeyConfig;
  hcloud_volume: HcloudVolumeConfig;
  hcloud_volume_attachment: HcloudVolumeAttachmentConfig;
  hcloud_zone: HcloudZoneConfig;
  hcloud_zone_rrset: HcloudZoneRrsetConfig;
  minio_s3_bucket: MinioS3BucketConfig;
  minio_s3_bucket_cors: MinioS3BucketCorsConfig;
  minio_s3_bucket_policy: MinioS3BucketPolicyConfig;
  minio_s3_bucket_versioning: MinioS3BucketVersioningConfig;
  terraform_data: TerraformMetaArguments;
}

export interface DataConfigs {
  cloudflare_zone: DataCloudflareZoneConfig;
  hcloud_servers: DataHcloudServersConfig;
  hcloud_ssh_keys: DataHcloudSshKeysConfig;
  hcloud_volumes: DataHcloudVolumesConfig;
}

export interface ProviderConfigs {
  cloudflare: CloudflareProviderConfig;
  hcloud: HcloudProviderConfig;
  minio: MinioProviderConfig;
}

/** Arguments in which every value may be an expression instead; the meta-arguments are the emitter's own. */
export type Arguments<Config> = Configured<Omit<Config, keyof TerraformMetaArguments>>;

type Configured<T> = T extends string
  ? string | Expression | Template
  : T extends number
    ? number | Expression
    : T extends boolean
      ? boolean | Expression
      : T extends IResolvable
        ? never
        : T extends readonly (infer Item)[]
          ? readonly Configured<Item>[] | Expression
          : T extends object
            ? { readonly [Key in keyof T]: Configured<T[Key]> }
            : T;

type Binding<C> = new (scope: Construct, id: string, config: never) => C;

export const resourceBindings: Readonly<Record<keyof ResourceConfigs, Binding<TerraformResource>>> = {
  cloudflare_dns_record: CloudflareDnsRecord,
  hcloud_firewall: HcloudFirewall,
  hcloud_floating_ip: HcloudFloatingIp,
  hcloud_network: HcloudNetwork,
  hcloud_network_subnet: HcloudNetworkSubnet,
  hcloud_placement_group: HcloudPlacementGroup,
  hcloud_primary_ip: HcloudPrimaryIp,
  hcloud_server: HcloudServer,
  hcloud_ssh_key: HcloudSshKey,
  hcloud_volume: HcloudVolume,
  hcloud_volume_attachment: HcloudVolumeAttachment,
  hcloud_zone: HcloudZone,
  hcloud_zone_rrset: HcloudZoneRrset,
  minio_s3_bucket: MinioS3Bucket,
  minio_s3_bucket_cors: MinioS3BucketCors,
  minio_s3_bucket_policy: MinioS3BucketPolicy,
  minio_s3_bucket_versioning: MinioS3BucketVersioning,
  terraform_data: TerraformData,
};

export const dataBindings: Readonly<Record<keyof DataConfigs, Binding<TerraformDataSource>>> = {
  cloudflare_zone: DataCloudflareZone,
  hcloud_servers: DataHcloudServers,
  hcloud_ssh_keys: DataHcloudSshKeys,
  hcloud_volumes: DataHcloudVolumes,
};

export const providerBindings: Readonly<Record<keyof ProviderConfigs, Binding<TerraformProvider>>> = {
  cloudflare: CloudflareProvider,
  hcloud: HcloudProvider,
  minio: MinioProvider,
};
