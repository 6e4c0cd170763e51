import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { documentLinks } from '../../src/index.js';
import { imagePage } from '../../src/links/image-page.js';
import { snapshotOf } from '../support/snapshot-of.js';

function links(text: string): readonly (readonly [string, string])[] {
  return documentLinks(snapshotOf(text)).map(({ span, target }) => [
    text.slice(span.start, span.end),
    target.kind === 'file' ? target.path : target.url,
  ]);
}

describe('documentLinks', () => {
  it('lead to files, artifacts, images and the pages of diagnostics, in the order of the text', () => {
    assert.deepEqual(
      links(`topology: v1
# groundplan-ignore-next-line app/single, no/such-code: for now
apps:
  a: { run: { script: "scripts/a b.sh" }, files: { /etc/a: { from: files/a } } }
  b: { run: { artifact: "https://releases.example.com/b.tar.gz", sha256: x, command: y } }
  c: { run: { container: 'ghcr.io/acme/c:1' } }
  d: { run: { container: registry.example.com/d:1 } }
access: { ssh_keys: [keys/ops.pub, "keys/\\u0061.pub", /etc/passwd] }
secrets: { file: ops/secrets.age }
`),
      [
        ['app/single', 'https://github.com/groundplan/groundplan/blob/main/docs/diagnostics/app/single.md'],
        ['scripts/a b.sh', 'scripts/a b.sh'],
        ['files/a', 'files/a'],
        ['https://releases.example.com/b.tar.gz', 'https://releases.example.com/b.tar.gz'],
        ['ghcr.io/acme/c:1', 'https://ghcr.io/acme/c'],
        ['keys/ops.pub', 'keys/ops.pub'],
        ['keys/\\u0061.pub', 'keys/a.pub'],
        ['ops/secrets.age', 'ops/secrets.age'],
      ],
    );
  });

  it('are one for what an alias repeats', () => {
    const text = 'apps:\n  a: { run: &r { script: a.sh } }\n  b: { run: *r }\n';
    assert.deepEqual(links(text), [['a.sh', 'a.sh']]);
  });
});

describe('the page of an image', () => {
  const pages: readonly (readonly [string, string | undefined])[] = [
    ['nginx', 'https://hub.docker.com/_/nginx'],
    ['nginx:1.27', 'https://hub.docker.com/_/nginx'],
    ['library/nginx', 'https://hub.docker.com/_/nginx'],
    ['acme/shop:1.4', 'https://hub.docker.com/r/acme/shop'],
    ['docker.io/acme/shop@sha256:abcd', 'https://hub.docker.com/r/acme/shop'],
    ['ghcr.io/acme/shop/web:1.4.2', 'https://ghcr.io/acme/shop/web'],
    ['quay.io/acme/shop:1', 'https://quay.io/repository/acme/shop'],
    ['public.ecr.aws/acme/shop:1', 'https://gallery.ecr.aws/acme/shop'],
    ['localhost:5000/shop:1', undefined],
    ['registry.example.com:5000/acme/shop', undefined],
    ['${secret.X}/shop', undefined],
    ['', undefined],
  ];
  for (const [image, url] of pages) {
    it(`${image || 'of nothing'}`, () => assert.equal(imagePage(image)?.url, url));
  }
});
