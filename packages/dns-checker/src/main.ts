import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAllWell, problemLines, type Report, reportText } from './machine/report.js';
import { reasonOf } from './reason.js';
import type { Settings } from './settings.js';
import { lookOnce } from './shell/once.js';
import { type Credentials, run } from './shell/run.js';
import { askStatus } from './shell/status.js';

const settingsPath = '/etc/groundplan/dns-checker.json';
const tokenPath = '/etc/groundplan/dns-token';
const runtimeFolder = '/run/groundplan-dns-checker';

const usage = `usage: dns-checker.mjs run [SETTINGS]      what the service does
       dns-checker.mjs status [SOCKET]     what it sees and what the others say; 1 when something is not well, 2 when it does not run
       dns-checker.mjs problems SECTION    what an operator is to be told, a line each: key, sentence, detail, section of the runbook
       dns-checker.mjs once [SETTINGS]     look at every address once from here, and change nothing
`;

const [command, path, other] = process.argv.slice(2);
try {
  process.exitCode = await obey();
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
}

/** Does what the command line says; returns how the program ends, which for the service is never. */
async function obey(): Promise<number | undefined> {
  switch (command) {
    case 'run':
      await start(path ?? settingsPath);
      return undefined;
    case 'status':
      return show(path ?? socketIn(runtimeFolder), (report) => {
        process.stdout.write(reportText(report));
        return isAllWell(report) ? 0 : 1;
      });
    case 'problems':
      return show(other ?? socketIn(runtimeFolder), (report) => {
        process.stdout.write(problemLines(report, path ?? ''));
        return 0;
      });
    case 'once': {
      const { text, isWell } = await lookOnce(settingsIn(path ?? settingsPath), textIn(tokenPath));
      process.stdout.write(text);
      return isWell ? 0 : 1;
    }
    default:
      process.stderr.write(usage);
      return 2;
  }
}

async function start(settings: string): Promise<void> {
  const { CREDENTIALS_DIRECTORY: credentials, RUNTIME_DIRECTORY: runtime = runtimeFolder } = process.env;
  if (credentials === undefined) throw new Error('systemd gives the secrets by LoadCredential, and there are none');
  const key = textIn(join(credentials, 'key'));
  if (key === undefined) throw new Error('there is no key, by which checkers know each other');
  const given: Credentials = { key, token: textIn(join(credentials, 'token')) };
  await run(settingsIn(settings), given, socketIn(runtime));
}

async function show(socket: string, print: (report: Report) => number): Promise<number> {
  try {
    return print(await askStatus(socket));
  } catch (error) {
    process.stderr.write(`the checker does not answer (${reasonOf(error)}): systemctl status groundplan-dns-checker\n`);
    return 2;
  }
}

function socketIn(folder: string): string {
  return join(folder, 'status');
}

function settingsIn(path: string): Settings {
  return JSON.parse(readFileSync(path, 'utf8')) as Settings;
}

/** Undefined when the file is not there. */
function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
