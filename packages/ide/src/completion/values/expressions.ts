import { backupBuckets, loopbackPort, type Model, outputsOf } from '@groundplan/model';
import { illegal } from '../../rename/names.js';
import { text } from '../body.js';
import type { Context, ValueProposal } from '../context.js';
import { secrets } from './references.js';

/** Something that may stand between `${` and `}`; it is not complete when it ends in a dot. */
export interface Expression {
  readonly text: string;
  readonly detail: string;
}

/** Whether `${…}` stands for something in a field, and whether for secrets only. */
export function interpolates(generic: string): 'all' | 'secrets' | undefined {
  if (/^apps\.\*\.(env\.\*|files\.\*\.content)$/.test(generic)) return 'all';
  return /^alerts\.(webhook|email)$/.test(generic) ? 'secrets' : undefined;
}

/** What may stand in a `${…}` of a field: the kinds with names and outputs, without what a check would refuse. */
export function interpolated(context: Context, path: readonly string[], generic: string): readonly Expression[] {
  const scope = interpolates(generic);
  if (scope === undefined) return [];
  const { model } = context;
  const known = [
    ...secrets(context, undefined).map(({ name }) => ({ text: `secret.${name}`, detail: 'a secret' })),
    ...secretLikeKey(context, path, generic).map((name) => ({ text: `secret.${name}`, detail: 'a new secret' })),
  ];
  if (scope === 'secrets') return [...known, { text: 'secret.', detail: 'a secret by its name' }];
  const names: Expression[] = [];
  const outputs: Expression[] = [];
  const kinds = new Map<string, string>();
  const add = (
    kind: 'database' | 'app' | 'bucket' | 'storage',
    name: string,
    words: string,
    given: readonly string[],
  ) => {
    if (given.length === 0) return;
    kinds.set(kind, words);
    names.push({ text: `${kind}.${name}.`, detail: words });
    outputs.push(...given.map((output) => ({ text: `${kind}.${name}.${output}`, detail: `${output} of ${words}` })));
  };
  for (const { name } of model.databases) {
    if (!clashes(model, path[1], 'database', name)) add('database', name, 'a database', outputsOf('database'));
  }
  for (const { name } of model.apps) {
    if (!clashes(model, path[1], 'app', name)) add('app', name, 'an app', outputsOf('app'));
  }
  const withBackups = new Set(backupBuckets(model).map(({ bucket }) => bucket.name));
  for (const { name } of model.buckets) {
    const given = outputsOf('bucket').filter((output) => !(withBackups.has(name) && output.endsWith('_key')));
    add('bucket', name, 'a bucket', given);
  }
  for (const { name } of model.storages) add('storage', name, 'a shared storage', outputsOf('storage'));
  const here = outputsOf('region').map((output) => ({
    text: `region.${output}`,
    detail: `the ${output} of the region`,
  }));
  return [
    ...[...kinds].map(([kind, words]) => ({ text: `${kind}.`, detail: words })),
    { text: 'secret.', detail: 'a secret by its name' },
    { text: 'region.', detail: 'the region of the host' },
    ...names,
    ...outputs,
    ...known,
    ...here,
  ];
}

/** A variable's own name, as that of the secret which it most likely holds. */
function secretLikeKey(context: Context, path: readonly string[], generic: string): readonly string[] {
  const name = path.at(-1) ?? '';
  const isFree = secrets(context, undefined).every((each) => each.name !== name);
  return generic === 'apps.*.env.*' && isFree && illegal('secret', name) === undefined ? [name] : [];
}

/** Whether an app would listen on the port at which its own host reaches something else. */
function clashes(model: Model, app: string | undefined, kind: 'database' | 'app', name: string): boolean {
  const own = model.apps.find((each) => each.name === app)?.port?.value;
  if (own === undefined || (kind === 'app' && name === app)) return false;
  if (kind === 'database') return model.databases.find((each) => each.name === name)?.port.value === own;
  const other = model.apps.find((each) => each.name === name);
  return other !== undefined && loopbackPort(other.firstName, other.slot?.value) === own;
}

/** Whole values that are known from elsewhere in the topology: `${database.main.url}`, the origins of the routes, images. */
export function expressions(context: Context, path: readonly string[], generic: string): ValueProposal[] {
  const { model } = context;
  switch (generic) {
    case 'apps.*.env.*':
      return interpolated(context, path, generic)
        .filter(({ text: each }) => !each.endsWith('.') && (each !== `secret.${path.at(-1)}` || isSecret(path.at(-1))))
        .map(({ text: each, detail }) => ({
          label: `\${${each}}`,
          kind: 'output',
          body: text(`\${${each}}`),
          detail,
          rank: rankOf(each, path),
        }));
    case 'alerts.webhook':
    case 'alerts.email':
    case 'alerts.smtp.user':
      return secrets(context, { examples: [alertExamples[generic]] }).map(({ name, detail }) => ({
        label: `secret.${name}`,
        kind: 'entity',
        body: text(`secret.${name}`),
        detail,
      }));
    case 'buckets.*.cors.*':
      return [...new Set(model.loadBalancers.flatMap(({ routes }) => routes.map(({ host }) => `https://${host}`)))].map(
        (origin) => ({ label: origin, kind: 'host', body: text(origin), detail: 'a host of the routes' }),
      );
    case 'apps.*.run.container':
      return [
        ...new Set(
          model.apps.flatMap(({ run, name }) =>
            run?.kind === 'container' && name !== path[1] ? [run.image.value] : [],
          ),
        ),
      ].map((image) => ({ label: image, kind: 'value', body: text(image), detail: 'of another app' }));
    default:
      return [];
  }
}

/** An address of something else is most likely wanted, one of the app itself hardly ever. */
function rankOf(expression: string, [, app, , variable]: readonly string[]): number {
  if (expression.startsWith(`app.${app}.`)) return 6;
  if (expression === `secret.${variable}`) return 3;
  return expression.endsWith('.url') || expression.startsWith('secret.') ? 4 : 5;
}

/** Whether a variable sounds like one that holds a secret. */
function isSecret(variable = ''): boolean {
  return /(^|_)(KEY|TOKEN|SECRET|PASS|PASSWORD|PASSPHRASE|CREDENTIALS?)(_BASE)?$/.test(variable);
}

/** What a secret is called that is a whole value of a field. */
const alertExamples = {
  'alerts.webhook': 'secret.ALERT_WEBHOOK',
  'alerts.email': 'secret.ALERT_EMAIL',
  'alerts.smtp.user': 'secret.SMTP_USER',
} as const;
