import { resolve } from 'node:path';
import {
  type Drawing,
  type DrawOptions,
  describeEffect,
  drawTopology,
  fail,
  failableThings,
  toJson,
  toMermaid,
} from '@groundplan/diagram';
import { costOf, type Model, nearest } from '@groundplan/model';
import { options, topologyOptions } from '../arguments/options.js';
import { command } from '../command.js';
import { Failure } from '../failure.js';
import { putFile } from '../output/put-file.js';
import { reportErrors } from '../report/report-errors.js';
import { singleInput } from '../topology/inputs.js';
import { lookAt } from '../topology/look.js';
import { shownName } from '../topology/paths.js';
import { surroundingsFinder } from '../topology/surroundings.js';

const formats = ['svg', 'png', 'mermaid', 'json'] as const;

export const graph = command({
  about: [
    'Draws a topology: regions, tiers, what sends requests to what, and where data and backups go. The SVG is the one that the editor shows, byte for byte.',
    'With --fail it shows what goes dark, what is degraded and what carries on when things fail at the same time, and tells why and how long on standard error. IDs are those of --format json, such as region.helsinki or host.helsinki_app_web_1.',
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 1, completes: 'topology' },
  options: options({
    format: { kind: 'choice', choices: formats, fallback: 'svg', summary: 'what to write' },
    output: {
      kind: 'text',
      short: 'o',
      placeholder: 'FILE',
      completes: 'file',
      summary: 'write to this file instead of standard output',
    },
    fail: { kind: 'list', placeholder: 'ID', summary: 'show what happens when these fail' },
    expand: { kind: 'list', placeholder: 'ID', summary: 'show these stacks server by server; all for every one' },
    theme: {
      kind: 'choice',
      choices: ['auto', 'light', 'dark', 'contrast'],
      fallback: 'auto',
      summary: 'colours: auto follows the reader in SVG, and is light in PNG',
    },
    scale: { kind: 'count', placeholder: 'N', summary: 'how many times as large a PNG is, 2 unless said' },
    config: topologyOptions.config,
  }),
  examples: [
    { command: 'groundplan graph -o topology.svg', does: 'the picture of topology.yaml' },
    { command: 'groundplan graph --format png --theme dark -o topology.png', does: 'for a page that shows no SVG' },
    { command: 'groundplan graph --fail region.helsinki -o outage.svg', does: 'what is left without a region' },
    { command: 'groundplan graph --format mermaid', does: 'for a README' },
  ],
  run: async ({ values, words }, context) => {
    const { format, output, theme, scale = 2 } = values;
    if (scale < 1 || scale > 16) throw new Failure('--scale takes a number from 1 to 16');
    refuseOtherEnding(output, format);
    if (format === 'png' && output === undefined && context.stdout.isTerminal)
      throw new Failure('a terminal shows no PNG: write it to a file with -o');
    const input = await singleInput(words, context.folder);
    const surroundings = await surroundingsFinder(context.folder, values.config)(input.folder);
    const { configReport } = surroundings;
    const { analysis, report, catalog } = await lookAt(input, surroundings, context);
    const hasErrors = await reportErrors([report, ...(configReport === undefined ? [] : [configReport])], context);
    if (analysis === undefined || hasErrors) return 1;
    const { model } = analysis;
    const drawOptions: DrawOptions = {
      problems: report.diagnostics,
      cost: costOf(model, catalog),
      expanded: stacksOf(model, values.expand),
      ...(values.fail.length === 0 ? {} : { effect: effectOf(model, values.fail) }),
    };
    const made = await make(model, format, drawOptions, theme, scale);
    if (drawOptions.effect !== undefined) for (const line of describeEffect(drawOptions.effect)) context.note(line);
    if (output === undefined) context.stdout.write(made);
    else await putFile(resolve(context.folder, output), shownName(output, context.folder), made);
    return 0;
  },
});

async function make(
  model: Model,
  format: (typeof formats)[number],
  drawOptions: DrawOptions,
  theme: 'auto' | 'light' | 'dark' | 'contrast',
  scale: number,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'svg':
      return draw(model, drawOptions, theme === 'auto' ? 'css' : theme).svg;
    case 'png': {
      const { renderPng } = await import('../graph/png.js');
      return renderPng(draw(model, drawOptions, theme === 'auto' ? 'light' : theme).svg, scale);
    }
    case 'mermaid':
      return toMermaid(model, drawOptions);
    case 'json':
      return toJson(model, drawOptions);
  }
}

function draw(model: Model, drawOptions: DrawOptions, theme: NonNullable<DrawOptions['theme']>): Drawing {
  return drawTopology(model, { ...drawOptions, theme });
}

/** A file that is called .png and holds SVG helps nobody. */
function refuseOtherEnding(output: string | undefined, format: string): void {
  const ending = /\.(svg|png|json)$/i.exec(output ?? '')?.[1]?.toLowerCase();
  if (ending !== undefined && ending !== format)
    throw new Failure(`${output} would hold ${format}: say --format ${ending}, or give it another name`);
}

function effectOf(model: Model, ids: readonly string[]) {
  const effect = fail(model, ids);
  const [unknown] = effect.unknown;
  if (unknown !== undefined)
    throw unknownId(
      'fail',
      unknown,
      failableThings(model).map(({ id }) => id),
    );
  return effect;
}

/** The stacks to open: `all` for every one. */
function stacksOf(model: Model, ids: readonly string[]): ReadonlySet<string> {
  if (ids.length === 0) return new Set();
  const stacks = drawTopology(model)
    .nodes.filter(({ expandable }) => expandable)
    .map(({ id }) => id);
  if (ids.includes('all')) return new Set(stacks);
  const unknown = ids.find((id) => !stacks.includes(id));
  if (unknown !== undefined) throw unknownId('expand', unknown, stacks);
  return new Set(ids);
}

function unknownId(option: string, id: string, known: readonly string[]): Failure {
  const close = nearest(id, known);
  const hint = close === undefined ? 'see --format json for the ids' : `did you mean ${close}?`;
  return new Failure(`--${option}: nothing here that can ${option} is called "${id}": ${hint}`);
}
