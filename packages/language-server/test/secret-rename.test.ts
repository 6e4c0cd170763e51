import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { uriOf } from './support/client.js';
import { at } from './support/places.js';
import { type Files, inFolder, publicKey, topology, withClient } from './support/project.js';

const text = topology(['env: {', 'env: { KEY: "${secret.OLD_KEY}",']);

function lock(...names: readonly string[]): string {
  const secrets = names.map((name) => `  ${name}:\n    version: 1\n    mark: AAAAAAAAAAAAAAAAAAAAAA\n`).join('');
  return `format: 1\nsealed: ${'a'.repeat(64)}\nrecipients: []\nsecrets:\n${secrets}`;
}

/** What a client is told when it renames OLD_KEY to NEW_KEY; undefined when it is told nothing. */
function told(files: Files, { name = 'topology.yaml', source = text } = {}): Promise<string | undefined> {
  let message: string | undefined;
  return inFolder({ [name]: source, 'keys/ops.pub': publicKey, ...files }, async (folder) => {
    await withClient({}, async (client) => {
      const uri = uriOf(join(folder, name));
      client.open(uri, source);
      const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
        textDocument: { uri },
        position: at(source, 'OLD_KEY', 1),
        newName: 'NEW_KEY',
      });
      assert.deepEqual(
        edit.changes?.[uri]?.map(({ newText }) => newText),
        ['NEW_KEY'],
      );
      if (client.unread('window/showMessage') > 0)
        ({ message } = await client.next<{ message: string }>('window/showMessage'));
    });
    return message;
  });
}

describe('a secret that is renamed', () => {
  it('is told to be in the encrypted file under its old name, with the command that mends that', async () => {
    assert.equal(
      await told({ 'secrets.lock.yaml': lock('OLD_KEY') }),
      'secrets.age still holds the value under OLD_KEY: "groundplan keys rename OLD_KEY NEW_KEY" renames it there.',
    );
  });

  it('is looked for where the topology keeps its secrets', async () => {
    assert.equal(
      await told(
        { 'ops/prod.lock.yaml': lock('OLD_KEY') },
        { name: 'shop.topology.yaml', source: `${text}secrets: { file: ops/prod.age }\n` },
      ),
      'ops/prod.age still holds the value under OLD_KEY: "groundplan keys rename OLD_KEY NEW_KEY shop.topology.yaml" renames it there.',
    );
  });

  it('has the value that is there under the new name, if there is one', async () => {
    assert.equal(
      await told({ 'secrets.lock.yaml': lock('NEW_KEY', 'OLD_KEY') }),
      'secrets.age holds values of OLD_KEY and of NEW_KEY: that of NEW_KEY is used from now on; "groundplan keys remove OLD_KEY" removes the other.',
    );
  });

  it('is said nothing of while it has no value, or nobody can read of one', async () => {
    assert.equal(await told({}), undefined);
    assert.equal(await told({ 'secrets.lock.yaml': lock('OTHER') }), undefined);
    assert.equal(await told({ 'secrets.lock.yaml': 'format: 7\n' }), undefined);
    assert.equal(await told({ 'secrets.lock.yaml': '{' }), undefined);
  });
});
