import type { Host } from '../host/host.js';
import { pause } from '../pause.js';

/** What `systemctl is-system-running` says of a system that is not up yet; nothing while its bus is missing. */
const early: ReadonlySet<string> = new Set(['', 'initializing', 'starting', 'offline', 'unknown']);

/**
 * Waits until a host's system has started what it starts at boot, well or not, or until it is off, for two minutes at most.
 *
 * @returns what its state is then: `running`, `degraded`, `off`
 */
export async function untilSettled(host: Host): Promise<string> {
  for (let attempt = 0; attempt < 240 && host.isOn(); attempt += 1) {
    const state = await host.exec(['systemctl', 'is-system-running']).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );
    if (!early.has(state)) return state;
    await pause(500);
  }
  return host.isOn() ? 'starting' : 'off';
}

/**
 * Has systemd-networkd read its files again, for an interface that came while the host runs. A host that boots at this moment may
 * not be far enough; one that is not within a minute will read them when it is.
 */
export async function untilNetworksAreReread(host: Host): Promise<void> {
  for (let attempt = 0; attempt < 240 && host.isOn(); attempt += 1) {
    const reread = await host.exec(['networkctl', 'reload']).catch(() => undefined);
    if (reread?.code === 0) return;
    await pause(250);
  }
}
