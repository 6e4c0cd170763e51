import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { npmTool } from '../npm-tool.mjs';
import { root } from '../run.mjs';
import { editorSession } from './editor-session.mjs';
import { megabytes, milliseconds, percentile } from './processes.mjs';
import { longTopology } from './topologies.mjs';

/** The last version of the peer that runs on Node 20. */
const peerVersion = '1.25.0';
const rounds = 60;

export const bundledServer = [join(root, 'packages', 'cli', 'dist', 'bundle', 'main.js'), 'lsp', '--stdio'];

/** The language server beside yaml-language-server with the same schema: the same text, edits, questions and client. */
export async function measureServer() {
  // Not in the repository: the peer gives no schema to what lies below a folder whose name begins with a dot.
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-bench-'));
  try {
    return await measureIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureIn(folder) {
  const peerProgram = join(await npmTool('yaml-language-server', peerVersion), 'bin', 'yaml-language-server');
  const schema = pathToFileURL(join(root, 'schemas', 'topology.v1.schema.json')).href;
  const ours = { args: bundledServer, settings: () => null, wrongType: 'cx3x' };
  const peer = {
    args: [peerProgram, '--stdio'],
    settings: (section) =>
      section === 'yaml'
        ? { validate: true, hover: true, completion: true, schemaStore: { enable: false }, schemas: { [schema]: '*' } }
        : {},
    // What the schema alone can tell: a type is a word.
    wrongType: '[]',
  };
  const rows = [];
  for (const lines of [930, 4500]) {
    const text = longTopology(lines);
    const shown = `${text.split('\n').length} lines`;
    const workspace = join(folder, `editor-${lines}`);
    mkdirSync(workspace, { recursive: true });
    const mine = await editorSession(ours, workspace, text, rounds);
    const theirs = await editorSession(peer, workspace, text, rounds);
    const row = (what, own, other, target) => ({
      what: `${what}, ${shown}`,
      ours: `${milliseconds(percentile(own, 0.5))} / ${milliseconds(percentile(own, 0.95))}`,
      peer: `${milliseconds(percentile(other, 0.5))} / ${milliseconds(percentile(other, 0.95))}`,
      ratio: percentile(own, 0.95) / percentile(other, 0.95),
      target,
    });
    rows.push(row('change → diagnostics, p50 / p95', mine.edits, theirs.edits, 0.1));
    rows.push(row('completion, p50 / p95', mine.completions, theirs.completions, 0.1));
    rows.push(row('hover, p50 / p95', mine.hovers, theirs.hovers, 1));
    if (lines !== 930) continue;
    const [memory, other] = [mine.memory, theirs.memory];
    rows.push({
      what: `memory at rest, ${shown}`,
      ours: megabytes(memory),
      peer: megabytes(other),
      ratio: memory / other,
      target: 0.5,
    });
    rows.push({
      what: 'start → first diagnostics',
      ours: milliseconds(mine.first),
      peer: milliseconds(theirs.first),
      ratio: mine.first / theirs.first,
      target: undefined,
    });
  }
  return rows;
}
