import { analyse, costOf } from '@groundplan/model';
import { options, topologyOptions } from '../arguments/options.js';
import { command } from '../command.js';
import { costDifferenceText, costText } from '../cost/cost-text.js';
import { repricedServers } from '../cost/repriced.js';
import { reportErrors } from '../report/report-errors.js';
import { readAgainst } from '../topology/against.js';
import { singleInput } from '../topology/inputs.js';
import { lookAt } from '../topology/look.js';
import { surroundingsFinder } from '../topology/surroundings.js';

export const cost = command({
  about: [
    'Shows what a topology costs a month, by the dated catalogue: per entity and region, net, without traffic beyond what servers include. A price that is not known is said to be unknown and never counted as zero.',
    'With --against it shows what changes against another version: a file, a folder, or a Git revision of the same file.',
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 1, completes: 'topology' },
  options: options({
    format: { kind: 'choice', choices: ['text', 'json'], fallback: 'text', summary: 'how to say it' },
    against: {
      kind: 'text',
      placeholder: 'REF|FILE',
      completes: 'file',
      summary: 'show the difference to this version',
    },
    config: topologyOptions.config,
  }),
  examples: [
    { command: 'groundplan cost', does: 'what topology.yaml costs a month' },
    { command: 'groundplan cost --against main', does: 'what this branch changes of it' },
    { command: 'groundplan cost --format json', does: 'for other programs' },
  ],
  run: async ({ values, words }, context) => {
    const input = await singleInput(words, context.folder);
    const surroundings = await surroundingsFinder(context.folder, values.config)(input.folder);
    const { analysis, report, catalog } = await lookAt(input, surroundings, context);
    if (analysis === undefined || (await reportErrors([report], context))) return 1;
    const { model } = analysis;
    const now = costOf(model, catalog);
    if (values.against === undefined) {
      const json = { topology: model.name.value, currency: catalog.currency, ...now };
      context.stdout.write(values.format === 'json' ? asJson(json) : costText(model.name.value, now, context.paint));
      return 0;
    }
    const other = analyse(await readAgainst(values.against, input, context.folder), {
      catalog,
      config: surroundings.config,
    });
    const before = costOf(other.model, catalog);
    const repriced = repricedServers(other.model, model);
    context.stdout.write(
      values.format === 'json'
        ? asJson({ topology: model.name.value, currency: catalog.currency, before, after: now, repriced })
        : costDifferenceText(before, now, context.paint),
    );
    if (values.format === 'text') for (const line of repriced) context.note(line);
    return 0;
  },
});

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
