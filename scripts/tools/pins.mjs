// What is built, from which Go module under tools/. The versions of other people's programs are pinned by that module's
// go.mod and go.sum; they are named here only for the file names and the messages.

/**
 * @typedef {object} Binary
 * @property {string} name how the rest of the scripts refers to it
 * @property {string} title how messages name it
 * @property {string} version
 * @property {string} module folder of the Go module, from the repository's root
 * @property {string} package the Go package that is built
 * @property {string} file name of the executable
 * @property {string} ldflags
 * @property {string} duration how long a first build takes, for the progress line
 * @property {Record<string, string>} [embedded] files copied into the module before the build: target from the module's
 *   folder → source from the root
 */

const strip = '-s -w';
const stored = 'packages/providers/schemas';

/** @type {readonly Binary[]} in the order in which they are built */
export const binaries = [
  {
    name: 'hcloud',
    title: 'the Hetzner Cloud provider',
    version: '1.68.0',
    module: 'tools/hcloud-provider',
    package: 'github.com/hetznercloud/terraform-provider-hcloud',
    file: 'terraform-provider-hcloud_v1.68.0',
    ldflags: strip,
    duration: 'about a minute',
  },
  {
    name: 'minio',
    title: 'the stand-in for the MinIO provider',
    version: '3.40.1',
    module: 'tools/stand-ins',
    package: './cmd/terraform-provider-minio',
    file: 'terraform-provider-minio_v3.40.1',
    ldflags: strip,
    duration: 'about 20 seconds',
    embedded: { 'cmd/terraform-provider-minio/generated/schema.json': `${stored}/minio-3.40.1.json` },
  },
  {
    name: 'cloudflare',
    title: 'the stand-in for the Cloudflare provider',
    version: '5.22.0',
    module: 'tools/stand-ins',
    package: './cmd/terraform-provider-cloudflare',
    file: 'terraform-provider-cloudflare_v5.22.0',
    ldflags: strip,
    duration: 'a few seconds',
    embedded: { 'cmd/terraform-provider-cloudflare/generated/schema.json': `${stored}/cloudflare-5.22.0.json` },
  },
  {
    name: 'versitygw',
    title: 'versitygw, an S3 server',
    version: '1.8.0',
    module: 'tools/versitygw',
    package: 'github.com/versity/versitygw/cmd/versitygw',
    file: 'versitygw',
    ldflags: strip,
    duration: 'about a minute',
  },
  {
    name: 'tofu',
    title: 'OpenTofu',
    version: '1.11.4',
    module: 'tools/opentofu',
    package: 'github.com/opentofu/opentofu/cmd/tofu',
    file: 'tofu',
    // Without this flag it calls itself 1.11.4-dev, which required_version constraints refuse.
    ldflags: `${strip} -X github.com/opentofu/opentofu/version.dev=no`,
    duration: 'about three minutes',
  },
];
