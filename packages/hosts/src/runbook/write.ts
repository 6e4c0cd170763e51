import type { App, Database, Host, Model } from '@groundplan/model';
import type { Bundle } from '../bundle/bundle.js';
import { databasesOf } from '../entities.js';
import { shellWord } from '../shell.js';
import type { Block, Command, Section, Which } from './document.js';

/** What every chapter is made of. */
export interface Here {
  readonly model: Model;
  /** Of every host that is configured. */
  readonly bundles: readonly Bundle[];
  /** The base name of the topology's file. */
  readonly topologyFile: string;
}

export function paragraph(markdown: string): Block {
  return { kind: 'text', markdown };
}

export function list(...items: readonly string[]): Block {
  return { kind: 'text', markdown: items.map((item) => `- ${item}`).join('\n') };
}

export function section(title: string, ...blocks: readonly Block[]): Section {
  return { kind: 'section', title, blocks };
}

type More = Partial<Pick<Command, 'inputs' | 'expect'>> & { readonly which?: Which };

export function onHosts(title: string, hosts: readonly Host[], script: string, more: More = {}): Command {
  const { which = 'any', inputs = {}, expect } = more;
  return { kind: 'command', title, where: { kind: 'hosts', hosts, which }, script, inputs, expect };
}

export function onOwnComputer(title: string, script: string, more: Omit<More, 'which'> = {}): Command {
  const { inputs = {}, expect } = more;
  return { kind: 'command', title, where: { kind: 'own-computer' }, script, inputs, expect };
}

/** `groundplan WORDS`, with the topology's file behind them where it is not the one that is looked for. */
export function groundplan({ topologyFile }: Here, words: string): string {
  return `groundplan ${words}${topologyFile === 'topology.yaml' ? '' : ` ${shellWord(topologyFile)}`}`;
}

/** A new version of secrets that are made. */
export function rotating(here: Here, names: string): string {
  return groundplan(here, `keys rotate ${names}`);
}

/** Another value of a secret that is given. */
export function setting(here: Here, name: string): string {
  return groundplan(here, `keys set ${name}`);
}

/** Terraform in the folder that the runbook is in. */
export const terraform = 'terraform -chdir=build';

/** Terraform with the secrets that it needs, which it has as long as it runs. */
export function withSecrets(here: Here, command: string): string {
  return `${groundplan(here, 'exec')} -- ${command}`;
}

/** What a change of the topology is taken to the hosts by. */
export function applying(here: Here): string {
  return `${groundplan(here, 'build')} && ${withSecrets(here, `${terraform} apply`)}`;
}

/** The apps that refer to a database, by name. */
export function appsOf({ model }: Here, database: Database): App[] {
  return model.apps.filter((app) => databasesOf(model, app).includes(database));
}
