import { clustersOf, type Model } from '@groundplan/model';
import { runbook as alertTitles } from '../alerts/runbook.js';
import type { Bundle } from '../bundle/bundle.js';
import { alertSections } from './alerts.js';
import { release, scale } from './apps.js';
import { clusterName } from './clusters.js';
import { connect } from './connect.js';
import type { Block, Chapter, Runbook } from './document.js';
import { siteDoesNotAnswer } from './first-look.js';
import { galeraCluster } from './galera.js';
import { rotateKeys } from './keys.js';
import { maintenance } from './maintenance.js';
import { code, link } from './markdown.js';
import { postgresql } from './postgresql.js';
import { lostVolume, replaceHost } from './replace.js';
import { whatRunsWhere } from './where.js';
import { type Here, paragraph } from './write.js';

export { type PlacedCommand, type Runbook, runbookCommands } from './document.js';
export { runbookMarkdown } from './markdown.js';

/**
 * What an operator does with this very topology when it runs: chapters that apply to it, and nothing else. A pure function.
 *
 * @param bundles those of all hosts that are configured
 * @param topologyFile the base name of the topology's file
 */
export function runbookOf(model: Model, bundles: readonly Bundle[], topologyFile: string): Runbook {
  const here: Here = { model, bundles, topologyFile };
  const configured = new Set(bundles.map(({ host }) => host));
  const clusters = model.databases
    .flatMap((database) => clustersOf(model, database))
    .filter(({ members }) => members.some((member) => configured.has(member)));
  const chapters = [
    connect(here),
    whatRunsWhere(here),
    siteDoesNotAnswer(here),
    ...clusters.map((cluster) =>
      cluster.database.engine.value === 'postgresql' ? postgresql(here, cluster) : galeraCluster(here, cluster),
    ),
    replaceHost(here),
    lostVolume(here),
    rotateKeys(here),
    scale(here),
    release(here),
    maintenance(here),
    alertSections(here),
  ].filter((chapter) => chapter !== undefined);
  return { title: `Runbook of ${model.name.value}`, intro: introduction(here, chapters), chapters };
}

function introduction({ model, topologyFile }: Here, chapters: readonly Chapter[]): Block[] {
  const titles = new Set(chapters.flatMap(({ title, blocks }) => [title, ...blocks.flatMap(sectionTitle)]));
  const clusters = model.databases.flatMap((database) => clustersOf(model, database)).map(clusterName);
  const ways: readonly (readonly [seen: string, ...to: string[]])[] = [
    ['an alert names a section', 'What an alert means'],
    ['users get errors', 'The site does not answer'],
    [
      'a database takes no writes',
      ...clusters.flatMap((name) => [`Where is the primary of ${name}`, `Who serves ${name}`]),
    ],
    ['etcd or Galera has no majority', ...clusters.map((name) => `Lost quorum of ${name}`)],
    ['rows were lost by mistake', ...clusters.map((name) => `Restore ${name} to a point in time`)],
    ['a host is dead', 'Replace a host'],
    ['a volume is gone', 'Lost volume'],
    ['a disk fills up', alertTitles.disk],
    ['a release went wrong', 'Release and roll back an app'],
    ['a key was stolen', 'Rotate keys'],
  ];
  const rows = ways.flatMap(([seen, ...to]) => {
    const there = to.filter((title) => titles.has(title));
    return there.length === 0 ? [] : [[seen, there.map(link).join(', ')]];
  });
  return [
    paragraph(
      `Made by Groundplan from ${code(topologyFile)}, anew by each build: notes of your own belong elsewhere. Commands that begin with ${code('# on HOST')} are run there, as root; ${link('Connect')} says how to get there. The others are run on your own computer, in the folder of ${code(topologyFile)}; ${code('build')} is the folder of this file, and ${code('terraform')} may be ${code('tofu')}. Lines like ${code("moment='…'")} at the beginning of a command are for you to fill in.`,
    ),
    { kind: 'table', head: ['What you see', 'Where to go on'], rows },
  ];
}

function sectionTitle(block: Chapter['blocks'][number]): string[] {
  return block.kind === 'section' ? [block.title] : [];
}
