import { codeLenses, type LensCommand } from '@groundplan/ide';
import type { CodeLens, CodeLensParams, Command } from 'vscode-languageserver';
import type { Checked } from '../analyses.js';
import { clientCommands } from '../protocol.js';
import { locationIn, rangeIn } from '../translate.js';
import type { Feature } from './index.js';

export const codeLensFeature: Feature = ({ connection, answers, client, settings }) => {
  connection.onCodeLens(
    answers.about<CodeLensParams, CodeLens[]>([], async (checked) => {
      if (!(await settings.of(checked.uri)).codeLenses) return [];
      return codeLenses(checked.snapshot).map(({ span, title, command }) => ({
        range: rangeIn(checked, span),
        command: {
          title,
          // An empty command is shown, and does nothing.
          ...(client.commands ? commandOf(checked, span.start, command) : { command: '' }),
        },
      }));
    }),
  );
  return { codeLensProvider: {} };
};

function commandOf(checked: Checked, start: number, command: LensCommand): Omit<Command, 'title'> {
  const { uri } = checked;
  switch (command.kind) {
    case 'preview':
      return { command: clientCommands.preview, arguments: [uri] };
    case 'problems':
      return { command: clientCommands.problems, arguments: [uri] };
    case 'references': {
      const locations = command.spans.map((span) => locationIn(checked, span));
      const { start: position } = rangeIn(checked, { start, end: start });
      return { command: clientCommands.references, arguments: [uri, position, locations] };
    }
    case 'none':
      return { command: '' };
  }
}
