import { commands, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateCommon } from '../common/activate.js';
import { makePlan } from './plan.js';
import { bundledProgram } from './program.js';
import { provideTasks, runFor } from './tasks.js';

export function activate(context: ExtensionContext): void {
  const { extensionUri } = context;
  const { about } = activateCommon(context, {
    createClient: (options) => {
      // What any other editor runs as well: groundplan lsp --stdio.
      const server = { module: bundledProgram(extensionUri), args: ['lsp'], transport: TransportKind.stdio };
      return new LanguageClient('groundplan', 'Groundplan', server, options);
    },
    plan: (topology, output) => makePlan(extensionUri, topology, output),
  });
  // Not VS Code's isWeb: that is also true of a browser whose extensions run on a machine.
  void commands.executeCommand('setContext', 'groundplan.canRun', true);
  context.subscriptions.push(
    ...provideTasks(extensionUri),
    commands.registerCommand(
      'groundplan.build',
      about((topology) => runFor(extensionUri, 'build', topology)),
    ),
  );
}
