import type { PlacedCommand } from '@groundplan/hosts/bundle';
import type { TestHost } from './postgresql/region.js';

/**
 * Runs a command of the runbook on a host that has no systemd: what it asks of `systemctl` the test's own units do. Returns what the
 * rest of it has written.
 */
export async function runOn(
  host: TestHost,
  { script, inputs }: PlacedCommand,
  values: Readonly<Record<string, string>>,
): Promise<string> {
  const told = Object.keys(inputs).map((name) => `${name}='${values[name] ?? ''}'`);
  const path = 'export PATH=/usr/local/sbin:$PATH';
  let lines: string[] = [];
  let said = '';
  const flush = async () => {
    if (lines.length > 0) said += await host.run([path, ...told, ...lines].join('\n'));
    lines = [];
  };
  for (const line of script.split('\n')) {
    const [, action, units = ''] = /^systemctl (start|stop|restart) (.*)$/.exec(line) ?? [];
    if (action === undefined) {
      lines.push(line);
      continue;
    }
    await flush();
    for (const unit of units.split(' ')) {
      if (action !== 'start') await stop(host, unit);
      if (action !== 'stop') await start(host, unit);
    }
  }
  await flush();
  return said;
}

/** What ends by itself goes on beside the next commands. */
async function start(host: TestHost, unit: string): Promise<void> {
  await host.start(unit);
}

/**
 * As systemd does it: the program is told to end, has as long as its unit gives it or else a minute and a half, and is not started again,
 * for which it cannot be executed meanwhile.
 */
async function stop(host: TestHost, unit: string): Promise<void> {
  await host.run(`loop=$(cat /run/test-${unit}.pid)
program=$(tr '\\0' '\\n' <"/proc/$loop/cmdline" | sed -n 's/.*--pdeathsig=KILL \\([^ ]*\\).*/\\1/p')
main=$(pgrep -P "$loop" | head -n 1)
chmod -x "$program"
kill -TERM "$main"
patience=$(sed -n 's/^TimeoutStopSec=\\([0-9]*\\)$/\\1/p' /etc/systemd/system/${unit} 2>/dev/null || :)
for _ in $(seq "$((\${patience:-90} * 10))"); do
  [ -d "/proc/$main" ] || break
  sleep 0.1
done
kill -KILL "$main" 2>/dev/null || :
kill -KILL "$loop"
while [ -d "/proc/$loop" ]; do sleep 0.1; done
chmod +x "$program"`);
}
