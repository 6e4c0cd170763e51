import { parseArgs } from 'node:util';
import { type RunningApi, startApi } from './api.js';
import { zoneName } from './resources/zones.js';

const help = `Usage: hetzner-api [options]

Serves Hetzner Cloud's API on loopback. No hosts are started.

  --port PORT         port on 127.0.0.1; any free one by default
  --state FILE        keep the state in this file; in memory by default
  --zone NAME         give every project this DNS zone; may be repeated
  --action-time MS    how long an action takes; 20 by default
  --help              show this

Any token of 64 characters is good and has a project of its own:

  export HCLOUD_ENDPOINT=http://127.0.0.1:PORT/v1 HCLOUD_TOKEN=$(printf '%064d' 0)
`;

interface Arguments {
  readonly port: number;
  readonly stateFile: string | undefined;
  readonly zones: readonly string[];
  readonly actionMilliseconds: number | undefined;
}

/** Runs the command until it is interrupted; returns the exit code: 0, or 2 for what cannot be done. */
export async function main(argv: readonly string[]): Promise<number> {
  let api: RunningApi;
  try {
    const parsed = readArguments(argv);
    if (parsed === 'help') {
      process.stdout.write(help);
      return 0;
    }
    api = await startApi({
      port: parsed.port,
      zones: parsed.zones,
      ...(parsed.stateFile === undefined ? {} : { stateFile: parsed.stateFile }),
      ...(parsed.actionMilliseconds === undefined ? {} : { actionMilliseconds: parsed.actionMilliseconds }),
    });
  } catch (error) {
    // Messages of parseArgs go on with advice in further lines.
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    process.stderr.write(`hetzner-api: ${line}\n`);
    return 2;
  }
  process.stdout.write(`${api.url}\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  await api.close();
  return 0;
}

/** Throws with one line for what is wrong with the arguments. */
function readArguments(argv: readonly string[]): Arguments | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string' },
      state: { type: 'string' },
      zone: { type: 'string', multiple: true },
      'action-time': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return 'help';
  const actionTime = values['action-time'];
  return {
    port: readNumber('--port', values.port ?? '0', 65_535),
    stateFile: values.state,
    zones: (values.zone ?? []).map(readZone),
    actionMilliseconds: actionTime === undefined ? undefined : readNumber('--action-time', actionTime, 600_000),
  };
}

function readNumber(option: string, text: string, most: number): number {
  if (!/^[0-9]{1,9}$/.test(text) || Number(text) > most) {
    throw new Error(`${option} must be a number from 0 to ${most}`);
  }
  return Number(text);
}

function readZone(name: string): string {
  const message = zoneName(name);
  if (message !== undefined) throw new Error(`--zone ${name}: ${message}`);
  return name;
}
