import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ended, groundplan, type RunOptions } from './groundplan.js';
import { addFiles, type Files, inProject } from './project.js';
import { project } from './topologies.js';

/** What a stand-in for terraform says; each part has a default of a tool that is fine and a plan without changes. */
export interface FakeTool {
  readonly name?: 'terraform' | 'tofu';
  /** Of `version -json`. */
  readonly version?: string;
  /** Of `plan -json`. */
  readonly plan?: readonly object[];
  /** Written on standard error by `plan`, in place of messages. */
  readonly complaint?: string;
  readonly planCode?: number;
  /** Of `show -json`. */
  readonly shown?: unknown;
  /** Of `apply -json`, which fails when there is an error among them. */
  readonly apply?: readonly object[];
  /** `plan` asks for `init` first. */
  readonly needsInit?: boolean;
  /** Of an `init -json` that fails. */
  readonly initFails?: readonly object[];
  /** Shell commands of `plan`, before it says anything. */
  readonly before?: string;
}

export interface FakeRun extends Ended {
  /** The arguments of each run of the tool, with the private folder as TMP. */
  readonly ran: readonly string[];
}

export interface FakeRunOptions extends Omit<RunOptions, 'folder'> {
  readonly files?: Files;
  /** Is given the folder of the project, before and after the run. */
  readonly before?: (folder: string) => Promise<void>;
  readonly after?: (folder: string) => Promise<void>;
}

/** Runs `groundplan` in a project where nothing but this tool, and the system's own programs, is on the PATH. */
export function withFakeTool(
  tool: FakeTool | undefined,
  args: readonly string[],
  options: FakeRunOptions = {},
): Promise<FakeRun> {
  const { files = project(), before, after, ...others } = options;
  return inProject({ ...files, 'tmp/': '', 'tools/': '' }, async (folder) => {
    if (tool !== undefined) await install(folder, tool);
    await before?.(folder);
    const variables = {
      PATH: `${join(folder, 'tools')}:/usr/bin:/bin`,
      TMPDIR: join(folder, 'tmp'),
      ...others.variables,
    };
    const ended = await groundplan(args, { ...others, folder, variables });
    await after?.(folder);
    return { ...ended, ran: await runsIn(folder) };
  });
}

async function install(folder: string, tool: FakeTool): Promise<void> {
  const {
    name = 'terraform',
    version = '{ "terraform_version": "1.11.4" }',
    plan = [message('ready')],
    planCode = 0,
  } = tool;
  const script = `#!/bin/sh
here=${folder}/tools
echo "$*" >> $here/log
case $1 in
  version) cat $here/version ;;
  init)
    touch $here/initialised
    cat $here/init
    exit ${tool.initFails === undefined ? 0 : 1}
    ;;
  plan)
    ${tool.before ?? ':'}
    if [ -f $here/needs-init ] && [ ! -f $here/initialised ]; then cat $here/needs-init; exit 1; fi
    for argument in "$@"; do case $argument in -out=*) touch "\${argument#-out=}" ;; esac; done
    cat $here/plan
    cat $here/complaint >&2
    exit ${planCode}
    ;;
  show) cat $here/shown ;;
  apply)
    cat $here/apply
    exit ${tool.apply === undefined ? 0 : 1}
    ;;
esac
`;
  await addFiles(folder, {
    [`tools/${name}`]: script,
    'tools/version': version,
    'tools/plan': tool.complaint === undefined ? lines(plan) : '',
    'tools/complaint': tool.complaint ?? '',
    'tools/init': lines(tool.initFails ?? []),
    'tools/apply': lines(tool.apply ?? []),
    'tools/shown': JSON.stringify(tool.shown ?? { resource_changes: [] }),
    ...(tool.needsInit
      ? { 'tools/needs-init': lines([failure('Inconsistent dependency lock file', 'run:\n  terraform init')]) }
      : {}),
  });
  await chmod(join(folder, 'tools', name), 0o755);
}

function lines(messages: readonly object[]): string {
  return messages.map((each) => `${JSON.stringify(each)}\n`).join('');
}

/** A message that is no diagnostic. */
function message(text: string): object {
  return { '@level': 'info', '@message': text, type: 'log' };
}

/** The message of an error, or of a warning, as the tools write it with `-json`. */
export function failure(summary: string, detail = '', more: object = {}, severity = 'error'): object {
  return {
    '@level': severity,
    '@message': summary,
    type: 'diagnostic',
    diagnostic: { severity, summary, detail, ...more },
  };
}

async function runsIn(folder: string): Promise<string[]> {
  const log = await readFile(join(folder, 'tools/log'), 'utf8').catch(() => '');
  return log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replaceAll(/[^ =]*\/tmp\/groundplan-\w+/g, 'TMP'));
}

/** `show -json` of a plan: a row is an address, an action, and the attributes before and after. */
export function shownPlan(
  ...rows: readonly (readonly [address: string, action: string, before?: object | null, after?: object | null])[]
): object {
  return {
    format_version: '1.2',
    resource_changes: rows.map(([address, action, before = null, after = null]) => {
      const [type, name] = address.split('.');
      return { address, mode: 'managed', type, name, change: { actions: action.split('+'), before, after } };
    }),
  };
}
