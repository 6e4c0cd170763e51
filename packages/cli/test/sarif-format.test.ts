import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { catalogue } from '@groundplan/diagnostics';
import { Ajv } from 'ajv';
import { describe, it } from 'mocha';
import { renderSarif } from '../src/report/sarif.js';
import { sampleReports } from './support/samples.js';

/** The schema is a draft-04 one, of which it uses nothing that draft-07 reads otherwise; `id` is how draft-04 wrote `$id`. */
function validator() {
  const path = new URL('fixtures/sarif-2.1.0-rtm.5.json', import.meta.url);
  const { $schema: _schema, id: _id, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(schema);
}

describe('the SARIF format', () => {
  const log = JSON.parse(renderSarif(sampleReports(), '1.2.3'));

  it('is valid by the schema of SARIF 2.1.0', () => {
    const validate = validator();
    assert.ok(validate(log), JSON.stringify(validate.errors, undefined, 2));
    assert.ok(validate(JSON.parse(renderSarif([], '1.2.3'))), 'an empty log');
    const refused = { ...JSON.parse(renderSarif([], '1.2.3')), version: '2.0.0' };
    assert.ok(!validate(refused), 'the schema refuses another version');
  });

  it('has the whole catalogue as its rules', () => {
    const { driver } = log.runs[0].tool;
    assert.equal(driver.version, '1.2.3');
    assert.deepEqual(
      driver.rules.map(({ id }: { id: string }) => id),
      Object.keys(catalogue).sort(),
    );
    for (const rule of driver.rules) assert.match(rule.helpUri, /^https:\/\//);
  });

  it('has places from 1 in UTF-16 units, relative to the folder that was checked', () => {
    const [run] = log.runs;
    const [result] = run.results;
    assert.equal(run.columnKind, 'utf16CodeUnits');
    assert.deepEqual(result.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b/topology.yaml', uriBaseId: 'SRCROOT' },
          region: { startLine: 3, startColumn: 28, endLine: 3, endColumn: 35 },
        },
      },
    ]);
    assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
    assert.equal(result.relatedLocations[0].message.text, 'app.web <is> declared "here"');
  });

  it('has fixes, in which nothing inserted means removed', () => {
    const [, removal] = log.runs[0].results[0].fixes;
    assert.deepEqual(removal.artifactChanges[0].replacements, [
      { deletedRegion: { startLine: 3, startColumn: 28, endLine: 3, endColumn: 35 } },
      {
        deletedRegion: { startLine: 6, startColumn: 1, endLine: 6, endColumn: 1 },
        insertedContent: { text: '\n' },
      },
    ]);
  });

  it('gives each severity its level', () => {
    assert.deepEqual(
      log.runs[0].results.map(({ level }: { level: string }) => level),
      ['error', 'warning', 'note'],
    );
  });
});
