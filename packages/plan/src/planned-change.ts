/** What a plan does to one resource. */
export type Action = 'create' | 'update' | 'replace' | 'destroy' | 'forget';

/** One resource that a plan changes. */
export interface PlannedChange {
  /** `hcloud_server.falkenstein_app_web_1` */
  readonly address: string;
  readonly type: string;
  /** The name in the address, which for a host's parts begins with the host's key. */
  readonly name: string;
  readonly action: Action;
  /** Attributes as they are; undefined when it is created. */
  readonly before: Attributes | undefined;
  /** Attributes as they will be, as far as they are known; undefined when it is destroyed. */
  readonly after: Attributes | undefined;
  /** What an update changes, sorted by name; empty for every other action. */
  readonly changed: readonly ChangedAttribute[];
  /** What forces a replacement: attributes such as `location`, or in words ("-replace"). */
  readonly replacedFor: readonly string[];
}

/** Values are as they would be written; undefined where they are secret, not known yet, or no single value. */
export interface ChangedAttribute {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** What a saved plan says. */
export interface Plan {
  /** Sorted by address; what is only read, or stays as it is, is left out. */
  readonly changes: readonly PlannedChange[];
  /** False when planning failed half-way, so that there may be more changes than these. */
  readonly complete: boolean;
}

/**
 * What `terraform show -json` (or `tofu show -json`) says of a saved plan. Never throws: what is no such answer has no changes.
 * Format: https://developer.hashicorp.com/terraform/internals/json-format, "Plan Representation", "Change representation".
 */
export function readPlan(shown: unknown): Plan {
  const plan = attributesOf(shown);
  const changes = plan?.['resource_changes'];
  return {
    changes: (Array.isArray(changes) ? changes : [])
      .flatMap((item) => readChange(attributesOf(item)))
      .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0)),
    complete: plan?.['errored'] !== true,
  };
}

function readChange(item: Attributes | undefined): PlannedChange[] {
  const change = attributesOf(item?.['change']);
  const action = actionOf(change?.['actions']);
  const { address, type, name, mode } = item ?? {};
  if (action === undefined || typeof address !== 'string' || typeof type !== 'string' || mode !== 'managed') return [];
  return [
    {
      address,
      type,
      name: String(name ?? ''),
      action,
      before: attributesOf(change?.['before']),
      after: attributesOf(change?.['after']),
      changed: action === 'update' ? changedBy(change ?? {}) : [],
      replacedFor: action === 'replace' ? reasonsOf(change?.['replace_paths'], item?.['action_reason']) : [],
    },
  ];
}

function actionOf(actions: unknown): Action | undefined {
  if (!Array.isArray(actions)) return undefined;
  if (actions.includes('create')) return actions.includes('delete') ? 'replace' : 'create';
  if (actions.includes('update')) return 'update';
  if (actions.includes('delete')) return 'destroy';
  return actions.includes('forget') ? 'forget' : undefined;
}

/** What only follows from the update, and is not known before it, is left out: it is no reason for it. */
function changedBy(change: Attributes): ChangedAttribute[] {
  const before = attributesOf(change['before']) ?? {};
  const after = attributesOf(change['after']) ?? {};
  const secret = [attributesOf(change['before_sensitive']), attributesOf(change['after_sensitive'])];
  return Object.keys(after)
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .sort()
    .map((name) => {
      const hidden = secret.some((marks) => marks?.[name] === true);
      return { name, before: hidden ? undefined : shown(before[name]), after: hidden ? undefined : shown(after[name]) };
    });
}

const longestShown = 60;

function shown(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= longestShown ? value : undefined;
}

/** The attributes that cannot change in place; where there are none, what else made it ("Change representation", `action_reason`). */
function reasonsOf(paths: unknown, reason: unknown): string[] {
  const attributes = Array.isArray(paths)
    ? paths.map((path) => (Array.isArray(path) ? path.join('.') : String(path)))
    : [];
  if (attributes.length > 0) return [...new Set(attributes)].sort();
  return typeof reason === 'string' && Object.hasOwn(reasons, reason) ? [reasons[reason] ?? reason] : [];
}

const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: 'a creation that had failed',
  replace_by_request: '-replace',
  replace_by_triggers: 'its triggers',
};

/** A JSON object; undefined for every other value. */
export function attributesOf(value: unknown): Attributes | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Attributes) : undefined;
}
