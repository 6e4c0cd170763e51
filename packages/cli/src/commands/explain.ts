import { options } from '../arguments/options.js';
import { command } from '../command.js';
import { Failure } from '../failure.js';
import { codes } from '../report/codes.js';

export const explain = command({
  about: [
    'Explains a diagnostic by its code, or a field of the language by its path, with * or a name where the language has a map of names: type, default, and what a change of it does to a topology that runs.',
  ],
  words: { placeholder: 'CODE|FIELD', atLeast: 1, atMost: 1, completes: codes() },
  options: options({}),
  examples: [
    { command: 'groundplan explain reference/unknown', does: 'what the diagnostic means and how to mend it' },
    { command: 'groundplan explain apps.web.drain', does: 'type, default and constraint of a field' },
  ],
  run: async ({ words }, context) => {
    const word = words[0] ?? '';
    const page = word.includes('/')
      ? (await import('../explain/explain-code.js')).explainCode(word, context.paint)
      : (await import('../explain/explain-field.js')).explainField(word, context.paint);
    if (page === undefined) throw await unknownWord(word);
    context.stdout.write(page);
    return 0;
  },
});

async function unknownWord(word: string): Promise<Failure> {
  const { nearest } = await import('@groundplan/model');
  if (word.includes('/')) {
    const code = nearest(word, codes());
    return new Failure(`there is no diagnostic "${word}"${code === undefined ? '' : `: did you mean ${code}?`}`);
  }
  const { commands } = await import('./index.js');
  if (commands.some(({ name }) => name === word))
    return new Failure(`${word} is a command, which "groundplan ${word} --help" explains`);
  const { fieldPaths, unknownStep } = await import('../explain/explain-field.js');
  const { where, step, candidates } = unknownStep(word);
  const near = nearest(step, candidates);
  const meant =
    near === undefined
      ? fieldPaths().filter((path) => path.endsWith(`.${step}`))
      : [
          [
            ...(where === '' ? [] : [where]),
            near,
            ...word.split('.').slice(where === '' ? 1 : where.split('.').length + 1),
          ].join('.'),
        ];
  const said = where === '' ? `there is no field "${step}"` : `${where} has no field "${step}"`;
  return new Failure(meant.length === 0 ? said : `${said}: did you mean ${meant.slice(0, 3).join(' or ')}?`);
}
