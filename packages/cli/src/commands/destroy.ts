import { options, topologyOptions } from '../arguments/options.js';
import { command } from '../command.js';
import type { CheckerRecords } from '../destroy/checker-records.js';
import { Failure } from '../failure.js';
import { buildForTool } from '../plan/built.js';
import { toolChoices } from '../plan/find-tool.js';
import { refuseParts } from '../plan/refuse-parts.js';
import { sayRefusals } from '../plan/say-refusals.js';
import { withTool } from '../plan/tool-session.js';
import { plural } from '../report/report.js';
import { isMeant } from '../terminal/ask-name.js';
import { visible } from '../terminal/visible.js';

export const destroy = command({
  about: [
    'Destroys everything that a topology made: servers, volumes with their data, buckets with everything in them, addresses. There is no undo. It says what will be lost, and asks for the name of the topology before anything is done.',
    "Protection is lifted first, with the token in TF_VAR_hcloud_token, so that this is the one command that databases and their volumes do not survive. CORS rules are taken out of Terraform's state and go with their buckets. Records that the checkers on hosts keep at Cloudflare, which Terraform does not know, go last, with the token in TF_VAR_cloudflare_api_token.",
    'When it is interrupted, or something is refused, it can be run again. What stands after -- is given to "terraform plan" and "terraform apply".',
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 1, completes: 'topology' },
  rest: 'terraform args',
  options: options({
    yes: { kind: 'flag', short: 'y', summary: 'do not ask; needed where there is no terminal' },
    tool: {
      kind: 'choice',
      choices: toolChoices,
      fallback: 'auto',
      summary: 'what destroys: auto is the first of terraform and tofu on the PATH',
    },
    out: {
      kind: 'text',
      short: 'o',
      placeholder: 'DIR',
      completes: 'folder',
      summary: 'what was built in DIR instead of build/ beside the file',
    },
    force: { kind: 'flag', summary: 'also replace what was changed by hand, or compiled from another topology' },
    config: topologyOptions.config,
  }),
  examples: [
    { command: 'groundplan destroy', does: 'everything that topology.yaml made, after asking' },
    { command: 'groundplan destroy staging.topology.yaml --yes', does: 'the same without asking, in a pipeline' },
  ],
  run: async ({ values, words, rest }, context) => {
    refuseParts(rest, 'all of the topology is destroyed');
    const { ask } = context;
    if (!values.yes && ask === undefined) {
      throw new Failure('there is no terminal to ask at: add --yes if everything is to be destroyed');
    }
    const built = await buildForTool(words, values, context);
    if (built === undefined) return 1;
    const { made, tool, target } = built;

    const { destroyAll, planDestroy } = await import('../destroy/destroy-all.js');
    const subject = { made, target, args: rest };
    const { changes, errors } = await withTool(tool, target.folder, context, (session) =>
      planDestroy(session, subject, context),
    );
    if (errors.length > 0) return sayRefusals(errors, built, context);
    const { model } = made.analysis;
    const name = model.name.value;
    const { checkerRecords } = await import('../destroy/checker-records.js');
    const records = await checkerRecords(model, context);
    if (changes.length === 0 && records.found.length === 0) {
      context.note(`nothing of ${name} is there`);
      return 0;
    }
    const { lossLines } = await import('../destroy/losses.js');
    const lost = [
      ...(changes.length > 0 ? [plural(changes.length, 'resource')] : []),
      ...(records.found.length > 0 ? [plural(records.found.length, 'DNS record')] : []),
    ].join(' and ');
    const losses = [`this destroys all of ${name}, ${lost}, for good:`, ...lossLines(changes, records.found)];
    const question = { does: 'destroy', name, undone: 'nothing was destroyed' };
    if (!(await isMeant(question, losses, values.yes ? undefined : ask, context))) return 1;

    if (changes.length > 0) {
      const refused = await withTool(tool, target.folder, context, (session) =>
        destroyAll(session, changes, subject, context),
      );
      if (refused.length > 0) {
        const exitCode = await sayRefusals(refused, built, context);
        context.note(`not all of ${name} is gone: mend that, and run it again`);
        return exitCode;
      }
    }
    await removeRecords(records, name);
    context.note(`${name} is gone: ${lost} destroyed`);
    return 0;
  },
});

/**
 * The last step: as long as a checker runs, it would write them again.
 *
 * @throws Failure when some of them stay, with which those are
 */
async function removeRecords({ found, remove }: CheckerRecords, name: string): Promise<void> {
  if (found.length === 0) return;
  const { RecordsStay, recordLine } = await import('../destroy/checker-records.js');
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof RecordsStay)) throw error;
    const left = (error.left ?? found).map((record) => `  ${visible(recordLine(record))}`);
    throw new Failure(
      [
        `all of ${name} is gone but records at Cloudflare (${visible(error.message)}), whose addresses somebody else can get: run it again, or delete them by hand:`,
        ...left,
      ].join('\n'),
    );
  }
}
