const hetzner = 'https://console.hetzner.com';

/** Where the user gets a token of the Hetzner Cloud API. */
export const hetznerTokenSource = `${hetzner}, the project, Security, API tokens`;

/** Where the user gets a pair of keys for object storage. */
export const objectStorageSource = `${hetzner}, the project, Security, S3 credentials`;

/** Where the user gets the pair for backups: a key opens every bucket of its project, so that apps should have another one. */
export const backupsObjectStorageSource = `${hetzner}, the project of the backups' bucket, Security, S3 credentials: a pair of its own`;

/** Where the user gets a token of Cloudflare's. */
export const cloudflareSource =
  'https://dash.cloudflare.com/profile/api-tokens, the template "Edit zone DNS" for this zone alone';
