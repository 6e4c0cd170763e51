import { type Catalog, catalogFromApi } from '@groundplan/catalog';
import type { Diagnostic } from '@groundplan/diagnostics';
import { readPlan } from '@groundplan/plan';
import {
  type JudgedErrors,
  judgeErrors,
  judgeOffer,
  judgePlan,
  ordersServers,
  type PlacedChange,
  placeChanges,
  type ToolError,
} from '@groundplan/terraform';
import { fetchOffer } from '../catalog/fetch-offer.js';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import type { Compilation } from '../topology/compile-topology.js';
import type { MadePlan } from './make-plan.js';
import { readMessages } from './tool-messages.js';

/** What there is to say about a plan, or about an apply of it. */
export interface Judgement {
  /** Undefined when nothing was planned. */
  readonly changes: readonly PlacedChange[] | undefined;
  /** False when planning failed half-way, so that there may be more changes. */
  readonly complete: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** What kept the tool from its work, and is no business of the topology; in one line each. */
  readonly others: readonly string[];
}

type Made = NonNullable<Compilation['made']>;

/**
 * Judges a plan by itself, and by what Hetzner sells today.
 *
 * @param call how the tool is called for what was built
 */
export async function judgeMade(
  made: Made,
  { shown, errors }: MadePlan,
  catalog: Catalog,
  call: string,
  context: Context,
): Promise<Judgement> {
  const plan = readPlan(shown);
  const changes = placeChanges(made, plan);
  const refused = refusals(made, errors, changes, call);
  const isReachable = refused.others.length === 0;
  const ofOffer = isReachable ? await judgeToday(made, changes, catalog, context) : [];
  return {
    changes,
    complete: plan.complete && errors.length === 0,
    diagnostics: [...judgePlan({ ...made, call }, changes), ...refused.diagnostics, ...ofOffer],
    others: refused.others,
  };
}

/** What of the changes Hetzner would refuse by what it sells today. */
export async function judgeToday(
  made: Made,
  changes: readonly PlacedChange[],
  catalog: Catalog,
  context: Context,
): Promise<Diagnostic[]> {
  const offer = ordersServers(changes) ? await offerOfToday(catalog, context) : undefined;
  return offer === undefined ? [] : judgeOffer(made, changes, offer);
}

/**
 * Judges what `apply -json` wrote.
 *
 * @throws Failure when the text is something else
 */
export function judgeLog(made: Made, text: string, shownName: string): Judgement {
  const { errors, any } = readMessages(text);
  if (!any) throw new Failure(`${shownName}: this is not what "terraform apply -json" writes`);
  const { diagnostics, others } = refusals(made, errors);
  return { changes: undefined, complete: true, diagnostics, others };
}

/** Tells the errors of a plan or an apply that lines of the topology are the reason for from all others. */
export function refusals(
  made: Made,
  errors: readonly ToolError[],
  changes: readonly PlacedChange[] = [],
  call = 'terraform',
): JudgedErrors {
  return judgeErrors({ ...made, mainTfJson: made.output.files.get('main.tf.json') ?? '', changes, call }, errors);
}

/** The catalogue with today's answers of the API in it; undefined without a token, or without an answer. */
async function offerOfToday(base: Catalog, context: Context): Promise<Catalog | undefined> {
  const token = context.variables.TF_VAR_hcloud_token || context.variables.HCLOUD_TOKEN;
  if (!token) return undefined;
  try {
    const answers = await context.progress('asking the API', () =>
      fetchOffer({ ...context.variables, HCLOUD_TOKEN: token }),
    );
    return catalogFromApi(answers, base, new Date().toISOString().slice(0, 10)).value;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    context.note(`whether Hetzner sells these server types today is not known: ${error.message}`);
    return undefined;
  }
}
