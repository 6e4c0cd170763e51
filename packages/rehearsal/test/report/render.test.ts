import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { isKept, renderHtml, renderJunit, renderText } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { example } from './example.js';

/** `UPDATE=1` writes it anew. */
function isGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env['UPDATE'] === '1') writeFileSync(file, text);
  assert.equal(text, readFileSync(file, 'utf8'));
}

const [kept] = example.results;
const allKept = { ...example, results: kept === undefined ? [] : [kept], leftOut: [] };

describe('a report', () => {
  it('is a page', () => isGolden('report.html', renderHtml(example)));
  it('is a page when all promises are kept', () => isGolden('kept.html', renderHtml(allKept)));
  it('is a file for continuous integration', () => isGolden('junit.xml', renderJunit(example)));
  it('is a text for a terminal', () => isGolden('report.txt', renderText(example)));

  it('is kept only when every promise of every scenario is', () => {
    assert.equal(isKept(example), false);
    assert.equal(isKept(allKept), true);
  });

  it('needs nothing from anywhere, and takes no text for markup', () => {
    const page = renderHtml(example);
    assert.doesNotMatch(page, /https?:|<script|<link|url\(/);
    assert.ok(page.includes('does not start: &lt;out of &quot;memory&quot;&gt;'));
  });
});
