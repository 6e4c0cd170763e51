import {
  Location as CodeLocation,
  Position as CodePosition,
  Range as CodeRange,
  commands,
  type Disposable,
  Selection,
  Uri,
  window,
} from 'vscode';
import type { Position, Range } from '../../messages/messages.js';
import { clientCommands } from '../server-names.js';

interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** What the lenses, actions and completions of the server do when they are clicked or taken. */
export function serverCommands(): Disposable[] {
  return [
    commands.registerCommand(clientCommands.problems, () => commands.executeCommand('workbench.actions.view.problems')),
    commands.registerCommand(
      clientCommands.references,
      (uri: string, position: Position, locations: readonly Location[]) =>
        commands.executeCommand(
          'editor.action.showReferences',
          Uri.parse(uri),
          codePosition(position),
          locations.map((each) => new CodeLocation(Uri.parse(each.uri), codeRange(each.range))),
        ),
    ),
    commands.registerCommand(clientCommands.select, async (uri: string, range: Range) => {
      const editor = await window.showTextDocument(Uri.parse(uri));
      const { start, end } = codeRange(range);
      editor.selection = new Selection(start, end);
      editor.revealRange(editor.selection);
    }),
    commands.registerCommand(clientCommands.suggest, () => commands.executeCommand('editor.action.triggerSuggest')),
  ];
}

function codePosition({ line, character }: Position): CodePosition {
  return new CodePosition(line, character);
}

function codeRange({ start, end }: Range): CodeRange {
  return new CodeRange(codePosition(start), codePosition(end));
}
