import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { indexLines, type LineIndex, positionAt } from '@groundplan/diagnostics';
import {
  connect,
  type DocumentDiagnosticReport,
  ErrorAnswer,
  type LanguageClient,
} from '../../packages/language-server/test/support/client.js';
import { nastyYaml, randomNumbers, topologiesBelow } from './mutate.js';

export interface EditResult {
  readonly edits: number;
  readonly requests: number;
  readonly failures: readonly string[];
}

/** Edits of one document before it is compared and closed. */
const editsOfOne = 50;
const longest = 20_000;

const pieces = [
  ...[
    '\n',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '  ',
    '\t',
    ': ',
    ':',
    ', ',
    '{ ',
    ' }',
    '[',
    ']',
    '"',
    "'",
    '#',
    '- ',
    '|\n',
    '>-\n',
  ],
  ...[
    '🦊',
    'é',
    '\u2028',
    '&a ',
    '*a',
    '<<: *a\n',
    '${',
    '}',
    '${database.main.url}',
    'app.web',
    'bucket.',
    'fsn1',
    '10.0.0.0/8',
  ],
  ...[
    'apps:\n',
    '  web:\n',
    '    count: 2\n',
    'regions: { a: { location: fsn1 } }\n',
    '# groundplan-ignore-next-line dns/ttl-high: x\n',
  ],
];

const capabilities = {
  textDocument: {
    diagnostic: {},
    publishDiagnostics: { relatedInformation: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    completion: { completionItem: { snippetSupport: true } },
  },
};

/**
 * Edits documents at random in one server, and asks it things meanwhile. It fails when a request ends with a failure of the
 * server's own, when the server ends, or when it says another thing of what came of the edits than a fresh server that sees only that.
 */
export async function editServer({
  count,
  seed,
  onProgress = () => {},
}: {
  readonly count: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}): Promise<EditResult> {
  const below = (folder: string) => topologiesBelow(fileURLToPath(new URL(folder, import.meta.url)));
  const begins = [...below('../../samples'), ...below('../../samples'), ...below('../cases'), ...nastyYaml];
  const numbers = randomNumbers(seed);
  const random = (below: number) => numbers.next().value % below;
  const failures: string[] = [];
  const outcomes: { readonly text: string; readonly report: DocumentDiagnosticReport }[] = [];
  let edits = 0;
  let requests = 0;

  const client = await connect({ capabilities });
  try {
    for (let index = 0; edits < count && failures.length < 10; index += 1) {
      const uri = `untitled:${index}`;
      let text = begins[random(begins.length)] ?? '';
      client.open(uri, text);
      const asked: Promise<void>[] = [];
      for (let version = 2; version < editsOfOne + 2; version += 1) {
        const changes = [];
        for (let each = random(4) === 0 ? 3 : 1; each > 0; each -= 1) {
          const edit = randomEdit(text, random);
          text = edit.after;
          changes.push(edit.change);
          edits += 1;
        }
        client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: changes });
        if (random(2) === 0) {
          requests += 1;
          const { method, params } = randomRequest(uri, text, random);
          asked.push(expectNoFailure(client, method, params, () => failures.push(`${method} of\n${text}`)));
        }
        if (random(8) === 0) await asked.at(-1);
      }
      await Promise.all(asked);
      outcomes.push({ text, report: await reportOf(client, uri) });
      client.close(uri);
      onProgress(edits);
    }
    const code = await client.stop();
    if (code !== 0) failures.push(`the server ended with ${code}`);
  } catch (error) {
    failures.push(`the server ended: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await client.server.kill();
  }
  failures.push(...(await differences(outcomes)));
  return { edits, requests, failures };
}

async function differences(
  outcomes: readonly { readonly text: string; readonly report: DocumentDiagnosticReport }[],
): Promise<string[]> {
  const fresh = await connect({ capabilities });
  const found: string[] = [];
  try {
    for (const [index, { text, report }] of outcomes.entries()) {
      const uri = `untitled:${index}`;
      fresh.open(uri, text);
      const { resultId: _, ...expected } = await reportOf(fresh, uri);
      const { resultId: __, ...actual } = report;
      if (!isDeepStrictEqual(actual, expected)) found.push(`other diagnostics than a fresh server has for\n${text}`);
      fresh.close(uri);
    }
  } finally {
    await fresh.server.kill();
  }
  return found;
}

function reportOf(client: LanguageClient, uri: string): Promise<DocumentDiagnosticReport> {
  return client.request('textDocument/diagnostic', { textDocument: { uri } });
}

/** That the text has changed meanwhile, or that a name cannot be renamed, is an answer. */
const goodErrors: ReadonlySet<number> = new Set([-32801, -32803]);

async function expectNoFailure(
  client: LanguageClient,
  method: string,
  params: unknown,
  fail: () => void,
): Promise<void> {
  try {
    await client.request(method, params);
  } catch (error) {
    if (!(error instanceof ErrorAnswer)) throw error;
    if (!goodErrors.has(error.code)) fail();
  }
}

function randomEdit(text: string, random: (below: number) => number) {
  const lines = indexLines(text);
  if (random(40) === 0 || text.length > longest) {
    const after = text.slice(0, random(Math.min(text.length, longest) + 1));
    return { change: { text: after }, after };
  }
  const start = place(text, random(text.length + 1));
  const isInsertion = random(2) === 0;
  const end = isInsertion ? start : place(text, Math.min(text.length, start + random(random(10) === 0 ? 300 : 8)));
  const copyFrom = random(text.length + 1);
  const newText =
    random(10) === 0
      ? text.slice(copyFrom, copyFrom + random(200))
      : random(4) === 0
        ? ''
        : (pieces[random(pieces.length)] ?? '');
  const range = { start: positionAt(lines, start), end: positionAt(lines, end) };
  return { change: { range, text: newText }, after: text.slice(0, start) + newText + text.slice(end) };
}

/** No position stands between the two characters of one end of line. */
function place(text: string, offset: number): number {
  return text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset;
}

function randomRequest(uri: string, text: string, random: (below: number) => number) {
  const lines: LineIndex = indexLines(text);
  const position = positionAt(lines, random(text.length + 1));
  const range = { start: position, end: position };
  const methods: Readonly<Record<string, object>> = {
    'textDocument/completion': { position },
    'textDocument/hover': { position },
    'textDocument/definition': { position },
    'textDocument/references': { position, context: { includeDeclaration: true } },
    'textDocument/documentHighlight': { position },
    'textDocument/prepareRename': { position },
    'textDocument/rename': { position, newName: 'other' },
    'textDocument/documentSymbol': {},
    'textDocument/foldingRange': {},
    'textDocument/selectionRange': { positions: [position] },
    'textDocument/documentLink': {},
    'textDocument/formatting': { options: { tabSize: 2, insertSpaces: true } },
    'textDocument/rangeFormatting': { range, options: { tabSize: 2, insertSpaces: true } },
    'textDocument/onTypeFormatting': { position, ch: '\n', options: { tabSize: 2, insertSpaces: true } },
    'textDocument/semanticTokens/full': {},
    'textDocument/inlayHint': { range: { start: { line: 0, character: 0 }, end: position } },
    'textDocument/codeLens': {},
    'textDocument/codeAction': { range, context: { diagnostics: [] } },
    'textDocument/diagnostic': {},
    'groundplan/diagram': {},
    'groundplan/summary': {},
  };
  const method = Object.keys(methods)[random(Object.keys(methods).length)] ?? '';
  return { method, params: { textDocument: { uri }, ...methods[method] } };
}
