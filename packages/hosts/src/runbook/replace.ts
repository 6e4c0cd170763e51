import { clustersOf, type Host } from '@groundplan/model';
import { volumePath, volumeUnit } from '../volume/index.js';
import { clusterName } from './clusters.js';
import type { Block, Chapter } from './document.js';
import { code, link } from './markdown.js';
import { applying, groundplan, type Here, list, onHosts, onOwnComputer, paragraph, withSecrets } from './write.js';

/** A new server in the place of one that is broken. */
export function replaceHost(here: Here): Chapter {
  const { hosts } = here.model;
  const name = here.model.access?.bastion.loadBalancer?.name;
  const example = hosts.find(({ stateful, ordinal }) => stateful && ordinal > 1) ?? hosts[0];
  return {
    title: 'Replace a host',
    blocks: [
      paragraph(
        `First see whether it comes back: **Power cycle** in the Hetzner console costs a minute and loses nothing. What is replaced keeps its name, its private address${hosts.some(({ volume }) => volume !== undefined) ? ', its volume with the data on it' : ''} and, but for apps, its public addresses.`,
      ),
      ...(example === undefined ? [] : [replacing(here, example)]),
      list(
        'One at a time: the next only when the one before does its work again.',
        ...clusters(here)
          .filter(({ members }) => members.length > 1)
          .map(
            (cluster) =>
              `The one that ${code(clusterName(cluster))} is written on comes last: ${link(`Switch over ${clusterName(cluster)}`)} before.`,
          ),
      ),
      onOwnComputer('A server that is gone altogether', applying(here), {
        expect: 'It is made anew, as is everything else that is in the topology and no longer there.',
      }),
      ...(name === undefined
        ? []
        : [
            paragraph(
              `When the host that is dead is the first of ${code(`load_balancer.${name}`)}, applies go through another one until it is back: ${link('Connect')} says how.`,
            ),
          ]),
    ],
  };
}

function replacing(here: Here, example: Host): Block {
  return onOwnComputer('A server that is broken', withSecrets(here, groundplan(here, 'replace "$host"')), {
    inputs: { host: example.name },
    expect:
      'It says what happens, in which order and what users notice, and asks for the name of the host. It ends when the new server is configured.',
  });
}

/** Undefined where there is no volume. */
export function lostVolume(here: Here): Chapter | undefined {
  const hosts = here.bundles.map(({ host }) => host).filter(({ volume }) => volume !== undefined);
  const [example] = hosts;
  if (example === undefined) return undefined;
  const together = clusters(here).filter(({ members }) => members.length > 1);
  const alone = clusters(here).filter(({ members }) => members.length === 1);
  return {
    title: 'Lost volume',
    blocks: [
      paragraph(
        'Without its volume a database does not start: nothing is ever begun anew on the root disk. What is on a volume is never overwritten; only one that is blank is formatted.',
      ),
      onHosts(
        'Whether it is there',
        hosts,
        `findmnt ${volumePath}\nls -l /dev/disk/by-id/\nsystemctl status ${volumeUnit} --no-pager`,
        {
          which: { the: 'the host that misses it' },
          expect: `A file system at ${code(volumePath)}, a ${code('scsi-0HC_Volume_…')}, or why there is none.`,
        },
      ),
      onOwnComputer('It is gone from Hetzner, or is only detached', applying(here), {
        expect: 'A volume is made, or attached again, and mounted, and the database starts on it.',
      }),
      ...(together.length === 0
        ? []
        : [
            onOwnComputer(
              'It is there, but broken, and other members have the data',
              withSecrets(here, groundplan(here, 'replace --volume "$host"')),
              {
                inputs: { host: (together[0]?.members.at(-1) ?? example).name },
                expect:
                  'The volume is destroyed **with all that is on it**; the new one is filled by the other members.',
              },
            ),
            paragraph(
              'A member with an empty volume copies everything from the others by itself, as soon as it is there. If it was the primary, another has taken over long before.',
            ),
          ]),
      ...(alone.length === 0
        ? []
        : [
            onOwnComputer(
              'It is there, but broken, and nobody else has the data',
              withSecrets(here, groundplan(here, 'replace --volume --lose-data "$host"')),
              {
                inputs: { host: (alone[0]?.members[0] ?? example).name },
                expect: 'The volume is destroyed **with all that is on it**. What is left is the backup.',
              },
            ),
          ]),
      ...alone.map((cluster) =>
        paragraph(
          `${code(clusterName(cluster))} has one member, so that its data comes back from the backup: ${link(`Restore ${clusterName(cluster)} to a point in time`)}, with everything that there is.`,
        ),
      ),
    ],
  };
}

function clusters({ model }: Here) {
  return model.databases.flatMap((database) => clustersOf(model, database));
}
