// A VS Code with the packaged extension in it, shown by a browser that scripts drive. Everything it writes lies in one folder of its own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureEditor } from '../editor.mjs';

const startMilliseconds = 180_000;

/** Nothing that moves, phones home or covers the window. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'window.commandCenter': false,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  // Else a file may be written while a test writes it.
  'files.autoSave': 'off',
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'editor.cursorBlinking': 'solid',
  'editor.stickyScroll.enabled': false,
  'files.simpleDialog.enable': true,
  'workbench.colorTheme': 'Dark Modern',
};

/** Nobody is asked whether a folder is trusted: none is. */
const restricted = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.emptyWindow': false,
};

/**
 * Starts code-server with the extension installed, and a browser.
 *
 * @param {{ vsix: string, settings?: Record<string, unknown>, serverArguments?: string[], variables?: Record<string, string>, isTrusted?: boolean }} options
 *   `variables` are of the environment that tasks and extensions see; `isTrusted` false opens folders in restricted mode
 * @returns {Promise<import('./start.mjs').RunningEditor>}
 * @throws when one of them does not start within three minutes; what was started is ended then
 */
export async function startEditor({ vsix, settings = {}, serverArguments = [], variables = {}, isTrusted = true }) {
  const programs = await ensureEditor();
  const folder = await mkdtemp(join(tmpdir(), 'groundplan-editor-'));
  const port = await freePort();
  const env = environment(folder, programs.node, variables);
  const data = join(folder, 'data');
  const code = (args) => [join(programs.codeServer, 'out', 'node', 'entry.js'), '--user-data-dir', data, ...args];
  await mkdir(join(data, 'User'), { recursive: true });
  await writeFile(
    join(data, 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...(isTrusted ? {} : restricted), ...settings }),
  );

  const installed = spawnSync(programs.node, code(['--install-extension', vsix]), {
    env,
    encoding: 'utf8',
    timeout: startMilliseconds,
  });
  if (installed.status !== 0) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`the extension could not be installed: ${installed.stdout}${installed.stderr}`);
  }
  const server = spawn(
    programs.node,
    code([
      '--auth=none',
      `--bind-addr=127.0.0.1:${port}`,
      '--disable-telemetry',
      '--disable-update-check',
      ...(isTrusted ? ['--disable-workspace-trust'] : []),
      '--disable-getting-started-override',
      '--reconnection-grace-time=5',
      ...serverArguments,
    ]),
    // A group of its own, so that its end is the end of every process that it started.
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = [];
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => log.push(String(chunk)));
  let browser;
  const close = async () => {
    await browser?.close();
    await end(server);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await answers(`http://127.0.0.1:${port}/healthz`, server, log);
    browser = await chromium.launch({ executablePath: programs.chromium, headless: true, args: browserArguments, env });
  } catch (error) {
    await close();
    throw error;
  }
  return { folder, port, browser, log: () => log.join(''), logFolder: join(data, 'logs'), close };
}

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

function environment(folder, node, variables) {
  const { LANG = 'C.UTF-8', GROUNDPLAN_CACHE } = process.env;
  const { PATH = process.env.PATH ?? '' } = variables;
  return {
    ...variables,
    PATH: [dirname(node), PATH].join(delimiter),
    LANG,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'share'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_RUNTIME_DIR: folder,
    TMPDIR: tmpdir(),
    // As it is given here: else VS Code asks a login shell, which has a PATH of its own.
    VSCODE_CLI: '1',
    // No shop: nothing is looked up.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...(GROUNDPLAN_CACHE === undefined ? {} : { GROUNDPLAN_CACHE }),
  };
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answers(url, server, log) {
  const deadline = Date.now() + startMilliseconds;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`code-server ended with ${server.exitCode}\n${log.join('')}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`code-server did not start\n${log.join('')}`);
}

async function end(child) {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  kill(child.pid, 'SIGTERM');
  const timer = setTimeout(() => kill(child.pid, 'SIGKILL'), 3000);
  await ended;
  clearTimeout(timer);
  kill(child.pid, 'SIGKILL');
}

/** What is left of the group. */
function kill(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It is gone already.
  }
}
