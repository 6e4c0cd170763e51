import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import type { CompletionItem, Diagnostic, DocumentDiagnosticReport, DocumentSymbol } from 'vscode-languageserver';
import { connect } from './support/client.js';

const samples = fileURLToPath(new URL('../../../samples/', import.meta.url));
const step = 25;

/** Lines between a mistake that the cut made and the cut itself: the line of the cut, and the key above it that has nothing yet. */
const nearLines = 1;

/**
 * Errors that say what is not there, at the place that lacks it, which may be far above; each with what must stand behind the cut for
 * it to be right. Where the rest of the file is written they are gone, since the samples have no errors.
 */
const aboutWhatIsMissing: Readonly<Record<string, (marked: string, message: string, behind: string) => boolean>> = {
  'reference/unknown': (marked, _, behind) => behind.includes(`${marked.split('.').at(-1)}:`),
  'schema/missing-key': (_, message, behind) => namesKeyOf(message, behind),
  'schema/choose-one': (_, message, behind) => namesKeyOf(message, behind),
  'backup/missing': (_, __, behind) => behind.includes('backup:'),
  'database/choose-replication': (_, __, behind) => behind.includes('replication:'),
  'lb/bgp-peers': (_, __, behind) => behind.includes('peers:'),
};

function namesKeyOf(message: string, behind: string): boolean {
  return [...message.matchAll(/[a-z_]+/g)].some(([word]) => new RegExp(`\\b${word}"?:`).test(behind));
}

describe('a file that is still being written', () => {
  for (const name of readdirSync(samples).filter((each) => existsSync(`${samples}${each}/topology.yaml`))) {
    it(`has diagnostics near its end, an outline and completions: ${name}, cut at every ${step}th character`, async function () {
      this.timeout(60_000);
      const text = readFileSync(`${samples}${name}/topology.yaml`, 'utf8');
      const client = await connect({
        capabilities: {
          textDocument: { diagnostic: {}, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
        },
      });
      const uri = 'untitled:cut';
      const document = { textDocument: { uri } };
      let completions = 0;
      try {
        client.open(uri, '');
        for (let cut = 0; cut <= text.length; cut += step) {
          const written = text.slice(0, cut);
          // The line that is cut may lack the rest of its own word.
          const behind = text.slice(written.lastIndexOf('\n') + 1);
          client.replace(uri, written, cut + 2);
          const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', document);
          assert.equal(report.kind, 'full');
          for (const diagnostic of report.kind === 'full' ? report.items : [])
            assertNear(diagnostic, written, behind, `${name}, cut at ${cut}`);

          const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', document);
          const complete = written.slice(0, written.lastIndexOf('\n') + 1);
          const sections = [...complete.matchAll(/^([a-z_]+):/gm)].map(([, key]) => key);
          const outlined = new Set(symbols.map((symbol) => symbol.name));
          assert.deepEqual(
            sections.filter((key) => !outlined.has(key ?? '')),
            [],
            `every section above the cut at ${cut} is in the outline`,
          );
          const last = written.split('\n');
          const position = { line: last.length - 1, character: last.at(-1)?.length ?? 0 };
          const items = await client.request<CompletionItem[]>('textDocument/completion', { ...document, position });
          completions += items.length > 0 ? 1 : 0;
        }
        assert.equal(await client.stop(), 0);
      } finally {
        await client.server.kill();
      }
      assert.ok(
        completions * 4 > text.length / step,
        `${completions} of ${Math.floor(text.length / step)} have completions`,
      );
    });
  }
});

function assertNear(
  { code, severity, message, range }: Diagnostic,
  written: string,
  behind: string,
  where: string,
): void {
  if (severity !== 1) return;
  const lines = written.split('\n');
  const marked = (lines[range.start.line] ?? '').slice(range.start.character, range.end.character);
  const isNear = lines.length - 1 - range.start.line <= nearLines;
  const isAboutMissing = aboutWhatIsMissing[String(code)]?.(marked, String(message), behind) === true;
  assert.ok(
    isNear || isAboutMissing,
    `${where}: ${code} at line ${range.start.line + 1} of ${lines.length}: ${message}`,
  );
}
