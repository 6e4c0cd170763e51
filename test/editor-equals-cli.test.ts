import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { groundplan } from '../packages/cli/test/support/groundplan.js';
import {
  connect,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type LanguageClient,
  uriOf,
} from '../packages/language-server/test/support/client.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const severities = ['error', 'warning', 'information', 'hint'] as const;

/** A diagnostic as both sides have it. */
interface Shown {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly range: unknown;
  readonly url: string;
  readonly related: readonly { readonly range: unknown; readonly message: string }[];
}

/** Every topology of test/cases, with its mistake and mended, and every sample. */
function topologies(): string[] {
  const cases = readdirSync(join(root, 'test/cases'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(root, 'test/cases', name));
  const samples = readdirSync(join(root, 'samples'))
    .map((name) => join(root, 'samples', name, 'topology.yaml'))
    .filter((path) => existsSync(path));
  return [...cases, ...samples].sort();
}

/** What `groundplan check --format json` says, by the file's path. */
async function checked(paths: readonly string[]): Promise<Map<string, Shown[]>> {
  const names = paths.map((path) => relative(root, path));
  const { code, stdout, stderr } = await groundplan(['check', '--format', 'json', ...names], { folder: root });
  assert.deepEqual([code, stderr], [1, ''], 'the cases have errors');
  const found = new Map<string, Shown[]>(paths.map((path) => [path, []]));
  for (const { file, code: rule, severity, message, range, url, related } of JSON.parse(stdout)) {
    const each = related.map(({ range: at, message: why }: Shown['related'][number]) => ({ range: at, message: why }));
    found.get(join(root, file))?.push({ code: rule, severity, message, range, url, related: each });
  }
  return found;
}

function shown({ code, severity, message, range, codeDescription, relatedInformation }: Diagnostic): Shown {
  return {
    code: String(code),
    severity: severities[(severity ?? 1) - 1] ?? '',
    message: String(message),
    range,
    url: codeDescription?.href ?? '',
    related: (relatedInformation ?? []).map(({ location, message: why }) => ({ range: location.range, message: why })),
  };
}

const abilities = { relatedInformation: true, codeDescriptionSupport: true };

/** What the editor shows, where it asks and where it is told. */
const editors: Readonly<
  Record<string, { capabilities: object; of: (client: LanguageClient, uri: string) => Promise<readonly Diagnostic[]> }>
> = {
  asks: {
    capabilities: { textDocument: { diagnostic: {}, publishDiagnostics: abilities } },
    of: async (client, uri) => {
      const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
        textDocument: { uri },
      });
      assert.equal(report.kind, 'full');
      return report.kind === 'full' ? report.items : [];
    },
  },
  'is told': {
    capabilities: { textDocument: { publishDiagnostics: abilities } },
    of: (client, uri) => client.published(uri),
  },
};

describe('the editor and the command line say the same', () => {
  for (const [name, { capabilities, of }] of Object.entries(editors)) {
    it(`of every case and sample, where the editor ${name}`, async function () {
      this.timeout(120_000);
      const paths = topologies();
      const expected = await checked(paths);
      const client = await connect({ capabilities });
      try {
        for (const path of paths) {
          const uri = uriOf(path);
          client.open(uri, readFileSync(path, 'utf8'));
          const found = await of(client, uri);
          assert.deepEqual(found.map(shown), expected.get(path), relative(root, path));
          client.close(uri);
        }
        assert.equal(await client.stop(), 0);
      } finally {
        await client.server.kill();
      }
      // So that it cannot come to compare nothing with nothing.
      const flawed = [...expected.values()].filter(({ length }) => length > 0);
      assert.ok(paths.length > 450 && flawed.length > 150, `${paths.length} files, ${flawed.length} with diagnostics`);
    });
  }
});
