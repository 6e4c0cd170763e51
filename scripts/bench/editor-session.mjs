import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initializeParams, startServer } from './lsp-client.mjs';

/** Milliseconds to let a server finish what it does after its start, before anything is measured. */
const settling = 1500;
const quiet = 300;
const warmUp = 5;

/**
 * One server at work on one text: a person changes the type of a server to one that does not exist and back, and asks what could
 * stand there and what stands there.
 *
 * @param {{ args: string[], settings: (section: string | undefined) => unknown, wrongType: string }} server `wrongType` is what
 *   the server calls wrong
 * @param {string} folder holds nothing else
 * @param {string} text of a topology
 * @param {number} rounds of edits
 * @returns milliseconds of each edit, completion and hover, of the first diagnostics since the start of the process, and its
 *   memory in kB of RSS
 */
export async function editorSession(server, folder, text, rounds) {
  const uri = `file://${join(folder, 'topology.yaml')}`;
  const began = performance.now();
  const client = startServer(server.args, folder, server.settings);
  try {
    await client.request('initialize', initializeParams(folder));
    client.notify('initialized', {});
    const opened = client.diagnostics((params) => params.uri === uri);
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'topology', version: 1, text } });
    await opened;
    const first = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, settling));

    const place = placeOfType(text);
    let version = 1;
    let length = place.length;
    const change = (word) => {
      const start = { line: place.line, character: place.character };
      const end = { line: place.line, character: place.character + length };
      length = word.length;
      version += 1;
      client.notify('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range: { start, end }, text: word }],
      });
    };
    const edits = [];
    const completions = [];
    const hovers = [];
    const isWrongNow = (wanted) =>
      client.diagnostics(
        ({ uri: of, diagnostics }) =>
          of === uri && diagnostics.some(({ range }) => range.start.line === place.line) === wanted,
      );
    const timed = async (list, round, work) => {
      const begin = performance.now();
      await work();
      if (round >= 0) list.push(performance.now() - begin);
    };
    const at = (character) => ({ textDocument: { uri }, position: { line: place.line, character } });
    for (let round = -warmUp; round < rounds; round++) {
      for (const word of [server.wrongType, 'cx33']) {
        const published = isWrongNow(word === server.wrongType);
        await timed(edits, round, async () => {
          change(word);
          await published;
        });
      }
      // As after a keystroke: the text has just changed when the question comes.
      const published = client.diagnostics();
      change('cx3');
      await timed(completions, round, () => client.request('textDocument/completion', at(place.character + 3)));
      await timed(hovers, round, () => client.request('textDocument/hover', at(place.character - 3)));
      change('cx33');
      await Promise.race([published, new Promise((resolve) => setTimeout(resolve, 2 * quiet))]);
      // What a debounce still holds back must not be taken for the answer to the next edit.
      await new Promise((resolve) => setTimeout(resolve, quiet));
    }
    // A server that gives memory back does so when nothing is asked of it.
    await new Promise((resolve) => setTimeout(resolve, 2 * settling));
    return { edits, completions, hovers, first, memory: residentMemory(client.pid) };
  } finally {
    await client.stop();
  }
}

/** Where the first `type: cx33` of a text has its value. */
export function placeOfType(text) {
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes('type: cx33'));
  const character = (lines[line]?.indexOf('type: cx33') ?? 0) + 'type: '.length;
  return { line, character, length: 4 };
}

/** kB of RSS of a process. */
function residentMemory(pid) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
