import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type {
  CompletionItem,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  PublishDiagnosticsParams,
} from 'vscode-languageserver';
import { at, rangeOfText } from './support/places.js';
import { topology, withClient } from './support/project.js';

const uri = 'untitled:shop';
const pulls = { textDocument: { diagnostic: {} } };

function change(text: string, from: string, to: string) {
  return { range: rangeOfText(text, from), text: to };
}

describe('synchronisation', () => {
  it('applies changes one after the other, each to the text after the one before', () =>
    withClient({}, async (client) => {
      const text = topology();
      client.open(uri, text);
      assert.deepEqual(await client.published(uri), []);
      const first = text.replace('fsn1', 'nowhere');
      client.notify('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [change(text, 'fsn1', 'nowhere'), change(first, 'app.web', 'app.wbe')],
      });
      const found = await client.published(uri);
      const last = first.replace('app.web', 'app.wbe');
      assert.deepEqual(
        found.map(({ code, range }) => ({ code, range })),
        [
          { code: 'schema/enum', range: rangeOfText(last, 'nowhere') },
          { code: 'reference/unknown', range: rangeOfText(last, 'app.wbe') },
        ],
      );
    }));

  for (const [name, lineEnd] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ] as const) {
    it(`counts in UTF-16 units behind emoji, with ${name}`, () =>
      withClient({}, async (client) => {
        const text = topology(['name: shop', 'name: shop # 🦊 café'], ['{ routes:', '{ "🦊🦊": 1, routes:']).replaceAll(
          '\n',
          lineEnd,
        );
        const flawed = text.replace('app.web', 'app.wbe');
        client.open(uri, text);
        await client.published(uri);
        client.notify('textDocument/didChange', {
          textDocument: { uri, version: 2 },
          contentChanges: [change(text, 'app.web', 'app.wbe')],
        });
        const wrong = (await client.published(uri)).find(({ code }) => code === 'reference/unknown');
        assert.deepEqual(wrong?.range, rangeOfText(flawed, 'app.wbe'));
      }));
  }

  it('sees a change in every request that comes after it, without waiting', () =>
    withClient({}, async (client) => {
      const text = topology();
      client.open(uri, text);
      const renamed = text.replaceAll('dumps', 'nightly');
      client.replace(uri, renamed, 2);
      const hover = await client.request<Hover>('textDocument/hover', {
        textDocument: { uri },
        position: at(renamed, 'nightly:', 2),
      });
      assert.match(JSON.stringify({ ...hover }), /nightly/);
    }));

  it('analyses only the last of several changes', () =>
    withClient({}, async (client) => {
      client.open(uri, topology());
      await client.published(uri);
      client.atOnce(() => {
        for (let version = 2; version <= 40; version += 1)
          client.replace(uri, topology(['app.web', `app.w${version}`]), version);
      });
      const found = await client.published(uri);
      assert.match(String(found[0]?.message), /app\.w40/);
      // Whatever else the server still had to say has arrived when it answers.
      await client.request('textDocument/hover', { textDocument: { uri }, position: at(topology(), 'engine') });
      assert.equal(client.unread('textDocument/publishDiagnostics'), 0);
    }));

  it('says what can stand where somebody types before it says what is wrong', () =>
    withClient({}, async (client) => {
      const text = topology();
      client.open(uri, text);
      await client.published(uri);
      const typed = topology(['app.web', 'app.we']);
      const asked = client.atOnce(() => {
        client.notify('textDocument/didChange', {
          textDocument: { uri, version: 2 },
          contentChanges: [change(text, 'app.web', 'app.we')],
        });
        return client.ask<CompletionItem[]>('textDocument/completion', {
          textDocument: { uri },
          position: at(typed, 'app.we', 'app.we'.length),
        }).answer;
      });
      const published = client.next<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
      const order: string[] = [];
      const [items, { diagnostics }] = await Promise.all([
        asked.finally(() => order.push('items')),
        published.finally(() => order.push('diagnostics')),
      ]);
      assert.deepEqual(order, ['items', 'diagnostics']);
      assert.deepEqual(
        items.map(({ label }) => label),
        ['app.web'],
      );
      assert.match(String(diagnostics[0]?.message), /app\.we/);
    }));

  it('offers while a word is typed what it offers for the text when it is opened', () =>
    withClient({ capabilities: pulls }, async (client) => {
      const offered = async (of: string, text: string, word: string): Promise<unknown> => {
        const position = at(text, word, word.length);
        const items = await client.request<CompletionItem[]>('textDocument/completion', {
          textDocument: { uri: of },
          position,
        });
        return items.map(({ data: _, ...item }) => item);
      };
      let version = 1;
      for (const written of [
        'app.web',
        'bucket.dumps',
        'postgresql',
        'fsn1',
        'name: shop',
        'routes',
        'main',
        'engine',
      ]) {
        client.open(uri, topology(), { version });
        for (let length = written.length; length > 0; length--) {
          const word = `${written.slice(0, length)}`;
          const text = topology([written, word]);
          version += 1;
          client.replace(uri, text, version);
          const whileTyping = await offered(uri, text, word);
          client.open('untitled:fresh', text);
          assert.deepEqual(whileTyping, await offered('untitled:fresh', text, word), word);
          client.close('untitled:fresh');
          await client.request('textDocument/diagnostic', { textDocument: { uri } });
        }
        client.close(uri);
      }
    }));

  it('does not work on a request whose text has changed, or that was cancelled', () =>
    withClient({}, async (client) => {
      const position = at(topology(), 'engine');
      client.open(uri, topology());
      const stale = client.atOnce(() => {
        const { answer } = client.ask('textDocument/hover', { textDocument: { uri }, position });
        client.replace(uri, topology(['app.web', 'app.wbe']), 2);
        return answer;
      });
      await assert.rejects(stale, { code: -32801 });
      const cancelled = client.atOnce(() => {
        const { id, answer } = client.ask('textDocument/hover', { textDocument: { uri }, position });
        client.notify('$/cancelRequest', { id });
        return answer;
      });
      await assert.rejects(cancelled, { code: -32800 });
      assert.ok(await client.request('textDocument/hover', { textDocument: { uri }, position }));
    }));

  it('answers an older request for diagnostics with those of the newest text', () =>
    withClient({ capabilities: pulls }, async (client) => {
      client.open(uri, topology());
      const asked = client.atOnce(() => {
        const { answer } = client.ask<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
        client.replace(uri, topology(['app.web', 'app.wbe']), 2);
        return answer;
      });
      const report = (await asked) as { items: Diagnostic[] };
      assert.deepEqual(
        report.items.map(({ code }) => code),
        ['reference/unknown'],
      );
    }));

  it('answers nothing about documents that are closed, unknown, or closed while it works', () =>
    withClient({ capabilities: pulls }, async (client) => {
      client.open(uri, topology());
      const under = { textDocument: { uri }, position: at(topology(), 'engine') };
      const closing = client.atOnce(() => {
        const { answer } = client.ask('textDocument/hover', under);
        client.close(uri);
        return answer;
      });
      assert.equal(await closing, null);
      const requests: Readonly<Record<string, unknown>> = {
        'textDocument/hover': null,
        'textDocument/definition': null,
        'textDocument/references': [],
        'textDocument/documentHighlight': [],
        'textDocument/documentSymbol': [],
        'textDocument/foldingRange': [],
        'textDocument/documentLink': [],
        'textDocument/formatting': [],
        'textDocument/codeLens': [],
        'textDocument/rename': null,
        'textDocument/prepareRename': null,
        'textDocument/semanticTokens/full': { data: [] },
        'textDocument/diagnostic': { kind: 'full', items: [] },
        'groundplan/summary': null,
      };
      for (const [method, empty] of Object.entries(requests)) {
        for (const other of [uri, 'file:///nowhere/topology.yaml']) {
          assert.deepEqual(
            await client.request(method, { ...under, textDocument: { uri: other }, newName: 'x' }),
            empty,
            method,
          );
        }
      }
    }));

  it('takes a document that is opened again with another text', () =>
    withClient({}, async (client) => {
      client.open(uri, topology(['app.web', 'app.wbe']));
      assert.equal((await client.published(uri)).length, 1);
      client.close(uri);
      assert.deepEqual(await client.published(uri), [], 'what is closed has no diagnostics');
      client.open(uri, topology());
      assert.deepEqual(await client.published(uri), []);
    }));
});
