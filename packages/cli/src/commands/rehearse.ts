import { options, topologyOptions } from '../arguments/options.js';
import { command } from '../command.js';
import { Failure } from '../failure.js';
import { findTool, toolChoices } from '../plan/find-tool.js';
import { reportErrors } from '../report/report-errors.js';
import { singleInput } from '../topology/inputs.js';
import { lookAt } from '../topology/look.js';
import { surroundingsFinder } from '../topology/surroundings.js';

export const rehearse = command({
  about: [
    "Makes a topology on this machine: Terraform or OpenTofu applies what it compiles to, with the real provider, to an API that is like Hetzner's and starts every server as a real Debian host. While users make requests it lets things fail, one after the other, and holds what users see against what is promised. Everything is removed at the end, also after Ctrl-C.",
    "It needs root on Linux, and names what else is missing. Secrets are made for it; the ones of the topology are not opened. Hosts see nothing of this machine's networks, nor of the internet.",
    'An app that takes POST /writes/ID, and tells at GET /writes as text/plain what it has, a line for each ID in order, is held to what it acknowledged. Of others requests to the health path are made.',
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 1, completes: 'topology' },
  options: options({
    scenario: { kind: 'list', short: 's', placeholder: 'NAME', summary: 'only these; all that can happen by default' },
    list: { kind: 'flag', summary: 'show the scenarios that can happen to the topology, and end' },
    report: {
      kind: 'text',
      placeholder: 'DIR',
      completes: 'folder',
      summary: 'write index.html, report.json and junit.xml to DIR',
    },
    keep: { kind: 'flag', summary: 'leave the hosts running at the end, until Ctrl-C' },
    tool: {
      kind: 'choice',
      choices: toolChoices,
      fallback: 'auto',
      summary: 'what applies: auto is the first of terraform and tofu on the PATH',
    },
    config: topologyOptions.config,
  }),
  examples: [
    { command: 'groundplan rehearse --list', does: 'what can happen to topology.yaml' },
    { command: 'groundplan rehearse --report rehearsal', does: 'all of it, with a page that shows it' },
    { command: 'groundplan rehearse -s database-primary-power-loss', does: 'one failover' },
    { command: 'groundplan rehearse -s nothing --keep', does: 'only make it, and leave it to look around in' },
  ],
  run: async ({ values, words }, context) => {
    const input = await singleInput(words, context.folder);
    const surroundings = await surroundingsFinder(context.folder, values.config)(input.folder);
    const { report, analysis } = await lookAt(input, surroundings, context);
    const { configReport } = surroundings;
    const reports = configReport === undefined ? [report] : [report, configReport];
    if ((await reportErrors(reports, context)) || analysis === undefined) return 1;
    const { model } = analysis;
    const { chooseScenarios } = await import('../rehearse/choose-scenarios.js');
    const chosen = await chooseScenarios(model, values.scenario);
    if (values.list) {
      const { scenarioTable } = await import('../rehearse/scenario-table.js');
      context.stdout.write(scenarioTable(chosen));
      return 0;
    }
    const { whatIsMissing } = await import('../rehearse/what-is-missing.js');
    const missing = await whatIsMissing(model, input.file, context);
    if (missing.kind === 'missing') {
      for (const line of missing.lines) context.complain(line);
      return 2;
    }
    const tool = await findTool(values.tool, context.variables);
    // All of it is loaded now: a program that is replaced by another version meanwhile would not find the rest of itself.
    const { runRehearsal } = await import('../rehearse/run-rehearsal.js');
    const { putReport } = await import('../rehearse/put-report.js');
    const { isKept, renderText } = await import('@groundplan/rehearsal');
    const result = await runRehearsal(
      { input, surroundings, model, tool, objectStorage: missing.objectStorage, scenarios: chosen, keep: values.keep },
      context,
    );
    context.stdout.write(renderText(result));
    if (values.report !== undefined) await putReport(result, values.report, context);
    if (result.results.some(({ outcome }) => outcome === 'broken'))
      throw new Failure('not everything could be carried out');
    return isKept(result) ? 0 : 1;
  },
});
