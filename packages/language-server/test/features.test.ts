import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type {
  ClientCapabilities,
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  MarkupContent,
  Range,
  SelectionRange,
  SemanticTokens,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type LanguageClient, uriOf } from './support/client.js';
import { at, rangeOfText } from './support/places.js';
import { inFolder, publicKey, topology, withClient } from './support/project.js';

/** A client that can do everything, as Visual Studio Code can. */
const everything: ClientCapabilities = {
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        insertTextModeSupport: { valueSet: [1, 2] },
        tagSupport: { valueSet: [1] },
        preselectSupport: true,
      },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    documentLink: { tooltipSupport: true },
    rename: { prepareSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, isPreferredSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
};

const uri = 'file:///nowhere/topology.yaml';

/** With characters of two UTF-16 units before what is asked about, and lines that end in CRLF. */
const text = topology(
  ['name: shop', 'name: shop # 🦊 café'],
  ['edge: { routes', 'edge: { count: 2, "🦊": 1, routes'],
).replaceAll('\n', '\r\n');

function about(what: string, work: (client: LanguageClient) => Promise<void>, of = text): void {
  it(what, () =>
    withClient({ capabilities: everything }, async (client) => {
      client.open(uri, of);
      await work(client);
    }),
  );
}

const document = { textDocument: { uri } };

function applied(edits: readonly TextEdit[] | null, to = text): string {
  return TextDocument.applyEdits(TextDocument.create(uri, 'topology', 1, to), [...(edits ?? [])]);
}

function textAt(range: Range | undefined, of = text): string {
  assert.ok(range);
  return TextDocument.create(uri, 'topology', 1, of).getText(range);
}

/** The edits of the one document that a client which knows versions is given. */
function versioned(edit: WorkspaceEdit | null | undefined, version = 1): TextEdit[] {
  const [change, ...others] = edit?.documentChanges ?? [];
  assert.deepEqual(others, []);
  assert.ok(change !== undefined && 'textDocument' in change);
  assert.deepEqual(change.textDocument, { uri, version });
  return change.edits as TextEdit[];
}

describe('each feature, behind emoji and with CRLF', () => {
  about(
    'completion offers names where they are referred to, and explains the one that is looked at',
    async (client) => {
      const items = await client.request<CompletionItem[]>('textDocument/completion', {
        ...document,
        position: at(text, 'app.web', 4),
      });
      const item = items.find(({ label }) => label === 'app.web');
      assert.ok(item?.textEdit && 'range' in item.textEdit);
      assert.equal(textAt(item.textEdit.range), 'app.web');
      assert.equal(item.documentation, undefined);
      const resolved = await client.request<CompletionItem>('completionItem/resolve', item);
      assert.equal((resolved.documentation as MarkupContent).kind, 'markdown');
      assert.match((resolved.documentation as MarkupContent).value, /app/);
    },
  );

  about('hover explains what is under the cursor', async (client) => {
    const hover = await client.request<Hover>('textDocument/hover', {
      ...document,
      position: at(text, 'routes: {', 2),
    });
    assert.equal(textAt(hover.range), 'routes');
    assert.equal((hover.contents as MarkupContent).kind, 'markdown');
  });

  about('definition leads from a reference to the declaration', async (client) => {
    const [link] = await client.request<LocationLink[]>('textDocument/definition', {
      ...document,
      position: at(text, 'app.web', 5),
    });
    assert.equal(link?.targetUri, uri);
    assert.deepEqual(link?.targetSelectionRange, rangeOfText(text, 'web', 'apps:'));
    assert.equal(textAt(link?.originSelectionRange), 'app.web');
    assert.match(textAt(link?.targetRange), /^web: \{.*\}$/s);
  });

  about('references are found, with the declaration or without', async (client) => {
    for (const [includeDeclaration, count] of [
      [true, 2],
      [false, 1],
    ] as const) {
      const found = await client.request<Location[]>('textDocument/references', {
        ...document,
        position: at(text, 'app.web', 5),
        context: { includeDeclaration },
      });
      assert.deepEqual(
        found.map(({ range }) => textAt(range)),
        Array.from({ length: count }, () => 'web'),
      );
    }
  });

  about('highlights tell writing from reading', async (client) => {
    const found = await client.request<DocumentHighlight[]>('textDocument/documentHighlight', {
      ...document,
      position: at(text, 'dumps: {', 2),
    });
    assert.deepEqual(
      found.map(({ range, kind }) => [textAt(range), kind]),
      [
        ['dumps', 2],
        ['dumps', 3],
      ],
    );
  });

  about('rename changes every place, at the version that it saw', async (client) => {
    const position = at(text, 'app.web', 5);
    const prepared = await client.request<{ range: Range; placeholder: string }>('textDocument/prepareRename', {
      ...document,
      position,
    });
    assert.deepEqual([textAt(prepared.range), prepared.placeholder], ['web', 'web']);
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...document, position, newName: 'site' });
    const renamed = applied(versioned(edit));
    assert.match(renamed, /shop\.example\.com: app\.site /);
    assert.match(renamed, /\n {2}site: \{/);
    assert.match(renamed, /renamed_from: web/);
  });

  about('rename says why it cannot be', async (client) => {
    const position = at(text, 'app.web', 5);
    await assert.rejects(client.request('textDocument/rename', { ...document, position, newName: 'Not Legal' }), {
      code: -32803,
    });
    await assert.rejects(client.request('textDocument/prepareRename', { ...document, position: at(text, '3000') }), {
      code: -32803,
    });
  });

  about('the outline has names within what they are part of', async (client) => {
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', document);
    const apps = symbols.find(({ name }) => name === 'apps');
    assert.deepEqual(
      apps?.children?.map(({ name, selectionRange }) => [name, textAt(selectionRange)]),
      [['web', 'web']],
    );
  });

  about('everything with a name can be found', async (client) => {
    const found = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'DMP' });
    assert.deepEqual(
      found.map(({ name, location }) => [name, location.uri, location.range.start.line]),
      [['dumps', uri, at(text, 'dumps:').line]],
    );
  });

  about('folding has the lines of each section', async (client) => {
    const found = await client.request<FoldingRange[]>('textDocument/foldingRange', document);
    const { line } = at(text, 'apps:');
    assert.ok(found.some(({ startLine, endLine }) => startLine === line && endLine === line + 1));
  });

  about('selections grow from the word to the whole', async (client) => {
    const [found] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
      ...document,
      positions: [at(text, 'app.web', 5)],
    });
    const texts: string[] = [];
    for (let each = found; each !== undefined; each = each.parent) texts.push(textAt(each.range));
    assert.ok(texts.includes('app.web'), texts.join('\n'));
    assert.equal(texts.at(-1), text);
  });

  about('links lead to files and pages', async (client) => {
    const found = await client.request<DocumentLink[]>('textDocument/documentLink', document);
    const key = found.find(({ range }) => textAt(range) === 'keys/ops.pub');
    assert.equal(key?.target, 'file:///nowhere/keys/ops.pub');
    assert.ok(key?.tooltip);
  });

  const untidy = topology(['name: shop', 'name:    shop   # 🦊'], ['  edge:', '  edge:  ']).replaceAll('\n', '\r\n');
  about(
    'formatting tidies up, and keeps the ends of lines',
    async (client) => {
      const edits = await client.request<TextEdit[]>('textDocument/formatting', {
        ...document,
        options: { tabSize: 2, insertSpaces: true },
      });
      const tidy = applied(edits, untidy);
      assert.match(tidy, /name: shop +# 🦊\r\n/u);
      assert.doesNotMatch(tidy, /[^\r]\n/);
    },
    untidy,
  );

  about(
    'formatting of a range leaves the rest alone',
    async (client) => {
      const edits = await client.request<TextEdit[]>('textDocument/rangeFormatting', {
        ...document,
        range: rangeOfText(untidy, 'edge'),
        options: { tabSize: 2, insertSpaces: true },
      });
      const tidy = applied(edits, untidy);
      assert.match(tidy, /name: {4}shop/);
      assert.match(tidy, /edge: \{/);
    },
    untidy,
  );

  const entered = topology(['zone: example.com }\n', 'zone: example.com }\napps2:\n']).replaceAll('\n', '\r\n');
  about(
    'typing Enter behind a section indents what comes',
    async (client) => {
      const typed = entered.replace('buckets:\r\n', 'buckets:\r\n\r\n');
      client.replace(uri, typed, 2);
      const edits = await client.request<TextEdit[]>('textDocument/onTypeFormatting', {
        ...document,
        position: at(typed, 'buckets:\r\n', 'buckets:\r\n'.length),
        ch: '\n',
        options: { tabSize: 2, insertSpaces: true },
      });
      assert.match(applied(edits, typed), /buckets:\r\n {2}\r\n/);
    },
    entered,
  );

  about('semantic tokens are the words that they say, also as a difference', async (client) => {
    const { legend } = client.initialized.capabilities.semanticTokensProvider ?? { legend: undefined };
    const full = await client.request<SemanticTokens>('textDocument/semanticTokens/full', document);
    const words = decoded(full.data).map(({ line, start, length, type }) => [
      textAt({ start: { line, character: start }, end: { line, character: start + length } }),
      legend?.tokenTypes[type],
    ]);
    assert.ok(
      words.some(([word]) => word === 'routes'),
      JSON.stringify(words),
    );
    const changed = `${text}# 🦊\r\n`;
    client.replace(uri, changed, 2);
    const delta = await client.request<{ resultId: string; edits: unknown[] }>(
      'textDocument/semanticTokens/full/delta',
      {
        ...document,
        previousResultId: full.resultId,
      },
    );
    assert.deepEqual(delta.edits, []);
    const part = await client.request<SemanticTokens>('textDocument/semanticTokens/range', {
      ...document,
      range: rangeOfText(text, 'routes'),
    });
    assert.ok(part.data.length > 0 && part.data.length < full.data.length);
  });

  about('inlay hints show what is not written', async (client) => {
    const whole = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
    const found = await client.request<InlayHint[]>('textDocument/inlayHint', { ...document, range: whole });
    const { line } = at(text, 'web: {');
    assert.ok(found.some(({ position, label }) => position.line === line && String(label).includes('count: 2')));
  });

  about('lenses count servers and cost, without commands that the client may not know', async (client) => {
    const found = await client.request<CodeLens[]>('textDocument/codeLens', document);
    assert.ok(found.some(({ command }) => /€/.test(command?.title ?? '')));
    assert.deepEqual([...new Set(found.map(({ command }) => command?.command))], ['']);
  });

  const flawed = text.replace('app.web', 'app.wbe').replace('zone: example.com', 'zone: example.com, ttl: 600');
  about(
    'code actions mend what is wrong, one problem or all of them',
    async (client) => {
      const range = rangeOfText(flawed, 'app.wbe');
      const actionsOf = (only?: string[]) =>
        client.request<CodeAction[]>('textDocument/codeAction', {
          ...document,
          range,
          context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
        });
      const [first] = await actionsOf(['quickfix']);
      assert.equal(first?.kind, 'quickfix');
      assert.match(applied(versioned(first?.edit), flawed), /app\.web /);
      assert.deepEqual(
        first?.diagnostics?.map(({ code, range: marked }: Diagnostic) => [code, marked]),
        [['reference/unknown', range]],
      );
      for (const only of [['source'], ['source.fixAll'], ['source.fixAll.groundplan']])
        assert.deepEqual(
          (await actionsOf(only)).map(({ kind }) => kind),
          ['source.fixAll.groundplan'],
          only.join(),
        );
      assert.deepEqual(await actionsOf(['source.organizeImports']), []);
      assert.deepEqual(
        (await actionsOf(['refactor'])).filter(({ kind }) => kind !== 'refactor.rewrite'),
        [],
      );
    },
    flawed,
  );

  about('the summary is what a status bar shows', async (client) => {
    const { name, errors, hosts } = await client.request<{ name: string; errors: number; hosts: number }>(
      'groundplan/summary',
      document,
    );
    assert.deepEqual({ name, errors }, { name: 'shop', errors: 2 });
    assert.ok(hosts > 0);
  });

  it('completion of files lists the folder of the topology', () =>
    inFolder({ 'topology.yaml': topology(), 'keys/ops.pub': publicKey, 'keys/other.pub': publicKey }, (folder) =>
      withClient({ capabilities: everything }, async (client) => {
        const file = uriOf(join(folder, 'topology.yaml'));
        client.open(file, topology());
        const items = await client.request<CompletionItem[]>('textDocument/completion', {
          textDocument: { uri: file },
          position: at(topology(), 'keys/ops.pub', 5),
        });
        assert.ok(
          items.some(({ label }) => label.includes('other.pub')),
          JSON.stringify(items.map(({ label }) => label)),
        );
      }),
    ));

  it('completion in the configuration offers codes and severities', () =>
    withClient({ capabilities: everything }, async (client) => {
      const config = 'file:///nowhere/groundplan.config.yaml';
      const written = 'rules:\n  dns/\n  app/single: \n';
      client.open(config, written, { languageId: 'yaml' });
      const ask = (position: unknown) =>
        client.request<CompletionItem[]>('textDocument/completion', { textDocument: { uri: config }, position });
      const codes = await ask(at(written, 'dns/', 4));
      assert.ok(codes.some(({ label }) => label === 'dns/ttl-high'));
      assert.ok(!codes.some(({ label }) => label === 'reference/unknown'), 'an error cannot be changed');
      assert.ok(!codes.some(({ label }) => label === 'app/single'), 'it is there already');
      const severities = await ask(at(written, 'app/single: ', 'app/single: '.length));
      assert.deepEqual(
        severities.map(({ label }) => label),
        ['off', 'error', 'warning', 'information', 'hint'],
      );
    }));
});

function decoded(data: readonly number[]): { line: number; start: number; length: number; type: number }[] {
  const tokens: { line: number; start: number; length: number; type: number }[] = [];
  let line = 0;
  let start = 0;
  for (let index = 0; index < data.length; index += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(index, index + 5);
    line += lines;
    start = lines === 0 ? start + characters : characters;
    tokens.push({ line, start, length, type });
  }
  return tokens;
}
