import { compareSpans, type Edit, touches } from '@groundplan/diagnostics';
import { referenceWords } from '@groundplan/model';
import { anchorThings } from '../navigation/anchors.js';
import { kindWords, type Occurrence, type Thing } from '../navigation/thing.js';
import { thingAt, thingsOf } from '../navigation/things.js';
import type { Refusal, RenameTarget, Renaming } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { declaringEntry, sectionOf } from '../tree/sections.js';
import { keepFirstName } from './first-name.js';
import { illegal } from './names.js';
import { rewrite } from './rewrite.js';
import { harmOf } from './verify.js';

/** What would be renamed at `offset`, with the name to begin with, or why nothing can be. */
export function prepareRename(snapshot: Snapshot, offset: number): RenameTarget | Refusal {
  const found = renameableAt(snapshot, offset);
  return 'problem' in found ? found : { span: found.occurrence.span, placeholder: found.thing.name };
}

/**
 * The edits that call the thing at `offset` by another name wherever it is named. Nothing is made anew by them: the first name of an
 * entity or a region stays in `renamed_from`, from which addresses and Terraform names come. Refused when the name is illegal or taken,
 * when it is written in a place that something else shares, and when a problem would follow that is not there now.
 */
export function rename(snapshot: Snapshot, offset: number, newName: string): Renaming | Refusal {
  const found = renameableAt(snapshot, offset);
  if ('problem' in found) return found;
  const { thing } = found;
  if (newName === thing.name) return { edits: [] };
  const problem = illegal(thing.kind, newName) ?? taken(snapshot, thing, newName);
  if (problem !== undefined) return { problem };
  const edits: Edit[] = [];
  for (const occurrence of thing.occurrences) {
    const edit = rewrite(snapshot.tree, thing, occurrence, newName);
    if ('problem' in edit) return edit;
    edits.push(edit);
  }
  if (thing.kind !== 'secret' && thing.kind !== 'anchor' && thing.kind !== 'host') {
    const kept = keepFirstName(snapshot.tree, snapshot.model, thing.kind, thing.name, newName);
    if ('problem' in kept) return kept;
    edits.push(...kept);
  }
  edits.sort((a, b) => compareSpans(a.span, b.span));
  const secret = thing.kind === 'secret' ? { secret: { from: thing.name, to: newName } } : {};
  return harmOf(snapshot, edits, newName) ?? { edits, ...secret };
}

interface Renameable {
  readonly thing: Thing;
  readonly occurrence: Occurrence;
}

function renameableAt(snapshot: Snapshot, offset: number): Renameable | Refusal {
  const found = thingAt(snapshot, offset);
  if (found === undefined) return { problem: nothingAt(snapshot, offset) };
  const { thing, occurrence } = found;
  if (occurrence.output !== undefined && offset > occurrence.span.end) {
    return { problem: `"${occurrence.output}" is a word of the language: only names can be changed.` };
  }
  const problem = refusalOf(snapshot, thing);
  return problem === undefined ? found : { problem };
}

function nothingAt({ model }: Snapshot, offset: number): string {
  const unknown = model.references.find(({ span, target }) => target === undefined && touches(span, offset));
  if (unknown?.kind === undefined || unknown.name === '') return 'Nothing is named here that could be renamed.';
  return `Nothing is called ${referenceWords[unknown.kind]}.${unknown.name}: what is not declared cannot be renamed.`;
}

function refusalOf(snapshot: Snapshot, thing: Thing): string | undefined {
  const { kind, name } = thing;
  if (kind === 'secret' || kind === 'anchor' || kind === 'host') return undefined;
  const declared = declaringEntry(snapshot.tree, kind, name);
  if (declared === undefined) {
    return `"region: ${name}" is short for a region that is called like its location: write "regions:" to give it a name.`;
  }
  const { entry, map } = declared;
  const isElsewhere = entry.merged || entry.keySpan.start < map.span.start || isByAlias(snapshot, kind);
  if (isElsewhere || isShared(snapshot, thing)) {
    return `${kind}.${name} is written in a place that is repeated by an alias: what has its own name is written out first.`;
  }
  return undefined;
}

/** Whether the whole section is the repetition of another place. */
function isByAlias({ tree }: Snapshot, kind: keyof typeof sectionOf): boolean {
  return tree.root?.entries.find(({ key }) => key === sectionOf[kind])?.alias !== undefined;
}

/** Whether a place that names the thing names another one as well, since an anchor repeats it. */
function isShared(snapshot: Snapshot, thing: Thing): boolean {
  const own = new Set(thing.occurrences.map(({ span }) => span.start));
  return thingsOf(snapshot).some(
    (other) => other !== thing && other.kind !== 'host' && other.occurrences.some(({ span }) => own.has(span.start)),
  );
}

function taken(snapshot: Snapshot, { kind }: Thing, newName: string): string | undefined {
  const others = kind === 'anchor' ? anchorThings(snapshot.tree) : thingsOf(snapshot);
  const isTaken = others.some((each) => each.kind === kind && each.name === newName);
  return isTaken ? `Another ${kindWords[kind]} is called ${newName} already.` : undefined;
}
