import type { App, Host, Region } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { script, unitFile } from '../bundle/file.js';
import { healthPort } from '../ports.js';
import { pathSetting } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { programName, turnProgram } from './paths.js';
import type { Here } from './values.js';

/** Starts the job on every host, where the first that is alive goes on and the others leave it to that one. */
export function timer({ app }: Here, schedule: NonNullable<App['schedule']>): BundlePart {
  const name = `${programName(app)}.timer`;
  const { span } = schedule.origin;
  return {
    files: [
      unitFile(
        name,
        span,
        text`
[Unit]
Description=When app.${app.name} runs

# Not made up for when the host was off: another one ran it.
[Timer]
OnCalendar=${pathSetting(schedule.value)}
AccuracySec=1s

[Install]
WantedBy=timers.target
`,
        { check: ['systemd-analyze', 'calendar', schedule.value], action: { kind: 'restart', unit: name } },
      ),
    ],
    units: [{ name, state: 'running' }],
  };
}

/**
 * Whether it is this host's turn. Hosts are in one order everywhere: a job runs on the first that is alive. While hosts cannot see
 * each other two of them may run it; what must never happen twice has to hold a lock in its database.
 */
export function turn(here: Here, host: Host): BundlePart {
  const { model, app, region } = here;
  const before = model.hosts.filter((other) => other.entity === app && isBefore(other, host));
  const neighbours = before.filter((other) => other.region === region).sort((a, b) => a.ordinal - b.ordinal);
  const earlier = [...new Set(before.map((other) => other.region))].filter(
    (other): other is Region => other !== undefined && other !== region,
  );
  const balancers = model.hosts.filter(
    ({ tier, region: of }) => tier === 'lb' && of !== undefined && earlier.includes(of),
  );
  const elsewhere = balancers.map((balancer): Text => [{ publicAddress: balancer, version: 'ipv4' }, '\n']);
  return {
    packages: ['curl'],
    files: [
      script(
        turnProgram,
        app.keySpan,
        text`
#!/bin/sh
# Whether the job of app.${app.name} is this host's: not if one before it in the order of the hosts is alive. Exit 1 means "not mine".
set -eu

# Hosts of this region that come first.
hosts='
${neighbours.map(({ address }) => `${address}\n`)}
'
# Balancers of the regions that come first: a region is alive when one of them is.
balancers='
${elsewhere.flat()}
'

for host in $hosts; do
  if curl -fs -o /dev/null -m 2 --retry 1 "http://$host:${healthPort}/_host/alive"; then
    echo "left to $host"
    exit 1
  fi
done
for balancer in $balancers; do
  if curl -fs -o /dev/null -m 3 --retry 1 "http://$balancer/_lb/alive"; then
    echo "left to the region of $balancer"
    exit 1
  fi
done
`,
      ),
    ],
  };
}

function isBefore(other: Host, host: Host): boolean {
  const [a, b] = [other.region?.firstName ?? '', host.region?.firstName ?? ''];
  return a === b ? other.ordinal < host.ordinal : a < b;
}
