import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { semanticTokens } from '../../src/index.js';
import { snapshotOf } from '../support/snapshot-of.js';

/** `word type.modifier` for each token. */
function tokens(text: string, span?: { start: number; end: number }): readonly string[] {
  return semanticTokens(snapshotOf(text), span).map(
    (token) => `${text.slice(token.span.start, token.span.end)} ${[token.type, ...token.modifiers].join('.')}`,
  );
}

describe('semanticTokens', () => {
  it('tell names, kinds and outputs in references, and the values of the language', () => {
    assert.deepEqual(
      tokens(`regions: { north: { location: hel1 } }
apps:
  "web": { type: cx33, count: 2, drain: 20s, run: { container: "a:1" }, env: { URL: "x \${ app.web.url }\${secret.KEY}" } }
buckets: { b: { writers: [app.web], versioning: true, typo: 1 } }
`),
      [
        'regions property',
        'north namespace.declaration',
        'location property',
        'hel1 enumMember',
        'apps property',
        'web variable.declaration',
        'type property',
        'cx33 type.defaultLibrary',
        'count property',
        '2 number',
        'drain property',
        '20s number',
        'run property',
        'container property',
        'env property',
        'URL variable',
        '${ operator',
        'app keyword',
        'web variable',
        'url property.readonly',
        '} operator',
        '${ operator',
        'secret keyword',
        'KEY variable.readonly',
        '} operator',
        'buckets property',
        'b variable.declaration',
        'writers property',
        'app keyword',
        'web variable',
        'versioning property',
        'true keyword',
      ],
    );
  });

  it('tell the region of the host, routes, overrides, and what comments ignore', () => {
    assert.deepEqual(
      tokens(`regions:
  # groundplan-ignore-next-line region/single-balancer: why
  a: { location: fsn1, apps: { web: { count: 1 } } }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { web: { env: { R: "\${region.name}" } } }
`),
      [
        'regions property',
        'groundplan-ignore-next-line keyword',
        'region/single-balancer enumMember',
        'a namespace.declaration',
        'location property',
        'fsn1 enumMember',
        'apps property',
        'web variable',
        'count property',
        '1 number',
        'load_balancers property',
        'edge variable.declaration',
        'routes property',
        'shop.example.com string',
        'app keyword',
        'web variable',
        'apps property',
        'web variable.declaration',
        'env property',
        'R variable',
        '${ operator',
        'region keyword',
        'name property.readonly',
        '} operator',
      ],
    );
  });

  it('mark server types that are no longer sold, and leave unknown ones', () => {
    const { catalog } = snapshotOf('');
    const gone = catalog.serverTypes.find(({ perLocation }) =>
      Object.values(perLocation).every(({ deprecation }) => deprecation !== undefined),
    )?.name;
    assert.ok(gone !== undefined);
    assert.deepEqual(tokens(`apps: { web: { type: ${gone} } }`).at(-1), `${gone} type.defaultLibrary.deprecated`);
    assert.deepEqual(tokens('apps: { web: { type: cx9999 } }').at(-1), 'type property');
  });

  it('are those of a range alone when asked', () => {
    const text = 'topology: v1\nname: shop\nregion: fsn1\n';
    assert.deepEqual(tokens(text, { start: 13, end: 23 }), ['name property']);
  });
});
