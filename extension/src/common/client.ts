import { commands, type LogOutputChannel, window } from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  ErrorAction,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from 'vscode-languageclient';
import { serveFiles } from './client-files.js';
import { crashPolicy } from './crashes.js';
import type { Platform } from './platform.js';

export const languageId = 'topology';
const configFile = 'groundplan.config.yaml';

/** A client that is not started yet. */
export function createClient(platform: Platform, output: LogOutputChannel): BaseLanguageClient {
  const onCrash = crashPolicy(Date.now);
  const options: LanguageClientOptions = {
    // The configuration stays what it is to VS Code: YAML, or whatever else it is called there.
    documentSelector: [{ language: languageId }, { pattern: `**/${configFile}` }],
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: { commands: true, files: true },
    errorHandler: {
      error: (error) => {
        output.error(error);
        return { action: ErrorAction.Continue, handled: true };
      },
      closed: () => {
        const { restart, message } = onCrash();
        if (message !== undefined) void report(message, restart);
        return { action: restart ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
      },
    },
  };
  const client = platform.createClient(options);
  serveFiles(client);
  return client;
}

async function report(message: string, restarted: boolean): Promise<void> {
  const showOutput = 'Show Output';
  const restart = 'Restart';
  const choice = restarted
    ? await window.showWarningMessage(message, showOutput)
    : await window.showErrorMessage(message, restart, showOutput);
  if (choice === showOutput) await commands.executeCommand('groundplan.showOutput');
  if (choice === restart) await commands.executeCommand('groundplan.restartServer');
}
