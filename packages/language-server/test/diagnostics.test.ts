import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { ClientCapabilities, Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import { type LanguageClient, uriOf } from './support/client.js';
import { rangeOfText } from './support/places.js';
import { inFolder, publicKey, put, topology, withClient } from './support/project.js';

const uri = 'untitled:shop';
const pull: ClientCapabilities = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true } },
};

async function pulled(
  client: LanguageClient,
  of: string,
  previousResultId?: string,
): Promise<DocumentDiagnosticReport> {
  return client.request('textDocument/diagnostic', { textDocument: { uri: of }, previousResultId });
}

function codes(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}

async function pulledCodes(client: LanguageClient, of: string): Promise<unknown[]> {
  const report = await pulled(client, of);
  assert.equal(report.kind, 'full');
  return codes(report.kind === 'full' ? report.items : []);
}

describe('diagnostics', () => {
  it('have what the client can show: a link to the page and related places', () =>
    withClient(
      {
        capabilities: {
          textDocument: {
            publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, versionSupport: true },
          },
        },
      },
      async (client) => {
        const text = topology([
          'region: fsn1',
          'regions: { a: { location: fsn1, cidr: 10.9.0.0/16 }, b: { location: hel1, cidr: 10.9.0.0/16 } }',
        ]);
        client.open(uri, text, { version: 7 });
        const { version, diagnostics } = await client.next<{ version: number; diagnostics: Diagnostic[] }>(
          'textDocument/publishDiagnostics',
        );
        const overlap = diagnostics.find(({ code }) => code === 'region/cidr-overlap');
        assert.equal(version, 7);
        assert.equal(overlap?.source, 'groundplan');
        assert.equal(overlap?.severity, 1);
        assert.match(overlap?.codeDescription?.href ?? '', /diagnostics\/region\/cidr-overlap\.md$/);
        assert.deepEqual(
          overlap?.relatedInformation?.map(({ location }) => location),
          [{ uri, range: rangeOfText(text, '10.9.0.0/16') }],
        );
      },
    ));

  it('have nothing of it for a client that says nothing', () =>
    withClient({}, async (client) => {
      client.open(uri, topology(['app.web', 'app.wbe']));
      const [found] = await client.published(uri);
      assert.deepEqual(Object.keys(found ?? {}).sort(), ['code', 'message', 'range', 'severity', 'source']);
    }));

  it('are asked for where the client can, never sent', () =>
    withClient({ capabilities: pull }, async (client) => {
      assert.deepEqual(client.initialized.capabilities.diagnosticProvider, {
        identifier: 'groundplan',
        interFileDependencies: true,
        workspaceDiagnostics: false,
      });
      client.open(uri, topology(['app.web', 'app.wbe']));
      assert.deepEqual(await pulledCodes(client, uri), ['reference/unknown']);
      client.close(uri);
      await client.request('workspace/symbol', { query: '' });
      assert.equal(client.unread('textDocument/publishDiagnostics'), 0);
    }));

  it('are unchanged while nothing changes them', () =>
    withClient({ capabilities: pull }, async (client) => {
      client.open(uri, topology(['app.web', 'app.wbe']));
      const first = await pulled(client, uri);
      const again = await pulled(client, uri, first.resultId);
      assert.deepEqual(again, { kind: 'unchanged', resultId: first.resultId });
      client.replace(uri, topology(), 2);
      const mended = await pulled(client, uri, first.resultId);
      assert.deepEqual(mended, { kind: 'full', resultId: mended.resultId, items: [] });
      assert.notEqual(mended.resultId, first.resultId);
    }));

  it('are of topologies only, also where the client sends every YAML file', () =>
    withClient({}, async (client) => {
      for (const [name, languageId, count] of [
        ['file:///x/deployment.yaml', 'yaml', 0],
        ['file:///x/groundplan.catalog.json', 'json', 0],
        ['file:///x/topology.yaml', 'yaml', 1],
        ['file:///x/shop.topology.yaml', 'yaml', 1],
        ['file:///x/anything', 'topology', 1],
      ] as const) {
        client.open(name, 'kind: Deployment\n', { languageId });
        assert.equal((await client.published(name)).length > 0 ? 1 : 0, count, name);
      }
    }));
});

describe('what stands around a topology', () => {
  const highTtl = topology(['zone: example.com', 'zone: example.com, ttl: 600']);
  const silent = 'rules: { dns/ttl-high: "off" }\n';

  it('is found in the folders above, up to the root of the repository', () =>
    inFolder(
      { 'a/b/topology.yaml': highTtl, 'a/b/keys/ops.pub': publicKey, 'groundplan.config.yaml': silent },
      (folder) =>
        withClient({}, async (client) => {
          const file = uriOf(join(folder, 'a/b/topology.yaml'));
          client.open(file, highTtl);
          assert.deepEqual(await client.published(file), []);
          await put(folder, 'a/.git/HEAD', '');
          client.notify('textDocument/didSave', { textDocument: { uri: file } });
          assert.deepEqual(codes(await client.published(file)), ['dns/ttl-high']);
        }),
    ));

  it('is looked at again when the client tells of a change', () =>
    inFolder({ 'topology.yaml': highTtl, 'keys/ops.pub': publicKey }, (folder) => {
      const registered: unknown[] = [];
      return withClient(
        {
          folders: [folder],
          capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
          answers: {
            'client/registerCapability': ({ registrations }: { registrations: unknown[] }) => {
              registered.push(...registrations);
              return null;
            },
          },
        },
        async (client) => {
          const file = uriOf(join(folder, 'topology.yaml'));
          const config = join(folder, 'groundplan.config.yaml');
          client.open(file, highTtl);
          assert.deepEqual(codes(await client.published(file)), ['dns/ttl-high']);
          await put(folder, 'groundplan.config.yaml', silent);
          client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(config), type: 1 }] });
          assert.deepEqual(await client.published(file), []);
          await client.next('client/registerCapability');
          await client.next('client/registerCapability');
          const last = registered.at(-1) as { registerOptions: { watchers: { globPattern: string }[] } };
          assert.deepEqual(last.registerOptions.watchers.map(({ globPattern }) => globPattern).sort(), [
            '**/*.topology.yaml',
            '**/groundplan.catalog.json',
            '**/groundplan.config.yaml',
            '**/ops.pub',
            '**/topology.yaml',
          ]);
        },
      );
    }));

  it('is looked at again by itself for a client that tells of nothing', () =>
    inFolder({ 'topology.yaml': highTtl }, (folder) =>
      withClient({}, async (client) => {
        const file = uriOf(join(folder, 'topology.yaml'));
        client.open(file, highTtl);
        assert.deepEqual(codes(await client.published(file)), ['dns/ttl-high', 'file/missing']);
        await put(folder, 'keys/ops.pub', publicKey);
        await put(folder, 'groundplan.config.yaml', silent);
        client.notify('textDocument/didSave', { textDocument: { uri: file } });
        assert.deepEqual(await client.published(file), []);
      }),
    ));

  it('makes a client that asks ask again', () =>
    inFolder({ 'topology.yaml': topology() }, (folder) =>
      withClient({ capabilities: pull }, async (client) => {
        const file = uriOf(join(folder, 'topology.yaml'));
        client.open(file, topology());
        assert.deepEqual(await pulledCodes(client, file), ['file/missing']);
        await put(folder, 'keys/ops.pub', publicKey);
        client.notify('workspace/didChangeWatchedFiles', {
          changes: [{ uri: uriOf(join(folder, 'keys/ops.pub')), type: 1 }],
        });
        await client.next('workspace/diagnostic/refresh');
        assert.deepEqual(await pulledCodes(client, file), []);
      }),
    ));

  it('is what is open in the editor, not what is saved', () =>
    inFolder({ 'topology.yaml': highTtl, 'keys/ops.pub': publicKey, 'groundplan.config.yaml': silent }, (folder) =>
      withClient({}, async (client) => {
        const file = uriOf(join(folder, 'topology.yaml'));
        const config = uriOf(join(folder, 'groundplan.config.yaml'));
        client.open(file, highTtl);
        assert.deepEqual(await client.published(file), []);
        client.open(config, 'rules: {}\n', { languageId: 'yaml' });
        assert.deepEqual(codes(await client.published(file)), ['dns/ttl-high']);
        client.replace(config, 'rules: { dns/ttl-high: error }\n', 2);
        assert.deepEqual(
          (await client.published(file)).map(({ severity }) => severity),
          [1],
        );
        client.close(config);
        assert.deepEqual(await client.published(file), []);
      }),
    ));

  it('has diagnostics of its own in the configuration', () =>
    withClient({}, async (client) => {
      const config = 'file:///x/groundplan.config.yaml';
      const text = 'rules:\n  dns/ttl-hihg: off\n  reference/unknown: off\n';
      client.open(config, text, { languageId: 'yaml' });
      assert.deepEqual(
        (await client.published(config)).map(({ code, range }) => ({ code, range })),
        [
          { code: 'config/unknown-rule', range: rangeOfText(text, 'dns/ttl-hihg') },
          { code: 'config/error-rule', range: rangeOfText(text, 'reference/unknown') },
        ],
      );
    }));

  it('says why a catalogue cannot be used, and goes on with the bundled one', () =>
    inFolder({ 'topology.yaml': topology(), 'keys/ops.pub': publicKey, 'groundplan.catalog.json': '{' }, (folder) =>
      withClient({}, async (client) => {
        const file = uriOf(join(folder, 'topology.yaml'));
        client.open(file, topology());
        const { message } = await client.next<{ message: string }>('window/showMessage');
        assert.equal(message, 'groundplan.catalog.json: this is not JSON; the bundled catalogue is used');
        assert.deepEqual(await client.published(file), []);
      }),
    ));

  it('is nothing for a document that was never saved', () =>
    withClient({}, async (client) => {
      client.open('untitled:Untitled-1', highTtl);
      assert.deepEqual(codes(await client.published('untitled:Untitled-1')), ['dns/ttl-high']);
    }));
});
