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
    loss: 'data' | 'disk' | 'records' | 'address' | 'objects';
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
    docs: `A server of a database or a shared storage, a volume, a DNS zone, a bucket with what is in it, or an address that the world knows
would be deleted or made anew. Hetzner has no undo for that.

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
  'plan/cors-stays': entry<{
    buckets: readonly string[];
    addresses: readonly string[];
    /** How the tool is called: `tofu -chdir=build`. */
    call: string;
    stays: boolean;
  }>({
    severity: 'error',
    title: 'A plan would delete CORS rules, which the provider cannot',
    message: ({ buckets, addresses, call, stays }) => {
      const what = `the provider cannot delete the CORS rules of ${buckets.join(', ')}: run "${call} state rm ${addresses.join(' ')}", then plan again`;
      return stays
        ? `${what}; the rules stay at Hetzner until you delete them there`
        : `${what}; the rules go with the bucket${buckets.length === 1 ? '' : 's'}`;
    },
    docs: `The MinIO provider deletes CORS rules by writing an empty set of rules, and S3 servers refuse that; so does Ceph, which
Hetzner runs, by its source. An apply of such a plan would stop in the middle.

\`terraform state rm\` takes the rules out of Terraform's state and leaves them as they are at Hetzner. When the bucket goes, they
go with it, and \`groundplan destroy\` does all that by itself. When the bucket stays, they stay too, and browsers on those
origins may go on using it: delete them with an S3 tool, such as
\`aws s3api delete-bucket-cors --bucket NAME --endpoint-url https://LOCATION.your-objectstorage.com\`.`,
    example: {
      language: 'diff',
      wrong: ' buckets:\n   uploads:\n-    cors: ["https://shop.example.com"]\n     location: fsn1',
      right: ' buckets:\n   uploads:\n     cors: ["https://shop.example.com"]\n     location: fsn1',
    },
  }),
  'plan/last-bucket': entry<{ addresses: readonly string[]; call: string }>({
    severity: 'error',
    title: 'The last bucket of a topology cannot be deleted any more',
    message: ({ addresses, call }) => {
      const cors = addresses.filter((address) => address.startsWith('minio_s3_bucket_cors.'));
      const buckets = addresses.filter((address) => address.startsWith('minio_s3_bucket.'));
      const targets = (buckets.length === 0 ? addresses : buckets).map((address) => `-target=${address}`);
      const forget = cors.length === 0 ? '' : `"${call} state rm ${cors.join(' ')}" and `;
      const [them, was] = targets.length === 1 ? ['it', 'it was'] : ['them', 'they were'];
      return `the topology has no bucket any more, and Terraform cannot delete the last without the object storage that ${was} in: put ${them} back, build, run ${forget}"${call} destroy ${targets.join(' ')}", and remove ${them} again`;
    },
    docs: `Terraform deletes a bucket with the provider's configuration for object storage. A topology without a bucket has none, so
that its last bucket must be destroyed while it is still in the file:

1. Put the bucket back, as it was, and run \`groundplan build\`.
2. Only an empty bucket is deleted. To delete it with everything in it, first apply with \`-var 'unprotected=["BUCKET"]'\`.
3. If the bucket has CORS rules, take them out of the state: \`terraform -chdir=build state rm minio_s3_bucket_cors.NAME\`.
4. \`terraform -chdir=build destroy -target=minio_s3_bucket.NAME\`.
5. Remove the bucket from the topology.

To keep the bucket at Hetzner, and only forget it, run \`terraform -chdir=build state rm\` on each address of it in
\`terraform -chdir=build state list\`: they all begin with \`minio_s3_bucket\`.
\`groundplan destroy\`, which takes the whole topology down, needs none of this as long as the file has a bucket.`,
    example: {
      language: 'diff',
      wrong: '-buckets:\n-  uploads: { location: fsn1, writers: [app.web] }\n access:',
      right: ' buckets:\n   uploads: { location: fsn1, writers: [app.web] }\n access:',
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
