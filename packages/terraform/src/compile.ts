import type { Catalog } from '@groundplan/catalog';
import { type Diagnostic, type LineIndex, normalise, type Result } from '@groundplan/diagnostics';
import { checkUserData } from '@groundplan/hosts';
import { runbookMarkdown, runbookOf } from '@groundplan/hosts/bundle';
import type { Model } from '@groundplan/model';
import type { Trace } from '@groundplan/plan';
import { writeBuckets } from './buckets.js';
import { writeDns } from './dns.js';
import { emit } from './emitter/index.js';
import { writeFirewalls } from './firewalls.js';
import { writeFloatingIps } from './floating-ips.js';
import { writeGuard } from './guard.js';
import { writeNetworks } from './network.js';
import { writeOutputs } from './outputs.js';
import { writePlacementGroups } from './placement.js';
import { writePrimaryIps } from './primary-ips.js';
import { writeProviders } from './providers.js';
import { type ConfiguredHost, configuredHosts, type LockedSecrets } from './push/bundles.js';
import { deployKey } from './push/deploy-key.js';
import { hostFiles } from './push/files.js';
import { writePushes } from './push/push.js';
import { openRootModule, type RootModule } from './root-module.js';
import { writeServers } from './servers.js';
import { writeSettings } from './settings.js';
import { readSshKeys, type SshKey, writeSshKeys } from './ssh-keys.js';
import { makeTrace, type Place } from './trace.js';
import { writeVariables } from './variables.js';
import { writeVolumes } from './volumes.js';

export interface CompileInput {
  /** Of a text without errors. */
  readonly model: Model;
  readonly catalog: Catalog;
  /** The base name of the topology's file, for the trace. */
  readonly topologyFile: string;
  /** The lines of the text that the model was read from. */
  readonly lines: LineIndex;
  /** The text of each file that the topology names, by its path as it is written. */
  readonly files: ReadonlyMap<string, string>;
  /**
   * What the lock file says of the secrets. Without it hosts get what their first boot brings, and an apply sends them nothing; with it
   * none may be missing that they need ({@link missingSecrets}).
   */
  readonly locked?: LockedSecrets | undefined;
}

export interface Compiled {
  /** Text by relative path: `main.tf.json`, `trace.json`, below `hosts/` what is sent to them, and `RUNBOOK.md` for who looks after them. */
  readonly files: ReadonlyMap<string, string>;
  readonly trace: Trace;
}

/**
 * A topology as a root module for Terraform and OpenTofu. The same input gives the same bytes; nothing is read or written.
 * Diagnostics are about the files that the topology names and about the size of what hosts are given; with an error among them
 * the value must not be used.
 *
 * @throws for a model that has errors, when two things in it have one name; when a secret that hosts need is missing
 */
export function compile({ model, catalog, topologyFile, lines, files, locked }: CompileInput): Result<Compiled> {
  const { keys: users, diagnostics } = readSshKeys(model, files);
  const keys = [...users, ...deployKey(model, locked)];
  const hosts = locked === undefined || diagnostics.length > 0 ? [] : configuredHosts(model, files, locked);
  const places = new Map<string, Place>();
  const main = emit((emitter) => {
    const module = openRootModule(model, catalog, emitter, places);
    writeAll(module, keys);
    if (locked !== undefined) writePushes(module, hosts, locked);
  });
  const { files: sent, places: ofSent } = hostFiles(hosts);
  const trace = makeTrace(topologyFile, lines, places, ofSent);
  const all: Diagnostic[] = [...diagnostics, ...checkUserData(model)];
  return {
    value: {
      files: new Map([
        ['main.tf.json', main],
        ['trace.json', `${JSON.stringify(trace, null, 2)}\n`],
        ...runbook(model, hosts, topologyFile),
        ...sent,
      ]),
      trace,
    },
    diagnostics: normalise(all),
  };
}

/** It speaks of what hosts have, so that there is none where no host is configured. */
function runbook(model: Model, hosts: readonly ConfiguredHost[], topologyFile: string): [path: string, text: string][] {
  if (hosts.length === 0) return [];
  const bundles = hosts.map(({ bundle }) => bundle);
  return [['RUNBOOK.md', runbookMarkdown(runbookOf(model, bundles, topologyFile))]];
}

function writeAll(module: RootModule, keys: readonly SshKey[]): void {
  writeSettings(module);
  writeVariables(module);
  writeProviders(module);
  writeGuard(module);
  writeNetworks(module);
  writeFirewalls(module);
  writeSshKeys(module, keys);
  writePlacementGroups(module);
  writePrimaryIps(module);
  writeServers(module, keys);
  writeVolumes(module);
  writeFloatingIps(module);
  writeDns(module);
  writeBuckets(module);
  writeOutputs(module);
}
