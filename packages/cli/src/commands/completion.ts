import { options } from '../arguments/options.js';
import { command } from '../command.js';
import { Failure } from '../failure.js';

const shells = ['bash', 'zsh', 'fish'] as const;

export const completion = command({
  about: ['Writes a script for a shell, which then completes commands, options, topologies and codes of diagnostics.'],
  words: { placeholder: shells.join('|'), atLeast: 1, atMost: 1, completes: shells },
  options: options({}),
  examples: [
    { command: 'source <(groundplan completion bash)', does: 'in ~/.bashrc' },
    { command: 'groundplan completion zsh > "${fpath[1]}/_groundplan"', does: 'once; zsh finds it when it starts' },
    { command: 'groundplan completion fish > ~/.config/fish/completions/groundplan.fish', does: 'once' },
  ],
  run: async ({ words }, context) => {
    const [word] = words;
    const shell = shells.find((each) => each === word);
    if (shell === undefined)
      throw new Failure(`there is no completion for "${word}": it takes one of ${shells.join(', ')}`);
    const { describeCommands } = await import('../completion/described.js');
    const { commands } = await import('./index.js');
    const described = await describeCommands(commands);
    switch (shell) {
      case 'bash':
        context.stdout.write((await import('../completion/bash.js')).bashScript(described));
        break;
      case 'zsh':
        context.stdout.write((await import('../completion/zsh.js')).zshScript(described));
        break;
      case 'fish':
        context.stdout.write((await import('../completion/fish.js')).fishScript(described));
        break;
    }
    return 0;
  },
});
