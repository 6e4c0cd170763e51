import assert from 'node:assert/strict';
import { bundledCatalog, type Catalog, type ServerTypeAtLocation } from '@groundplan/catalog';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';

/** What no topology shows with the bundled catalogue, since it depends on what Hetzner sells one day. */
describe('region/type-unavailable with another catalogue', () => {
  it('warns of a type whose last day is announced', () => {
    const catalog = withOffer('cx33', { deprecation: { announced: '2026-09-01', unavailableAfter: '2027-03-01' } });
    shows(topology('type: cx33'), catalog, [
      'cx33: cx33 is being withdrawn in fsn1 (catalogue of 2026-10-04) and cannot be ordered for long: choose another type, such as cpx32',
    ]);
  });

  it('marks the location where a default is being withdrawn, since nobody wrote a type', () => {
    const catalog = withOffer('cx33', { deprecation: { announced: '2026-09-01', unavailableAfter: '2027-03-01' } });
    shows(topology('count: 3'), catalog, [
      'fsn1: cx33 is being withdrawn in fsn1 (catalogue of 2026-10-04) and cannot be ordered for long: choose another type, such as cpx32',
    ]);
  });

  it('says nothing of a type that is out of stock', () => {
    shows(topology('type: cx33'), withOffer('cx33', { available: false }), []);
  });

  it('wants an ARM image for an ARM type', () => {
    const images = bundledCatalog.images.map((image) => ({ ...image, architectures: ['x86' as const] }));
    shows(topology('type: cax21'), { ...bundledCatalog, images }, [
      'cax21: cax21 is an ARM server and there is no ARM image of debian-12: choose another type, such as cx33, or another image',
    ]);
    shows(topology('type: cax21'), bundledCatalog, []);
  });
});

function topology(fields: string): string {
  return `topology: v1
name: shop
region: fsn1
apps:
  web: { ${fields}, run: { container: "ghcr.io/acme/shop:1.4.2" } }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;
}

function withOffer(name: string, changed: Partial<ServerTypeAtLocation>): Catalog {
  const serverTypes = bundledCatalog.serverTypes.map((type) => {
    const offer = type.perLocation.fsn1;
    return type.name !== name || offer === undefined
      ? type
      : { ...type, perLocation: { ...type.perLocation, fsn1: { ...offer, ...changed } } };
  });
  return { ...bundledCatalog, serverTypes };
}

/** Each diagnostic as the marked text and the message. */
function shows(text: string, catalog: Catalog, expected: readonly string[]): void {
  const found = analyse(text, { catalog }).diagnostics.filter(({ code }) => code === 'region/type-unavailable');
  assert.deepEqual(
    found.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`),
    expected,
  );
}
