import { entry } from './entry.js';

/** What a plan of Terraform or OpenTofu would do; made by `groundplan plan`. */
export const plan = {
  'plan/change': entry<{ address: string; does: string; gone: boolean }>({
    severity: 'information',
    title: 'What a plan changes',
    message: ({ address, does, gone }) =>
      `the plan ${does} ${address}${gone ? ', which is no longer in the topology' : ''}`,
    docs: `Every resource that the plan creates, changes, replaces or destroys, at the line of the topology that makes it. What is no longer in
the topology is shown where it was: at its entity, its section, or else at the topology's name.

The text of \`groundplan plan\` lists them in short under their lines; the other formats have one of these for each.`,
    example: {
      language: 'diff',
      wrong: ' apps:\n   web:\n-    count: 2\n+    count: 3',
      right: ' apps:\n   web:\n     count: 2',
    },
  }),
  'plan/replaces-stateful': entry<{
    names: readonly string[];
    does: 'destroy' | 'replace';
    loss: 'data' | 'disk' | 'records' | 'address';
    because: string | undefined;
    protected: boolean;
  }>({
    severity: 'error',
    title: 'A plan would destroy what cannot be made again',
    message: ({ names, does, loss, because, protected: isProtected }) => {
      const [them, their] = names.length === 1 ? ['it', 'its'] : ['them', 'their'];
      const reason = because === undefined ? '' : ` because of ${because}`;
      const what = `the plan would ${does} ${names.join(', ')}${reason}, and with ${them} ${their} ${loss}`;
      if (!isProtected) return `${what}: ${their} protection is lifted already`;
      const variable = `-var 'unprotected=[${names.map((name) => `"${name}"`).join(', ')}]'`;
      return does === 'destroy'
        ? `${what}: put ${them} back; or, if you mean it, with ${them} still in the topology, apply with ${variable}, which lifts ${their} protection; then remove ${them} and apply with the same variable again`
        : `${what}: undo the change; or, if you mean it, first apply with ${variable} and without the change, which lifts ${their} protection`;
    },
    docs: `A server of a database or a shared storage, a volume, a DNS zone or an address that the world knows would be deleted or made
anew. Hetzner has no undo for that.

Usually a field was changed that cannot change in place, or an entity was removed. Undo it. If you mean it, lift the protection
of that one in an apply of its own, before the change: \`terraform apply -var 'unprotected=["NAME"]'\`. Then make the change, and
plan and apply it with the same variable. Once its protection is lifted this is a warning.`,
    example: {
      language: 'diff',
      wrong:
        ' databases:\n-  main: { engine: postgresql, backup: bucket.dumps }\n+  primary: { engine: postgresql, backup: bucket.dumps }',
      right:
        ' databases:\n-  main: { engine: postgresql, backup: bucket.dumps }\n+  primary: { renamed_from: main, engine: postgresql, backup: bucket.dumps }',
    },
  }),
  'plan/reprices': entry<{ names: readonly string[]; rescale: { from: string; to: string } | undefined }>({
    severity: 'warning',
    title: 'A plan moves a server to today’s price',
    message: ({ names, rescale }) => {
      const what =
        rescale === undefined
          ? `replaces ${listed(names)}`
          : `rescales ${listed(names)} from ${rescale.from} to ${rescale.to}`;
      return `the plan ${what}, which moves ${names.length === 1 ? 'it' : 'them'} to today's price: see "groundplan cost"`;
    },
    docs: `Since 2026-06-15 a server keeps the price at which it was ordered. A new order, and any rescale, moves it to the price of today.
Prices rose several times in 2026, so that even a smaller type may cost more than the server does now.`,
    example: {
      language: 'diff',
      wrong: ' apps:\n   web:\n-    type: cx33\n+    type: cx43',
      right: ' apps:\n   web:\n+    count: 3\n     type: cx33',
    },
  }),
  'plan/not-sold': entry<{ type: string; location: string; names: readonly string[]; isKnown: boolean }>({
    severity: 'error',
    title: 'A server type that Hetzner does not sell there today',
    message: ({ type, location, names, isKnown }) =>
      `${isKnown ? `Hetzner does not sell ${type} in ${location} today` : `Hetzner knows no server type ${type}`}, so that it would refuse ${listed(names)}: choose another type`,
    docs: `Terraform and the provider let any server type pass; only Hetzner knows what it sells, and says so in the middle of an apply. So
\`groundplan plan\` asks the API, with the token in \`TF_VAR_hcloud_token\` or \`HCLOUD_TOKEN\`, before a server is ordered or rescaled.

\`groundplan catalog update\` writes down what the token can order, so that \`groundplan check\` says it next time.`,
    example: {
      language: 'diff',
      wrong: ' apps:\n   web:\n+    type: cx99',
      right: ' apps:\n   web:\n+    type: cx33',
    },
  }),
  'plan/out-of-stock': entry<{ type: string; location: string; names: readonly string[] }>({
    severity: 'warning',
    title: 'A server type that is out of stock',
    message: ({ type, location, names }) =>
      `${type} is out of stock in ${location} at the moment, so that Hetzner may refuse ${listed(names)}: wait, or choose another type`,
    docs: `Hetzner sells the type there, but has none left when \`groundplan plan\` asks. Stock comes and goes within hours. An apply that fails
in the middle can be repeated: what was made stays.`,
    example: {
      language: 'diff',
      wrong: ' apps:\n   web:\n+    type: cax41',
      right: ' apps:\n   web:\n+    type: cx43',
    },
  }),
  'plan/refused': entry<{ reason: string; addresses: readonly string[] }>({
    severity: 'error',
    title: 'Terraform, the provider or Hetzner refuses',
    message: ({ reason, addresses }) => (addresses.length === 0 ? reason : `${reason} (${addresses.join(', ')})`),
    docs: `The words are those of Terraform, OpenTofu, the provider or Hetzner; the place is the line of the topology that made the resource
which they speak of.

A plan that is refused has changed nothing. Some things only Hetzner can know, such as a limit of the project, and says only when it is
asked to make something: \`terraform apply -json | groundplan plan --from -\` shows such errors at their lines, too.`,
    example: {
      language: 'diff',
      wrong: ' apps:\n   web:\n+    count: 40',
      right: ' apps:\n   web:\n+    count: 4',
    },
  }),
};

/** Up to three names, then how many more there are. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
