import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../run.mjs';
import { bundledServer } from './editor.mjs';
import { placeOfType } from './editor-session.mjs';
import { initializeParams, startServer } from './lsp-client.mjs';
import { longTopology } from './topologies.mjs';

const edits = 10_000;
/**
 * Until then V8 goes on compiling what turns out to be used often, and what it compiles lies on the same heap: 1.3 MB between the 500th
 * and the 5,000th edit, in which two heap snapshots differ by nothing but code.
 */
const warmUps = 5_000;
/** Between two rounds of questions. */
const questionsEvery = 50;

/**
 * The heap of the language server after a collection, at first and after many edits. Every other edit writes a word that was never there
 * before, and is taken back by the next one; now and then there is a completion, a hover and a picture.
 */
export async function measureGrowth(folder) {
  const workspace = join(folder, 'growth');
  mkdirSync(workspace, { recursive: true });
  const heapFile = join(folder, 'heap');
  process.env.GROUNDPLAN_HEAP_FILE = heapFile;
  const probe = pathToFileURL(join(root, 'scripts', 'bench', 'heap-probe.mjs')).href;
  const client = startServer(['--expose-gc', '--import', probe, ...bundledServer], workspace, () => null);
  try {
    await client.request('initialize', initializeParams(workspace));
    client.notify('initialized', {});
    const uri = `file://${join(workspace, 'topology.yaml')}`;
    const text = longTopology(930);
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'topology', version: 1, text } });
    const place = placeOfType(text);
    let version = 1;
    let length = place.length;
    const at = { textDocument: { uri }, position: { line: place.line, character: place.character + 2 } };
    const ask = async () => {
      await client.request('textDocument/completion', at);
      await client.request('textDocument/hover', at);
      await client.request('groundplan/diagram', { textDocument: { uri } });
    };
    const edit = async (count) => {
      for (let each = 0; each < count; each++) {
        version += 1;
        const word = each % 2 === 0 ? `cx${version}x` : 'cx33';
        const published = client.diagnostics((params) => params.version === version);
        client.notify('textDocument/didChange', {
          textDocument: { uri, version },
          contentChanges: [
            {
              range: {
                start: { line: place.line, character: place.character },
                end: { line: place.line, character: place.character + length },
              },
              text: word,
            },
          ],
        });
        length = word.length;
        await published;
        if (each % questionsEvery === questionsEvery - 1) await ask();
      }
    };
    const heap = async () => {
      rmSync(heapFile, { force: true });
      client.signal('SIGUSR2');
      for (let wait = 0; wait < 200 && !existsSync(heapFile); wait++) await new Promise((done) => setTimeout(done, 50));
      await new Promise((done) => setTimeout(done, 50));
      return Number(readFileSync(heapFile, 'utf8'));
    };
    await edit(warmUps);
    const before = await heap();
    await edit(edits);
    const after = await heap();
    const shown = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
    return [
      {
        what: `heap after ${edits.toLocaleString('en')} edits`,
        ours: shown(after),
        peer: `${shown(before)} before`,
        ratio: after / before,
        target: 1.05,
      },
    ];
  } finally {
    await client.stop();
  }
}
