import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { validateXML } from 'xmllint-wasm';
import { renderJunit } from '../src/report/junit.js';
import { sampleReports } from './support/samples.js';

const schema = readFileSync(new URL('fixtures/junit-10.xsd', import.meta.url), 'utf8');

async function problemsOf(xml: string): Promise<string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'report.xml', contents: xml }], schema: [schema] });
  return errors.map(({ message }) => message);
}

describe('the JUnit format', () => {
  it('is valid by the schema of Jenkins', async () => {
    assert.deepEqual(await problemsOf(renderJunit(sampleReports(), false)), []);
    assert.deepEqual(await problemsOf(renderJunit(sampleReports(), true)), []);
    assert.deepEqual(await problemsOf(renderJunit([], false)), []);
    assert.notDeepEqual(await problemsOf(renderJunit([], false).replace('testsuites', 'suites')), []);
  });

  it('has a suite a file, errors as failures, the rest as cases that pass', () => {
    assert.equal(
      renderJunit(sampleReports(), false),
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="groundplan" tests="4" failures="1" errors="0">',
        '  <testsuite name="a b/topology.yaml" tests="3" failures="1" errors="0" skipped="0">',
        '    <testcase name="3:28 reference/unknown" classname="a b/topology.yaml">',
        '      <failure type="reference/unknown" message="nothing is called app.wbe: did you mean app.web?">a b/topology.yaml:3:28 error reference/unknown  nothing is called app.wbe: did you mean app.web?</failure>',
        '    </testcase>',
        '    <testcase name="4:13 suppression/unused" classname="a b/topology.yaml">',
        '      <system-out>a b/topology.yaml:4:13 warning suppression/unused  100%, a:b&#13;',
        '\ufffd&lt;&amp;&gt;"</system-out>',
        '    </testcase>',
        '    <testcase name="5:4 suppression/unused" classname="a b/topology.yaml">',
        '      <system-out>a b/topology.yaml:5:4 information suppression/unused  unused</system-out>',
        '    </testcase>',
        '  </testsuite>',
        '  <testsuite name="empty.topology.yaml" tests="1" failures="0" errors="0" skipped="0">',
        '    <testcase name="no diagnostics" classname="empty.topology.yaml"/>',
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    );
  });

  it('has warnings as failures where there are more than allowed', () => {
    const rendered = renderJunit(sampleReports(), true);
    assert.match(rendered, /<testsuites name="groundplan" tests="4" failures="2" errors="0">/);
    assert.match(
      rendered,
      /<failure type="suppression\/unused" message="100%, a:b&#13;&#10;\ufffd&lt;&amp;&gt;&quot;">/,
    );
  });
});
