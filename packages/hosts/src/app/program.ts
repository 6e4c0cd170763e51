import type { App, Host } from '@groundplan/model';
import type { BundleFile, BundlePart, Unit } from '../bundle/bundle.js';
import { unitFile } from '../bundle/file.js';
import { healthPort } from '../ports.js';
import { inRolloutOrder } from '../rollout-order.js';
import { commandWord, mountUnit } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { container } from './container.js';
import { artifact, ownScript } from './on-host.js';
import { drainProgram, environmentPath, programName, programUnit, turnProgram } from './paths.js';
import type { Here } from './values.js';

/** What a way to run a program puts into its unit: lines of `[Service]`. */
export interface Program {
  /** What runs, for people. */
  readonly description: string;
  readonly parts: readonly BundlePart[];
  readonly run: Text;
  /** How it is asked to stop, and for how many seconds; empty where systemd's SIGTERM does it. */
  readonly stop: (seconds: number) => string;
  readonly afterStop: string;
  readonly tidy: string;
  /** The program, or another command in its place, to its end; `name` tells it from others that run at the same time. */
  readonly once: (name: string, command?: string) => Text;
}

/** Seconds in which a program ends after its last request; a server is deleted some 31 s after its shutdown begins. */
const stopSeconds = 5;

/** The user's program as a service, a worker or a job, and what runs before a release. */
export function program(here: Here, host: Host): BundlePart[] {
  const { app } = here;
  const made = programOf(here);
  if (made === undefined) return [];
  return [
    ...made.parts,
    app.schedule === undefined ? service(here, host, made) : job(here, made),
    ...before(here, made),
  ];
}

function programOf(here: Here): Program | undefined {
  const { run } = here.app;
  switch (run?.kind) {
    case 'container':
      return container(here, run);
    case 'artifact':
      return artifact(here, run);
    case 'script':
      return ownScript(here, run);
    case undefined:
      return undefined;
  }
}

function service({ app, model }: Here, host: Host, made: Program): BundlePart {
  const unit = programUnit(app);
  const [first] = inRolloutOrder(model.hosts.filter(({ entity }) => entity === app));
  const runsBefore = app.release.before !== undefined && first?.key === host.key;
  const drains = app.port !== undefined;
  const seconds = drains ? stopSeconds : app.drain.value;
  return {
    files: [
      unitFile(
        unit,
        app.keySpan,
        text`
[Unit]
Description=app.${app.name} of ${model.name.value}: ${printable(made.description)}
After=network-online.target haproxy.service
Wants=network-online.target haproxy.service
${mountsFirst(app)}
StartLimitIntervalSec=0

[Service]
EnvironmentFile=${environmentPath}
${mounted(app)}
${made.run}
${drains ? `ExecStartPost=+${drainProgram} off` : ''}
${made.tidy}

# Stopping: ${drains ? `no new requests, up to ${app.drain.value} s for the open ones, then ${stopSeconds} s for the program` : `${app.drain.value} s for what it is at`}.
${drains ? `ExecStop=+${drainProgram} on \${MAINPID}` : ''}
${made.stop(seconds)}
${made.afterStop}
TimeoutStopSec=${drains ? app.drain.value + stopSeconds : seconds}
TimeoutStartSec=15min
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
`,
        { action: { kind: 'release', unit } },
      ),
    ],
    units: [
      {
        name: unit,
        state: 'running',
        ...(runsBefore && { before: beforeUnit(app) }),
        ...(app.port !== undefined && { healthy: healthOf(app, host) }),
      },
    ],
  };
}

/** As the balancers ask, and for as long as they take to believe it: the next host drains when this one is done. */
function healthOf({ health }: App, { address }: Host): NonNullable<Unit['healthy']> {
  const checks = health.rise.value * health.interval.value;
  return { url: `http://${address}:${healthPort}${health.path.value}`, steady: Math.ceil(checks) + 1 };
}

/** Twice: as the timer starts it, and for an operator who wants it now. */
function job(here: Here, made: Program): BundlePart {
  const name = programName(here.app);
  return {
    files: [
      jobUnit(
        here,
        made,
        programUnit(here.app),
        `Run by ${name}.timer, on one host. At once, and on this one: systemctl start ${name}-now`,
        [`ExecCondition=+${turnProgram}`],
      ),
      jobUnit(here, made, `${name}-now.service`, 'Run by hand, whoever else may run it.', []),
    ],
    units: [{ name: programUnit(here.app), state: 'enabled' }],
  };
}

function jobUnit(
  { app, model }: Here,
  made: Program,
  name: string,
  about: string,
  condition: readonly string[],
): BundleFile {
  return unitFile(
    name,
    app.keySpan,
    text`
# ${about}
[Unit]
Description=app.${app.name} of ${model.name.value}: ${printable(made.description)}
After=network-online.target haproxy.service
Wants=network-online.target haproxy.service
${mountsFirst(app)}

[Service]
EnvironmentFile=${environmentPath}
${condition}
${mounted(app)}
${made.once(name.replace(/[.]service$/, ''))}
TimeoutStopSec=${app.drain.value}
`,
  );
}

/** Started on one host, by the first release of a version, and nowhere by itself. */
function before({ app, model }: Here, made: Program): BundlePart[] {
  const command = app.release.before;
  if (command === undefined) return [];
  const unit = beforeUnit(app);
  return [
    {
      files: [
        unitFile(
          unit,
          command.origin.span,
          text`
# Runs once, on one host, before any host changes to a new version. It has failed? Then none has changed:
# journalctl -u ${programName(app)}-before
[Unit]
Description=Before a release of app.${app.name} of ${model.name.value}
After=network-online.target haproxy.service
Wants=network-online.target haproxy.service
${mountsFirst(app)}

[Service]
EnvironmentFile=${environmentPath}
${mounted(app)}
${made.once(`${programName(app)}-before`, command.value)}
TimeoutStartSec=1h
`,
        ),
      ],
    },
  ];
}

function beforeUnit(app: App): string {
  return `${programName(app)}-before.service`;
}

function mountsFirst({ mounts }: App): string {
  const units = mounts.map(({ path }) => commandWord(mountUnit(path)));
  return units.map((unit) => `Wants=${unit}\nAfter=${unit}\n`).join('');
}

/** Tried again with the program itself, which a mount that is required is not. */
function mounted({ mounts }: App): string {
  return mounts.map(({ path }) => `ExecStartPre=/usr/bin/mountpoint -q ${commandWord(path)}\n`).join('');
}

/** In a description `%` stands for something. */
function printable(description: string): string {
  return description.replaceAll('%', '%%').replace(/\s+/g, ' ');
}
