import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type {
  ClientCapabilities,
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentLink,
  Hover,
  InitializeResult,
  InlayHint,
  Location,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { type ClientOptions, type LanguageClient, uriOf } from './support/client.js';
import { at, rangeOfText } from './support/places.js';
import { inFolder, publicKey, put, topology, withClient } from './support/project.js';

const uri = 'untitled:shop';
const document = { textDocument: { uri } };
const whole = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

function withOpened(
  capabilities: ClientCapabilities,
  text: string,
  work: (client: LanguageClient) => Promise<void>,
): Promise<void> {
  return withClient({ capabilities }, async (client) => {
    client.open(uri, text);
    await work(client);
  });
}

describe('a client that can do little', () => {
  const text = topology(['app.web', 'app.wbe']);

  it('is told of no code actions where it takes none but commands', () =>
    withOpened({}, text, async (client) => {
      const { capabilities } = client.initialized satisfies InitializeResult;
      assert.equal(capabilities.codeActionProvider, undefined);
      assert.equal(capabilities.renameProvider, true);
      assert.equal(capabilities.diagnosticProvider, undefined);
      await assert.rejects(
        client.request('textDocument/codeAction', { ...document, range: whole, context: { diagnostics: [] } }),
        { code: -32601 },
      );
    }));

  it('gets edits without versions', () =>
    withOpened(
      { textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } } },
      text,
      async (client) => {
        const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
          ...document,
          position: at(text, 'dumps:', 1),
          newName: 'nightly',
        });
        assert.deepEqual(Object.keys(edit), ['changes']);
        const [action] = await client.request<CodeAction[]>('textDocument/codeAction', {
          ...document,
          range: rangeOfText(text, 'app.wbe'),
          context: { diagnostics: [] },
        });
        assert.deepEqual(Object.keys(action?.edit ?? {}), ['changes']);
        assert.ok(!('isPreferred' in (action ?? {})));
      },
    ));

  it('gets completions without snippets, modes, tags and Markdown, indented as they must stand', () =>
    withOpened({}, text, async (client) => {
      const cut = `${topology()}alerts:\n  \n`;
      client.replace(uri, cut, 2);
      const at2 = { line: cut.split('\n').length - 2, character: 2 };
      const items = [
        ...(await client.request<CompletionItem[]>('textDocument/completion', { ...document, position: at2 })),
        ...(await client.request<CompletionItem[]>('textDocument/completion', {
          ...document,
          position: { line: at2.line + 1, character: 0 },
        })),
      ];
      assert.ok(items.length > 3);
      for (const item of items) {
        assert.notEqual(item.insertTextFormat, 2, item.label);
        assert.doesNotMatch(JSON.stringify(item.textEdit), /\$\{?\d/, item.label);
        for (const key of ['insertTextMode', 'tags', 'deprecated', 'preselect', 'command'])
          assert.ok(!(key in item), `${item.label} has ${key}`);
        const resolved = await client.request<CompletionItem>('completionItem/resolve', item);
        assert.notEqual((resolved.documentation as { kind?: string } | undefined)?.kind, 'markdown');
      }
    }));

  it('gets hovers and hints in plain words', () =>
    withOpened({}, text, async (client) => {
      const hover = await client.request<Hover>('textDocument/hover', { ...document, position: at(text, 'engine') });
      const { kind, value } = hover.contents as { kind: string; value: string };
      assert.equal(kind, 'plaintext');
      assert.doesNotMatch(value, /\*\*|`|\]\(/);
      const hints = await client.request<InlayHint[]>('textDocument/inlayHint', { ...document, range: whole });
      assert.ok(hints.every(({ tooltip }) => (tooltip as { kind?: string } | undefined)?.kind !== 'markdown'));
    }));

  it('gets a flat outline, and locations instead of links', () =>
    withOpened({}, topology(), async (client) => {
      const symbols = await client.request<SymbolInformation[]>('textDocument/documentSymbol', document);
      const web = symbols.find(({ name }) => name === 'web');
      assert.deepEqual([web?.containerName, web?.location.uri], ['apps', uri]);
      const [target] = await client.request<Location[]>('textDocument/definition', {
        ...document,
        position: at(topology(), 'app.web', 5),
      });
      assert.deepEqual(target, { uri, range: rangeOfText(topology(), 'web', 'apps:') });
    }));

  it('gets lenses that name no command, and links without words beside them', () =>
    withOpened({}, topology(), async (client) => {
      const lenses = await client.request<CodeLens[]>('textDocument/codeLens', document);
      assert.ok(lenses.length > 0);
      for (const { command } of lenses) {
        assert.equal(command?.command, '');
        assert.notEqual(command?.title, '');
      }
      const links = await client.request<DocumentLink[]>('textDocument/documentLink', document);
      assert.ok(links.length > 0);
      for (const link of links) assert.ok(!('tooltip' in link), link.target);
    }));

  it('is asked nothing, told what happens by messages alone, and sent every diagnostic once', () =>
    inFolder({ 'topology.yaml': text, 'keys/ops.pub': publicKey }, (folder) =>
      withClient({ folders: [folder] }, async (client) => {
        const file = uriOf(join(folder, 'topology.yaml'));
        client.open(file, text);
        assert.deepEqual(
          (await client.published(file)).map(({ code }) => code),
          ['reference/unknown'],
        );
        await put(folder, 'groundplan.config.yaml', 'rules: {}\n');
        client.notify('textDocument/didSave', { textDocument: { uri: file } });
        assert.equal((await client.published(file)).length, 1);
        await client.request('textDocument/foldingRange', { textDocument: { uri: file } });
        for (const method of [
          'client/registerCapability',
          'workspace/configuration',
          'workspace/diagnostic/refresh',
          'workspace/codeLens/refresh',
          'workspace/inlayHint/refresh',
          'workspace/applyEdit',
          'window/workDoneProgress/create',
          'textDocument/publishDiagnostics',
        ])
          assert.equal(client.unread(method), 0, method);
      }),
    ));

  it('may have no folder, or only a root', () =>
    inFolder({ 'topology.yaml': topology(), 'keys/ops.pub': publicKey }, (folder) =>
      withClient({}, async (client) => {
        const file = uriOf(join(folder, 'topology.yaml'));
        client.open(file, topology());
        assert.deepEqual(await client.published(file), []);
        const found = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'web' });
        assert.deepEqual(
          found.map(({ location }) => location.uri),
          [file],
        );
      }),
    ));
});

describe('a client that knows the commands of Groundplan', () => {
  it('gets them in lenses, completions and actions', () =>
    withClient(
      {
        capabilities: {
          textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
        },
        initializationOptions: { commands: true },
      },
      async (client) => {
        const text = topology(['zone: example.com', 'zone: example.com, ttl: 600']);
        client.open(uri, text);
        const lenses = await client.request<CodeLens[]>('textDocument/codeLens', document);
        const commands = new Set(lenses.map(({ command }) => command?.command));
        assert.ok(commands.has('groundplan.openPreviewToSide'), [...commands].join());
        assert.ok(commands.has('groundplan.showReferences'), [...commands].join());
        const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
          ...document,
          range: rangeOfText(text, '600'),
          context: { diagnostics: [] },
        });
        const ignore = actions.find(({ command }) => command?.command === 'groundplan.select');
        assert.ok(ignore, JSON.stringify(actions.map(({ title }) => title)));
        assert.deepEqual(ignore.command?.arguments?.[0], uri);
      },
    ));
});

describe('settings', () => {
  const text = topology();
  const count = async (client: LanguageClient, of: string) => ({
    hints: (await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: of }, range: whole }))
      .length,
    lenses: (await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: of } })).length,
  });
  const off = { inlayHints: { defaults: false, addresses: false, counts: false }, codeLens: { enable: false } };

  it('are asked for with the document that they are for, and again when they change', () => {
    let areOff = true;
    return withClient(
      {
        capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
        answers: {
          'workspace/configuration': ({ items }: { items: { scopeUri: string; section: string }[] }) =>
            items.map(({ scopeUri, section }) =>
              section === 'groundplan' && scopeUri === 'untitled:off' && areOff ? off : null,
            ),
        },
      },
      async (client) => {
        client.open('untitled:off', text);
        client.open('untitled:on', text);
        assert.deepEqual(await count(client, 'untitled:off'), { hints: 0, lenses: 0 });
        assert.ok((await count(client, 'untitled:on')).hints > 0);
        const { registrations } = await client.next<{ registrations: { method: string }[] }>(
          'client/registerCapability',
        );
        assert.deepEqual(
          registrations.map(({ method }) => method),
          ['workspace/didChangeConfiguration'],
        );
        areOff = false;
        client.notify('workspace/didChangeConfiguration', { settings: null });
        assert.ok((await count(client, 'untitled:off')).lenses > 0);
      },
    );
  });

  it('hold as they were sent for a client that cannot be asked', () =>
    withClient({ initializationOptions: { settings: off } }, async (client) => {
      client.open(uri, text);
      assert.deepEqual(await count(client, uri), { hints: 0, lenses: 0 });
      client.notify('workspace/didChangeConfiguration', {
        settings: { groundplan: { ...off, inlayHints: { addresses: false, counts: false } } },
      });
      const { hints, lenses } = await count(client, uri);
      assert.ok(hints > 0);
      assert.equal(lenses, 0);
    }));

  it('of any kind are taken', async () => {
    for (const initializationOptions of [
      7,
      'text',
      [],
      null,
      { settings: 3, commands: 'yes' },
      { settings: { inlayHints: [] } },
    ])
      await withClient({ initializationOptions }, async (client) => {
        client.open(uri, text);
        assert.ok((await count(client, uri)).lenses > 0);
      });
  });
});

describe('several folders', () => {
  const named = (name: string) =>
    topology(['name: shop', `name: ${name}`], ['dumps }', `dumps-${name} }`]).replaceAll(
      '  dumps:',
      `  dumps-${name}:`,
    );
  const symbols = async (client: LanguageClient) =>
    (await client.request<SymbolInformation[]>('workspace/symbol', { query: 'dumps' })).map(({ name }) => name).sort();

  it('are looked through for names, open or not, except where nobody keeps sources', () =>
    inFolder(
      {
        'one/topology.yaml': named('a'),
        'one/deep/er/b.topology.yaml': named('b'),
        'one/build/topology.yaml': named('x'),
        'one/node_modules/p/topology.yaml': named('y'),
        'one/.hidden/topology.yaml': named('z'),
        'two/topology.yaml': named('c'),
        'three/topology.yaml': named('d'),
      },
      (folder) =>
        withClient(
          {
            folders: [join(folder, 'one'), join(folder, 'two')],
            capabilities: { workspace: { workspaceFolders: true } },
          },
          async (client) => {
            assert.deepEqual(await symbols(client), ['dumps-a', 'dumps-b', 'dumps-c']);
            client.open(uriOf(join(folder, 'two/topology.yaml')), named('changed'));
            assert.deepEqual(await symbols(client), ['dumps-a', 'dumps-b', 'dumps-changed']);
            await put(folder, 'one/topology.yaml', named('saved'));
            client.notify('workspace/didChangeWorkspaceFolders', {
              event: {
                added: [{ uri: uriOf(join(folder, 'three')), name: 'three' }],
                removed: [{ uri: uriOf(join(folder, 'two')), name: 'two' }],
              },
            });
            assert.deepEqual(await symbols(client), ['dumps-b', 'dumps-changed', 'dumps-d', 'dumps-saved']);
          },
        ),
    ));

  it('have each their own configuration', () => {
    const high = topology(['zone: example.com', 'zone: example.com, ttl: 600']);
    return inFolder(
      {
        'one/groundplan.config.yaml': 'rules: { dns/ttl-high: off }\n',
        'one/keys/ops.pub': publicKey,
        'two/keys/ops.pub': publicKey,
        'outside/keys/ops.pub': publicKey,
      },
      (folder) =>
        withClient({ folders: [join(folder, 'one'), join(folder, 'two')] }, async (client) => {
          for (const [name, codes] of [
            ['one', []],
            ['two', ['dns/ttl-high']],
            ['outside', ['dns/ttl-high']],
          ] as const) {
            const file = uriOf(join(folder, name, 'topology.yaml'));
            client.open(file, high);
            assert.deepEqual(
              (await client.published(file)).map(({ code }) => code),
              codes,
              name,
            );
          }
        }),
    );
  });
});

describe('files that only the client can reach', () => {
  it('are read through it', () => {
    const files: Readonly<Record<string, string>> = {
      'vscode-vfs://github/acme/shop/keys/ops.pub': publicKey,
      'vscode-vfs://github/acme/groundplan.config.yaml': 'rules: { dns/ttl-high: off }\n',
    };
    return withClient(
      {
        initializationOptions: { files: true },
        answers: {
          'groundplan/statFile': ({ uri: of }: { uri: string }) => (of in files ? '1' : null),
          'groundplan/readFile': ({ uri: of }: { uri: string }) =>
            of in files
              ? { kind: 'file', base64: Buffer.from(files[of] ?? '').toString('base64') }
              : { kind: 'missing' },
          'groundplan/listFolder': () => [{ name: 'ops.pub', kind: 'file' }],
        },
      },
      async (client) => {
        const virtual = 'vscode-vfs://github/acme/shop/topology.yaml';
        client.open(virtual, topology(['zone: example.com', 'zone: example.com, ttl: 600']));
        assert.deepEqual(await client.published(virtual), []);
        client.replace(virtual, topology(['keys/ops.pub', 'keys/other.pub']), 2);
        assert.deepEqual(
          (await client.published(virtual)).map(({ code }) => code),
          ['file/missing'],
        );
      },
    );
  });

  it('are not looked at where it does not offer that', () =>
    withClient({}, async (client) => {
      const virtual = 'vscode-vfs://github/acme/shop/topology.yaml';
      client.open(virtual, topology());
      assert.deepEqual(await client.published(virtual), []);
    }));
});

describe('a key whose value is one of a few words', () => {
  const text = `${topology()}im`;
  const position = { line: text.split('\n').length - 1, character: 2 };
  const snippets: ClientCapabilities = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
  const imageFor = async (options: ClientOptions): Promise<CompletionItem | undefined> => {
    let found: CompletionItem | undefined;
    await withClient(options, async (client) => {
      client.open(uri, text);
      const items = await client.request<CompletionItem[]>('textDocument/completion', { ...document, position });
      found = items.find(({ label }) => label === 'image');
    });
    return found;
  };

  it('has them in the snippet', async () => {
    const item = await imageFor({ capabilities: snippets });
    assert.equal(item?.insertTextFormat, 2);
    assert.equal(item?.textEdit?.newText, 'image: ${1|debian-12,debian-13,ubuntu-24.04|}');
  });

  it('is followed by the list of them, with what each means, where the client can ask for that', async () => {
    const item = await imageFor({ capabilities: snippets, initializationOptions: { commands: true } });
    assert.equal(item?.textEdit?.newText, 'image: ');
    assert.equal(item?.command?.command, 'groundplan.suggest');
  });

  it('is written alone for Emacs, whose snippets have no choices', async () => {
    for (const name of ['Eglot', 'emacs'])
      assert.equal((await imageFor({ capabilities: snippets, name }))?.textEdit?.newText, 'image: ');
  });

  it('is written alone for a client without snippets', async () => {
    const item = await imageFor({});
    assert.equal(item?.textEdit?.newText, 'image: ');
    assert.notEqual(item?.insertTextFormat, 2);
  });
});

describe('a client that describes each item of a list', () => {
  const text = `${topology()}arbiter:\n  location: nbg1\n  type: \n`;
  const position = { line: text.split('\n').length - 2, character: '  type: '.length };
  const itemOf = (client: LanguageClient, label: string) =>
    client
      .request<CompletionItem[]>('textDocument/completion', { ...document, position })
      .then((items) => items.find((item) => item.label === label));

  it('gets cores, memory and price beside every server type', () =>
    withOpened(
      { textDocument: { completion: { completionItem: { labelDetailsSupport: true } } } },
      text,
      async (client) => {
        const item = await itemOf(client, 'cx33');
        assert.match(item?.labelDetails?.description ?? '', /^4 cores · 8 GB · .*€/);
        assert.equal(item?.detail, undefined);
      },
    ));

  it('unlike others, which show them for the chosen one', () =>
    withOpened({}, text, async (client) => {
      const item = await itemOf(client, 'cx33');
      assert.match(item?.detail ?? '', /^4 cores · 8 GB · .*€/);
      assert.equal(item?.labelDetails, undefined);
    }));
});
