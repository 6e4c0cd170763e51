import { commands, type Disposable, type Uri, ViewColumn } from 'vscode';
import type { Platform, Session } from '../platform.js';
import type { Previews } from '../preview/previews.js';
import type { About } from './about.js';
import { explain } from './explain.js';
import { fixAll } from './fix-all.js';
import { newFromSample } from './new-from-sample.js';
import { choosePlan } from './open-plan.js';
import { serverCommands } from './server-commands.js';

/** The commands that work everywhere, and planning where programs can be run. */
export function commonCommands(
  { context, client, output }: Session,
  platform: Platform,
  previews: Previews,
  about: About,
): Disposable[] {
  const { extensionUri } = context;
  const { plan: makePlan } = platform;
  const inPreview = (topology: Uri) =>
    previews.open(topology, previews.current()?.panel.viewColumn ?? ViewColumn.Beside);
  const register = (name: string, work: (given: unknown) => unknown) =>
    commands.registerCommand(`groundplan.${name}`, work);

  return [
    ...serverCommands(),
    register('newFromSample', (given) => newFromSample(extensionUri, given)),
    register(
      'openPreview',
      about((topology) => void previews.open(topology, ViewColumn.Active)),
    ),
    register(
      'openPreviewToSide',
      about((topology) => void previews.open(topology, ViewColumn.Beside)),
    ),
    register(
      'exportSvg',
      about((topology) => inPreview(topology).exportSvg()),
    ),
    register(
      'exportPng',
      about((topology) => inPreview(topology).exportPng()),
    ),
    register(
      'openPlan',
      about(async (topology) => {
        const plan = await choosePlan(topology);
        if (plan !== undefined) inPreview(topology).showPlan(plan);
      }),
    ),
    register('closePlan', () => previews.current()?.showPlan(undefined)),
    ...(makePlan === undefined
      ? []
      : [
          register(
            'plan',
            about(async (topology) => {
              const plan = await makePlan(topology, output);
              if (plan !== undefined) inPreview(topology).showPlan(plan);
            }),
          ),
        ]),
    register('explain', (code) => explain(extensionUri, code)),
    register('fixAll', fixAll),
    register('restartServer', async () => {
      await client.stop();
      await client.start();
    }),
    register('showOutput', () => output.show()),
  ];
}
