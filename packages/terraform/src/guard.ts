import type { Model } from '@groundplan/model';
import { expression, template } from './emitter/index.js';
import { placeOfTopology } from './places.js';
import { unprotectedVariable } from './protection.js';
import type { RootModule } from './root-module.js';

/**
 * Refuses a plan that would lose a server or a volume with data. Hetzner's own delete protection comes too late: when an
 * entity is gone from the topology, its volume is detached and its host shut down before the delete is refused. So Hetzner is
 * asked what is there, and what is there must be in the topology, by the label that a renaming does not change. Nothing has
 * been written when this fails.
 */
export function writeGuard(module: RootModule): void {
  const { model } = module;
  const place = placeOfTopology(model);
  const selector = `topology=${model.name.value},stateful=true`;
  module.data(place, 'hcloud_servers', 'stateful', { withSelector: selector });
  module.data(place, 'hcloud_volumes', 'stateful', { withSelector: selector });
  module.local(place, 'stateful_hosts', statefulHosts(model));
  module.local(place, 'lost', lost);
  module.resource(
    place,
    'terraform_data',
    'guard',
    {},
    {
      preconditions: [
        {
          condition: expression('length(local.lost) == 0'),
          errorMessage: template(
            expression('join(", ", local.lost)'),
            ` would be destroyed, and with it its data: it is not in the topology any more. Nothing has been changed. Put it back; or, if you mean it: with it still in the topology, apply with -var 'unprotected=["`,
            expression(`join("\\", \\"", local.lost)`),
            `"]', which lifts its protection; then remove it and apply with the same variable again.`,
          ),
        },
      ],
    },
  );
}

function statefulHosts(model: Model): string[] {
  return model.hosts.filter(({ stateful }) => stateful).map(({ key }) => key);
}

/** The names of what is there and neither in the topology nor unprotected, each once and sorted: a server and its volume have one name. */
const lost = expression(
  [
    'sort(distinct([',
    '  for found in concat(',
    '    [for server in data.hcloud_servers.stateful.servers : { name = server.name, labels = server.labels }],',
    '    [for volume in data.hcloud_volumes.stateful.volumes : { name = volume.name, labels = volume.labels }],',
    '  ) : found.name',
    '  if !contains(local.stateful_hosts, lookup(found.labels, "host", ""))',
    `  && length(setintersection(var.${unprotectedVariable}, ["*", found.name])) == 0`,
    ']))',
  ].join('\n'),
);
