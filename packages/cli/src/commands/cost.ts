import { analyse, type Cost, costOf } from '@groundplan/model';
import { options, topologyOptions } from '../arguments/options.js';
import { command } from '../command.js';
import { costDifferenceText, costText } from '../cost/cost-text.js';
import { repricedServers } from '../cost/repriced.js';
import { tiersOf } from '../cost/tiers.js';
import { Failure } from '../failure.js';
import { reportErrors } from '../report/report-errors.js';
import { readAgainst } from '../topology/against.js';
import { singleInput } from '../topology/inputs.js';
import { lookAt } from '../topology/look.js';
import { surroundingsFinder } from '../topology/surroundings.js';

export const cost = command({
  about: [
    'Shows what a topology costs a month, by the dated catalogue: per entity, region and tier, net, without traffic beyond what servers include. A price that is not known is said to be unknown and never counted as zero.',
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
    const { configReport } = surroundings;
    const { analysis, report, catalog } = await lookAt(input, surroundings, context);
    const hasErrors = await reportErrors([report, ...(configReport === undefined ? [] : [configReport])], context);
    if (analysis === undefined || hasErrors) return 1;
    const { model } = analysis;
    const name = model.name.value;
    const after = costOf(model, catalog);
    const show = (json: object, text: string) => {
      const facts = { topology: name, currency: catalog.currency, ...json };
      context.stdout.write(values.format === 'json' ? `${JSON.stringify(facts, null, 2)}\n` : text);
    };
    if (values.against === undefined) {
      show(withTiers(after), costText(name, after, context.paint));
    } else {
      const other = analyse(await readAgainst(values.against, input, context.folder), { catalog });
      const error = other.diagnostics.find(({ severity }) => severity === 'error');
      if (error !== undefined)
        throw new Failure(`${values.against}: this has errors, so that it has no cost: ${error.message}`);
      const before = costOf(other.model, catalog);
      const repriced = repricedServers(other.model, model);
      const text = costDifferenceText(name, { before, after, repriced }, context.paint);
      show({ before: withTiers(before), after: withTiers(after), repriced }, text);
    }
    return 0;
  },
});

function withTiers(cost: Cost): object {
  return { ...cost, tiers: tiersOf(cost).map(({ tier, sum }) => ({ tier, sum })) };
}
