import { identityOptions, options, topologyOptions } from '../arguments/options.js';
import { command } from '../command.js';
import { passedOn } from '../environment.js';
import { Failure } from '../failure.js';
import { subjectOf } from '../secrets/subject.js';

export const exec = command({
  about: [
    'Opens the secrets of a topology (see "groundplan keys --help") and runs one command that has them in its environment, as the TF_VAR_… of Terraform: in no file, on no command line, and in no shell. Ends as the command ends, and hands signals on to it.',
    'It refuses to start while a secret is missing that the compiled module asks for, unless the environment has its TF_VAR_… already.',
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 1, completes: 'topology' },
  rest: 'COMMAND…',
  options: options({
    ...identityOptions,
    config: topologyOptions.config,
  }),
  examples: [
    { command: 'groundplan exec -- terraform -chdir=build apply', does: 'with the tokens that it needs' },
    { command: 'groundplan exec -- groundplan plan', does: 'what an apply would do' },
  ],
  run: async ({ values, words, rest }, context) => {
    if (rest.length === 0)
      throw new Failure('exec needs a command after --: groundplan exec -- terraform -chdir=build apply');
    if (words[0] === '-') throw new Failure('standard input belongs to the command: name a file for the topology');
    const subject = await subjectOf(words[0], values.config, context);
    if (subject === undefined) return 1;
    const { secretVariables } = await import('../exec/secret-variables.js');
    const variables = await secretVariables(subject, values.identity, context);
    const { runInPlace } = await import('../exec/run-in-place.js');
    return passedOn(await runInPlace(rest, variables, context));
  },
});
