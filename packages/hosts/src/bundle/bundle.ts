import type { Span } from '@groundplan/diagnostics';
import type { Host } from '@groundplan/model';
import type { Text } from '../text.js';

/**
 * What happens on the host once a file has changed and everything was found valid.
 * `run` comes before all the others, since it makes what they need (users, folders, kernel settings).
 */
export type Action =
  | { readonly kind: 'run'; readonly command: readonly string[] }
  /** Takes the new file into use with nothing dropped. */
  | { readonly kind: 'reload'; readonly unit: string }
  /** Of what no user notices. */
  | { readonly kind: 'restart'; readonly unit: string }
  /**
   * Drains the host, restarts the unit and waits until it is healthy; a few hosts at a time (`release.batch`). A job that is not
   * running is left alone: its next run has the new files.
   */
  | { readonly kind: 'release'; readonly unit: string };

export interface BundleFile {
  /** Absolute. */
  readonly path: string;
  /** Four octal digits. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  readonly content: Text;
  /**
   * The daemon's own check, as a command that exits with 0 for what it would take. It runs when every changed file is in place
   * and before anything is reloaded; where `path` stands in it, a copy at another path may be checked instead.
   */
  readonly check: readonly string[] | undefined;
  readonly action: Action | undefined;
  /** It must be there before packages are installed, since one of them reads it while it is. Only root's, without a check. */
  readonly beforePackages?: true;
  /** What in the topology it comes from. */
  readonly span: Span;
}

export interface Unit {
  readonly name: string;
  /** `running`: started now and at every boot; `enabled`: at boot or by others only; `off`: stopped and never started. */
  readonly state: 'running' | 'enabled' | 'off';
  /** A unit that runs to its end before this one is released, and before it is started with new files. */
  readonly before?: string;
  /** Where it answers with success once it serves, and for how many seconds it must have done so before a release is over. */
  readonly healthy?: { readonly url: string; readonly steady: number };
}

/** Everything a host is given after its first boot. A pure function of the topology. */
export interface Bundle {
  readonly host: Host;
  /** Names of the distribution's packages, sorted. */
  readonly packages: readonly string[];
  /** Sorted by path; a file under /etc/systemd/system needs a `daemon-reload` when it changed. */
  readonly files: readonly BundleFile[];
  /** In the order in which they are started and reloaded. */
  readonly units: readonly Unit[];
}

/** What a part of a host's role adds to its bundle. */
export interface BundlePart extends Partial<Omit<Bundle, 'host'>> {
  /** The user's own files, which give way to Groundplan's at the same path. */
  readonly givesWay?: true;
}
