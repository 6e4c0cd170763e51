import { dirname } from 'node:path';
import {
  commands,
  type Disposable,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  tasks,
  type Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import { groundplan } from './program.js';

export type Verb = 'check' | 'build' | 'plan';

interface Definition extends TaskDefinition {
  readonly type: 'groundplan';
  readonly command: Verb;
  readonly file?: string;
  readonly args?: readonly string[];
}

const verbs: readonly string[] = ['check', 'build', 'plan'] satisfies Verb[];

/** Tasks for every topology of the workspace, and the commands that run them. */
export function provideTasks(extension: Uri): Disposable[] {
  return [
    tasks.registerTaskProvider('groundplan', {
      provideTasks: () => allTasks(extension),
      resolveTask: (task) => {
        const { command, file, args } = task.definition;
        if (!isVerb(command)) return undefined;
        const folder = typeof task.scope === 'object' ? task.scope : workspace.workspaceFolders?.[0];
        const definition: Definition = {
          ...task.definition,
          type: 'groundplan',
          command,
          ...(typeof file === 'string' ? { file } : {}),
          ...(Array.isArray(args) ? { args: args.map(String) } : {}),
        };
        return taskOf(extension, folder, definition);
      },
    }),
    commands.registerCommand('groundplan.check', () => {
      if (!workspace.isTrusted) return refuseUntrusted('check');
      const folder = workspace.workspaceFolders?.[0];
      return tasks.executeTask(taskOf(extension, folder, { type: 'groundplan', command: 'check' }));
    }),
  ];
}

/** Builds or plans one topology in a terminal, after writing it to the disk. */
export async function runFor(
  extension: Uri,
  command: Verb,
  topology: Uri,
  args: readonly string[] = [],
): Promise<number | undefined> {
  if (!workspace.isTrusted) {
    await refuseUntrusted(command);
    return undefined;
  }
  if (topology.scheme !== 'file') {
    void window.showErrorMessage(`Only a topology on a disk can be ${command === 'plan' ? 'planned' : 'built'}.`);
    return undefined;
  }
  const document = workspace.textDocuments.find(({ uri }) => uri.toString() === topology.toString());
  if (document?.isDirty === true && !(await document.save())) return undefined;
  const folder = workspace.getWorkspaceFolder(topology);
  const file = folder === undefined ? topology.fsPath : workspace.asRelativePath(topology, false);
  const definition: Definition = { type: 'groundplan', command, file };
  const task = taskOf(extension, folder, definition);
  // The arguments do not belong to the definition: another one each time would open another terminal each time.
  task.execution = executionOf(extension, folder?.uri ?? topology, { ...definition, args });
  const execution = await tasks.executeTask(task);
  return new Promise((resolve) => {
    const listener = tasks.onDidEndTaskProcess((ended) => {
      if (ended.execution !== execution) return;
      listener.dispose();
      resolve(ended.exitCode);
    });
  });
}

/** Why nothing is run, and where that can be changed. */
async function refuseUntrusted(command: Verb): Promise<void> {
  const what = { check: 'Checking all topologies', build: 'Building', plan: 'Planning' }[command];
  const manage = 'Manage Workspace Trust';
  const choice = await window.showWarningMessage(
    `${what} runs programs with the files of this folder, which VS Code does only in folders that you trust. Editing, checks as you type and the preview work without.`,
    manage,
  );
  if (choice === manage) await commands.executeCommand('workbench.trust.manage');
}

async function allTasks(extension: Uri): Promise<Task[]> {
  const files = await workspace.findFiles('**/{topology.yaml,*.topology.yaml}', '**/node_modules/**', 200);
  const folders = workspace.workspaceFolders ?? [];
  return [
    ...folders.map((folder) => taskOf(extension, folder, { type: 'groundplan', command: 'check' })),
    ...files
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .flatMap((uri) => {
        const file = workspace.asRelativePath(uri, false);
        const folder = workspace.getWorkspaceFolder(uri);
        return (['build', 'plan'] as const).map((command) =>
          taskOf(extension, folder, { type: 'groundplan', command, file }),
        );
      }),
  ];
}

function taskOf(extension: Uri, folder: WorkspaceFolder | undefined, definition: Definition): Task {
  const name = [definition.command, ...(definition.file === undefined ? [] : [definition.file])].join(' ');
  const task = new Task(
    definition,
    folder ?? TaskScope.Workspace,
    name,
    'groundplan',
    executionOf(extension, folder?.uri, definition),
    '$groundplan',
  );
  if (definition.command === 'build') task.group = TaskGroup.Build;
  if (definition.command === 'check') task.group = TaskGroup.Test;
  task.presentationOptions = {
    reveal: TaskRevealKind.Always,
    panel: TaskPanelKind.Dedicated,
    clear: true,
    // The paths of the editor's own Node and of the extension tell nobody anything.
    echo: false,
  };
  return task;
}

function executionOf(extension: Uri, where: Uri | undefined, definition: Definition): ProcessExecution {
  const { command, first, env } = groundplan(extension, where);
  const words = definition.file === undefined ? [] : [definition.file];
  const isFile = where !== undefined && /\.ya?ml$/.test(where.path);
  const cwd = where === undefined ? undefined : isFile ? dirname(where.fsPath) : where.fsPath;
  return new ProcessExecution(command, [...first, definition.command, ...words, ...(definition.args ?? [])], {
    env: { ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
}

function isVerb(text: unknown): text is Verb {
  return typeof text === 'string' && verbs.includes(text);
}
