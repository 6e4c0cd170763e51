import { Uri, workspace } from 'vscode';

/** How the `groundplan` program is called. */
export interface Program {
  readonly command: string;
  /** What comes before the arguments of a call. */
  readonly first: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The program that the settings name, or the one that comes with the extension. */
export function groundplan(extension: Uri, scope: Uri | undefined): Program {
  const named = workspace.getConfiguration('groundplan', scope).get<string>('path', '').trim();
  return programAt(named === '' ? bundledProgram(extension) : named);
}

/** The script of the program that comes with the extension. */
export function bundledProgram(extension: Uri): string {
  return Uri.joinPath(extension, 'dist', 'cli', 'main.js').fsPath;
}

/** A script is run by the editor's own Node, so that none has to be installed. */
function programAt(path: string): Program {
  if (!/\.[cm]?js$/.test(path)) return { command: path, first: [], env: {} };
  return { command: process.execPath, first: [path], env: { ELECTRON_RUN_AS_NODE: '1' } };
}
