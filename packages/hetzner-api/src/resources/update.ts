import { type Context, ok, type Reply } from '../http/route.js';
import { nameUpTo } from '../input/checks.js';
import { type Check, type Fields, readFields } from '../input/fields.js';
import type { Labels } from '../input/labels.js';
import { refuseTakenName } from './lookup.js';

interface Renamable {
  readonly id: number;
  name: string;
  labels: Labels;
}

/** How a family answers PUT. */
export interface Update<Item extends Renamable> {
  readonly items: ReadonlyMap<number, Item>;
  readonly item: Item;
  readonly key: string;
  readonly render: (item: Item) => object;
  readonly checkName?: Check<string>;
  readonly takenMessage?: string;
  /** Reads further fields; what it returns is done once everything is found good. */
  readonly more?: (fields: Fields) => () => void;
}

/** Answers PUT: name, labels (the given set replaces the old one), and what a family has besides. */
export function updateReply<Item extends Renamable>(context: Context, update: Update<Item>): Reply {
  const { item } = update;
  const fields = readFields(context.body);
  const name = fields.text('name', update.checkName ?? nameUpTo(128));
  const labels = fields.labels();
  const more = update.more?.(fields);
  fields.finish();
  if (name !== undefined) {
    refuseTakenName(update.items, name, update.takenMessage, item.id);
    item.name = name;
  }
  if (labels !== undefined) item.labels = labels;
  more?.();
  return ok({ [update.key]: update.render(item) });
}
