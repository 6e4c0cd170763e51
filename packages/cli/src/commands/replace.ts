import type { Host } from '@groundplan/model';
import { options, topologyOptions } from '../arguments/options.js';
import { command } from '../command.js';
import { Failure } from '../failure.js';
import { buildForTool } from '../plan/built.js';
import { toolChoices } from '../plan/find-tool.js';
import { refuseParts } from '../plan/refuse-parts.js';
import { sayRefusals } from '../plan/say-refusals.js';
import { withTool } from '../plan/tool-session.js';
import { reportErrors } from '../report/report-errors.js';
import { isMeant } from '../terminal/ask-name.js';

export const replace = command({
  about: [
    'Replaces one host: its server is destroyed and made anew, under the same name and private address, with the image, the type and the first boot that the topology has now. A volume stays, with its data, and is attached to the new server. It says what happens, in which order, and what users notice, and asks for the name of the host before anything is done.',
    'With --volume the volume is replaced as well, for one that is damaged or full of what nobody can repair: the new server copies the data from the other servers of its cluster. It is refused where no other server has the data, unless --lose-data says that it may be lost; what is left then is the backup.',
    'Protection is lifted first, of what is replaced alone, with the token in TF_VAR_hcloud_token; what is made anew is protected again. It is refused while other changes of the topology are not applied yet, unless --with-pending is given, and when anything else would be lost. When it is interrupted, or something is refused, it can be run again. What stands after -- is given to "terraform plan" and "terraform apply". A FILE after HOST is the topology.',
  ],
  words: { placeholder: 'HOST [FILE]', atLeast: 1, atMost: 2, completes: 'topology' },
  rest: 'terraform args',
  options: options({
    volume: { kind: 'flag', summary: 'also its volume, with the data on it' },
    'lose-data': { kind: 'flag', summary: 'with --volume: although no other server has the data' },
    'with-pending': { kind: 'flag', summary: 'also make what was changed in the topology and is not applied yet' },
    yes: { kind: 'flag', short: 'y', summary: 'do not ask; needed where there is no terminal' },
    tool: {
      kind: 'choice',
      choices: toolChoices,
      fallback: 'auto',
      summary: 'what replaces: auto is the first of terraform and tofu on the PATH',
    },
    out: {
      kind: 'text',
      short: 'o',
      placeholder: 'DIR',
      completes: 'folder',
      summary: 'build into DIR instead of build/ beside the file',
    },
    force: { kind: 'flag', summary: 'also replace what was changed by hand, or compiled from another topology' },
    config: topologyOptions.config,
  }),
  examples: [
    {
      command: 'groundplan exec -- groundplan replace shop-fsn1-db-main-2',
      does: 'a new server on the old volume, after asking',
    },
    {
      command: 'groundplan exec -- groundplan replace shop-fsn1-db-main-2 --volume',
      does: 'with an empty volume, filled from the other servers',
    },
  ],
  run: async ({ values, words, rest }, context) => {
    const [wanted = '', file] = words;
    refuseParts(rest, 'one host is replaced, and what depends on it');
    if (values['lose-data'] && !values.volume)
      throw new Failure('--lose-data is for --volume: a volume stays otherwise');
    const ask = values.yes ? undefined : context.ask;
    if (!values.yes && ask === undefined)
      throw new Failure('there is no terminal to ask at: add --yes if the host is to be replaced');
    const built = await buildForTool(file === undefined ? [] : [file], values, context);
    if (built === undefined) return 1;
    const { made, tool, target, surroundings, compilation } = built;
    const { model } = made.analysis;
    const { namedHost } = await import('../replace/named-host.js');
    const host = namedHost(model, wanted);
    if (values.volume && host.volume === undefined) throw new Failure(`${host.name} has no volume`);

    const { planReplacement, replaceHost } = await import('../replace/replace-host.js');
    const replacement = { built, host, volume: values.volume, withPending: values['with-pending'], args: rest };
    const { changes, errors } = await withTool(tool, target.folder, context, (session) =>
      planReplacement(session, replacement, context),
    );
    if (errors.length > 0) return sayRefusals(errors, built, context);
    // A server that cannot be had any more is better kept.
    const { judgeToday } = await import('../plan/judge.js');
    const diagnostics = await judgeToday(made, changes, surroundings.catalog, context);
    if (await reportErrors([{ ...compilation.reports[0], diagnostics }], context)) return 1;
    const { copiesOf } = await import('../replace/copies.js');
    const copies = copiesOf(host, model, changes);
    if (values.volume && copies.length === 0 && !values['lose-data']) throw new Failure(onlyCopy(host));

    const { stepLines } = await import('../replace/steps.js');
    const lines = [
      ...stepLines(host, model, changes, copies),
      ...(values.volume && copies.length === 0 ? [`  no other server has the data: ${restOf(host)}`] : []),
    ];
    const question = { does: 'replace', name: host.name, undone: 'nothing was replaced' };
    if (!(await isMeant(question, lines, ask, context))) return 1;
    const refused = await withTool(tool, target.folder, context, (session) =>
      replaceHost(session, changes, replacement, context),
    );
    if (refused.length > 0) {
      const exitCode = await sayRefusals(refused, built, context);
      context.note(`${host.name} is not replaced, or not wholly: mend that, and run it again`);
      return exitCode;
    }
    context.note(`${host.name} is replaced`);
    return 0;
  },
});

function onlyCopy(host: Host): string {
  return `no other server has the data on the volume of ${host.name}: ${restOf(host)}. Leave out --volume to keep it; or, if it may be lost, add --lose-data`;
}

/** What is left when the data is lost. */
function restOf({ entity }: Host): string {
  if (entity?.kind !== 'database' && entity?.kind !== 'storage') return 'nothing is left of it';
  const to = entity.backup?.to;
  const backup =
    to === undefined ? 'nothing is left of it' : `what is left of it is the backup in ${to.kind}.${to.name}`;
  return `${backup}, which you restore by hand (RUNBOOK.md)`;
}
