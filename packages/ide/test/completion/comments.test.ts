import assert from 'node:assert/strict';
import { catalogue, isCode } from '@groundplan/diagnostics';
import { describe, it } from 'mocha';
import { acceptedAt, completionsAt, labelsAt } from './support.js';

const below = `
region: fsn1
buckets:
  dumps: { location: hel1 }
apps:
  web: { count: 1, port: 3000, run: { container: "a:1" } }
`;

describe('what is proposed in comments', () => {
  it('is the word that ignores a diagnostic, which goes on with a code', () => {
    assert.equal(
      acceptedAt(`# gro▮${below}`, 'groundplan-ignore-next-line').split('\n')[0],
      '# groundplan-ignore-next-line ▮',
    );
    assert.equal(completionsAt(`#▮${below}`)[0]?.continues, true);
    assert.equal(
      acceptedAt(`#▮${below}`, 'groundplan-ignore-next-line').split('\n')[0],
      '# groundplan-ignore-next-line ▮',
    );
  });

  it('are first the codes of the next line', () => {
    const source = below.replace('  web:', '  # groundplan-ignore-next-line ▮\n\n  # why\n  web:');
    assert.deepEqual(labelsAt(source).slice(0, 3), ['app/no-balancer', 'app/single', 'alert/mail-in-clear']);
  });

  it('are then all codes that can be ignored, which errors cannot', () => {
    const codes = labelsAt(`# groundplan-ignore-next-line ▮${below}`);
    assert.ok(codes.includes('dns/ttl-high') && !codes.includes('reference/unknown'));
    assert.ok(codes.every((code) => isCode(code) && catalogue[code].severity !== 'error'));
  });

  it('are none that the comment has', () => {
    const codes = labelsAt(`# groundplan-ignore-next-line dns/ttl-high, app▮${below}`);
    assert.ok(codes.includes('app/single') && !codes.includes('dns/ttl-high'));
  });

  it('replace what is typed of a code', () => {
    const result = acceptedAt(`# groundplan-ignore-next-line app/si▮${below}`, 'app/single');
    assert.equal(result.split('\n')[0], '# groundplan-ignore-next-line app/single▮');
  });

  it('are nothing in the reason, in other comments, and behind a value', () => {
    for (const comment of ['# groundplan-ignore-next-line app/single: be▮', '# because of ▮', 'name: a # gro▮']) {
      assert.deepEqual(labelsAt(`${comment}${below}`), []);
    }
  });
});
