import type { Model } from '@groundplan/model';
import type { NeededSecret } from './secret.js';
import { cloudflareSource, hetznerTokenSource, objectStorageSource } from './sources.js';

/** Of the provider hetznercloud/hcloud, which takes no other length. */
const tokenLength = 64;

/** What the providers of the compiled module ask for: the variables are those of packages/terraform, held together by a test. */
export function tokens(model: Model): NeededSecret[] {
  const { dns, buckets } = model;
  const found: NeededSecret[] = [
    own('hcloud_token', [model.name.origin.span], {
      form: { kind: 'token', length: tokenLength },
      about: 'Token of the Hetzner Cloud project, with the right to read and write.',
      source: hetznerTokenSource,
    }),
  ];
  if (dns?.provider.value === 'cloudflare') {
    found.push(
      own('cloudflare_api_token', [dns.keySpan], {
        form: { kind: 'text' },
        about: `Cloudflare API token with the right to edit DNS in the zone ${dns.zone.value}.`,
        source: cloudflareSource,
      }),
    );
  }
  if (buckets.length > 0) {
    const source = objectStorageSource;
    const uses = buckets.map(({ keySpan }) => keySpan);
    found.push(
      own('object_storage_access_key', uses, {
        form: { kind: 'text' },
        about: 'Access key of Hetzner Object Storage, by which Terraform makes buckets.',
        source,
      }),
      own('object_storage_secret_key', uses, {
        form: { kind: 'text' },
        about: 'Secret key of Hetzner Object Storage, by which Terraform makes buckets.',
        source,
      }),
    );
  }
  return found;
}

function own(
  name: string,
  uses: NeededSecret['uses'],
  details: Pick<NeededSecret, 'form' | 'about' | 'source'>,
): NeededSecret {
  return { name, variable: name, uses, ...details };
}
