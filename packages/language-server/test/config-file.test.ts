import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  MarkupContent,
  Range,
} from 'vscode-languageserver';
import { type LanguageClient, uriOf } from './support/client.js';
import { rangeOfText } from './support/places.js';
import { type Files, inFolder, publicKey, topology, withClient } from './support/project.js';

const wrong = 'rules:\n  dns/ttl-hihg: off\n';
const pull: ClientCapabilities = { textDocument: { diagnostic: {} } };

interface Project {
  readonly client: LanguageClient;
  readonly file: string;
  readonly config: string;
  /** Writes the configuration, and tells the server as a client does. */
  readonly write: (content: string | Uint8Array | undefined) => Promise<void>;
}

/** A folder with a topology and the files, of which nothing is open. */
function inProject(
  files: Files,
  work: (project: Project) => Promise<void>,
  capabilities: ClientCapabilities = {},
): Promise<void> {
  return inFolder({ 'topology.yaml': topology(), 'keys/ops.pub': publicKey, ...files }, (folder) =>
    withClient({ capabilities }, (client) => {
      const path = join(folder, 'groundplan.config.yaml');
      const config = uriOf(path);
      const write: Project['write'] = async (content) => {
        if (content === undefined) await rm(path);
        else await writeFile(path, content);
        client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: config, type: 2 }] });
      };
      return work({ client, file: uriOf(join(folder, 'topology.yaml')), config, write });
    }),
  );
}

function codes(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}

/** Waits until all that a message set off is done. */
async function settle(client: LanguageClient): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await client.request('workspace/symbol', { query: '' });
}

describe('a configuration that is not open', () => {
  it('has its mistakes shown as soon as a topology that goes by it is opened', () =>
    inProject({ 'groundplan.config.yaml': wrong }, async ({ client, file, config }) => {
      client.open(file, topology());
      const found = await client.published(config);
      assert.deepEqual(
        found.map(({ code, range }) => ({ code, range })),
        [{ code: 'config/unknown-rule', range: rangeOfText(wrong, 'dns/ttl-hihg') }],
      );
    }));

  it('has them shown to a client that asks for those of open documents too', () =>
    inProject(
      { 'groundplan.config.yaml': wrong },
      async ({ client, file, config }) => {
        client.open(file, topology());
        assert.deepEqual(codes(await client.published(config)), ['config/unknown-rule']);
      },
      pull,
    ));

  it('has them shown where it is no YAML, or no text at all', () =>
    inProject({ 'groundplan.config.yaml': 'rules: { dns/ttl-high: off\n' }, async ({ client, file, config, write }) => {
      client.open(file, topology());
      assert.deepEqual(codes(await client.published(config)), ['syntax/unclosed-bracket']);
      await write(new Uint8Array([0xff, 0xfe, 0x00]));
      assert.deepEqual(codes(await client.published(config)), ['syntax/encoding']);
    }));

  it('has none any more when it is mended, or gone', () =>
    inProject({ 'groundplan.config.yaml': wrong }, async ({ client, file, config, write }) => {
      client.open(file, topology());
      assert.equal((await client.published(config)).length, 1);
      await write('rules: {}\n');
      assert.deepEqual(await client.published(config), []);
      await write(wrong);
      assert.equal((await client.published(config)).length, 1);
      await write(undefined);
      assert.deepEqual(await client.published(config), []);
    }));

  it('has none without a topology that goes by it', () =>
    inProject({ 'groundplan.config.yaml': wrong }, async ({ client, file, config }) => {
      client.open('untitled:other', topology());
      assert.deepEqual(await client.published('untitled:other'), []);
      await settle(client);
      assert.equal(client.unread('textDocument/publishDiagnostics'), 0);
      client.open(file, topology());
      assert.equal((await client.published(config)).length, 1);
      client.close(file);
      assert.deepEqual(await client.published(config), []);
    }));

  it('is said nothing of when there is nothing to say', () =>
    inProject({ 'groundplan.config.yaml': 'rules: {}\n' }, async ({ client, file, write }) => {
      client.open(file, topology());
      assert.deepEqual(await client.published(file), []);
      await write('rules: { dns/ttl-high: off }\n');
      assert.deepEqual(await client.published(file), []);
      await settle(client);
      assert.equal(client.unread('textDocument/publishDiagnostics'), 0);
    }));
});

describe('a configuration that is opened and closed', () => {
  it('has the mistakes of what is open, then of what is saved', () =>
    inProject({ 'groundplan.config.yaml': wrong }, async ({ client, file, config }) => {
      client.open(file, topology());
      assert.deepEqual(codes(await client.published(config)), ['config/unknown-rule']);
      client.open(config, 'rules: { reference/unknown: off }\n', { languageId: 'yaml' });
      assert.deepEqual(codes(await client.published(config)), ['config/error-rule']);
      client.close(config);
      assert.deepEqual(await client.published(config), []);
      assert.deepEqual(codes(await client.published(config)), ['config/unknown-rule']);
    }));

  it('is asked about while it is open by a client that can, and has nothing else shown then', () =>
    inProject(
      { 'groundplan.config.yaml': wrong },
      async ({ client, file, config }) => {
        client.open(file, topology());
        assert.equal((await client.published(config)).length, 1);
        client.open(config, wrong, { languageId: 'yaml' });
        assert.deepEqual(await client.published(config), []);
        const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
          textDocument: { uri: config },
        });
        assert.equal(report.kind === 'full' ? report.items.length : 0, 1);
        client.close(config);
        assert.equal((await client.published(config)).length, 1);
      },
      pull,
    ));
});

describe('in a configuration that is open', () => {
  const config = 'file:///nowhere/groundplan.config.yaml';
  const withOpen = (text: string, work: (client: LanguageClient) => Promise<void>) =>
    withClient(
      {
        capabilities: {
          textDocument: {
            codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, isPreferredSupport: true },
            hover: { contentFormat: ['markdown'] },
          },
        },
      },
      async (client) => {
        client.open(config, text, { languageId: 'yaml' });
        await work(client);
      },
    );

  it('a code that is mistyped is mended', () =>
    withOpen(wrong, async (client) => {
      const ask = (range: Range, only?: readonly string[]) =>
        client.request<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri: config },
          range,
          context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
        });
      const range = rangeOfText(wrong, 'dns/ttl-hihg');
      const [action, ...others] = await ask(range);
      assert.deepEqual([action?.title, action?.isPreferred, others.length], ['Change to dns/ttl-high', true, 0]);
      assert.deepEqual(action?.edit?.changes, { [config]: [{ range, newText: 'dns/ttl-high' }] });
      assert.deepEqual(await ask(rangeOfText(wrong, 'rules')), []);
      assert.deepEqual(await ask(range, ['source']), []);
    }));

  it('a code is explained', () =>
    withOpen('rules: { dns/ttl-high: off, dns/nothing: off }\n', async (client) => {
      const hover = (character: number) =>
        client.request<Hover | null>('textDocument/hover', {
          textDocument: { uri: config },
          position: { line: 0, character },
        });
      const found = await hover(12);
      assert.match((found?.contents as MarkupContent | undefined)?.value ?? '', /^\*\*`dns\/ttl-high`\*\* · warning/);
      assert.deepEqual(found?.range, { start: { line: 0, character: 9 }, end: { line: 0, character: 21 } });
      for (const character of [2, 24, 32]) assert.equal(await hover(character), null, String(character));
    }));
});
