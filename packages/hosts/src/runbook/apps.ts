import type { App } from '@groundplan/model';
import { drainProgram, programName, programUnit } from '../app/paths.js';
import { hostsOf } from '../entities.js';
import type { Chapter } from './document.js';
import { code, link } from './markdown.js';
import { applying, groundplan, type Here, list, onHosts, onOwnComputer, paragraph, withSecrets } from './write.js';

/** More or fewer servers of an app; undefined without apps. */
export function scale(here: Here): Chapter | undefined {
  const [app] = here.model.apps;
  if (app === undefined) return undefined;
  return {
    title: 'Scale an app',
    blocks: [
      paragraph(
        `Change ${code('count')} of the app in ${code(here.topologyFile)}, ${code(`apps.${app.name}.count`)} for one. Users notice neither: a new server gets requests once it is healthy, one that goes drains first.`,
      ),
      onOwnComputer('What it would do', withSecrets(here, groundplan(here, 'plan')), {
        expect:
          'Servers of that app, and configuration of the load balancers that lead to it. Nothing of a database, and no other app but those that call it.',
      }),
      onOwnComputer('Do it', applying(here), { expect: 'Some minutes for new servers, most of it their first boot.' }),
      list(
        `Larger servers instead: ${code('type')}. Each is off while Hetzner changes it, and Terraform changes several at once. One at a time: with ${code('-target="hcloud_server.…"')} behind ${code('apply')}, by the name that ${link('What runs where')} has under "In Terraform", and the next when the one before is up.`,
        'Fewer servers are those with the highest numbers.',
      ),
    ],
  };
}

/** A new version of an app and the way back; undefined without apps. */
export function release(here: Here): Chapter | undefined {
  const { model } = here;
  if (model.apps.length === 0) return undefined;
  return {
    title: 'Release and roll back an app',
    blocks: [
      paragraph(
        `A version is what ${code('run')} of the app says. Change it in ${code(here.topologyFile)} and apply: the hosts of the app change one after the other, ${code('release.batch')} at a time, each only when the one before is healthy. A version that is never healthy stops at its first host, where the old one is put back, and the apply fails.`,
      ),
      onOwnComputer('Release', applying(here), {
        expect: 'One host after the other. A failure names the host and what its program said.',
      }),
      onOwnComputer('Roll back', `git revert --no-edit "$commit"\n${applying(here)}`, {
        inputs: { commit: 'HEAD' },
        expect: 'The same, with the version before. The image or the artifact of it is still on the hosts.',
      }),
      ...model.apps.flatMap((app) => watchApp(here, app)),
      list(
        `Do not change a program on a host by hand: the next apply does not see it, and the next release takes it away.`,
        'What `release.before` did (a migration) is not undone by going back: write it so that the version before can live with it.',
      ),
    ],
  };
}

function watchApp({ model }: Here, app: App) {
  const hosts = model.hosts.filter(({ entity }) => entity === app);
  if (hosts.length === 0) return [];
  const unit = programUnit(app);
  const name = programName(app);
  return [
    onHosts(
      `How app.${app.name} is, and what it says`,
      hosts,
      `systemctl status ${unit} --no-pager\njournalctl -u ${unit} -n 50 --no-pager`,
      {
        expect:
          app.schedule === undefined
            ? `${code('active (running)')}, and the program's own log.`
            : `Its last run; ${code(`systemctl list-timers ${name}.timer`)} says when the next one is.`,
      },
    ),
    ...(app.release.before === undefined
      ? []
      : [
          onHosts(
            `What ran before the last release of app.${app.name}`,
            hosts,
            `journalctl -u ${name}-before.service -n 50 --no-pager`,
            {
              which: { the: 'the first host' },
              expect: 'Its output. If it failed, no host has changed.',
            },
          ),
        ]),
    ...(app.schedule === undefined
      ? []
      : [
          onHosts(`Run app.${app.name} now`, hosts, `systemctl start ${name}-now.service`, {
            expect: 'It ends when the job does. Another host may run it at the same time by its timer.',
          }),
        ]),
  ];
}

/** Commands that take a host of an app out of the load balancers and put it back. */
export function drainApp({ model }: Here, app: App) {
  if (app.port === undefined) return [];
  const hosts = app.inRegions.flatMap(({ region }) => hostsOf(model, app, region));
  if (hosts.length === 0) return [];
  return [
    onHosts(`Take a server of app.${app.name} out`, hosts, `${drainProgram} on`, {
      which: { the: 'the host' },
      expect: `${code('drained after … s, 0 requests open')}. No load balancer sends anything any more; the program goes on running.`,
    }),
    onHosts(`Put it back`, hosts, `${drainProgram} off`, {
      which: { the: 'the host' },
      expect:
        'Nothing, and requests come again after some seconds. A reboot or a restart of the program does the same.',
    }),
  ];
}
