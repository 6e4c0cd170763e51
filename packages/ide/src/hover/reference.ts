import { positionAt, type Span } from '@groundplan/diagnostics';
import type { Model, Reference } from '@groundplan/model';
import { entityAt, entityNamed } from '../facts/entities.js';
import { hereWords, outputWords } from '../facts/outputs.js';
import { code, shortened } from '../facts/words.js';
import { hereAt } from '../navigation/here.js';
import type { Facts } from '../snapshot.js';
import { entityPage, users } from './entity.js';
import { blocks, bullets, languageLink } from './markdown.js';
import { regionPage } from './region.js';

/** The reference at an offset; of several, the shortest. */
export function referenceAt(model: Model, offset: number): Reference | undefined {
  let found: Reference | undefined;
  for (const reference of model.references) {
    const { start, end } = reference.span;
    if (start > offset) break;
    if (offset <= end && (found === undefined || end - start <= found.span.end - found.span.start)) found = reference;
  }
  return found;
}

/** What a reference names, what it gives at run time, and where it is declared; undefined when it names nothing. */
export function referencePage(snapshot: Facts, reference: Reference): string | undefined {
  const { model } = snapshot;
  const { kind, name, target, output } = reference;
  if (target === undefined || kind === undefined) return undefined;
  if (kind === 'secret') return secretPage(snapshot, name);
  const page = pageOf(snapshot, reference);
  if (page === undefined) return undefined;
  const gives = outputWords(model, reference);
  return blocks(
    gives === undefined ? undefined : `**\${${kind}.${name}.${output}}** · ${gives}`,
    gives === undefined ? undefined : '---',
    page,
    `Declared on line ${lineOf(snapshot, target.span)}.`,
  );
}

function pageOf(snapshot: Facts, { kind, name }: Reference): string | undefined {
  const { model } = snapshot;
  if (kind === 'region') {
    const region = model.regions.find((each) => each.name === name);
    return region && regionPage(snapshot, region);
  }
  const entity = entityNamed(model, kind, name);
  return entity && entityPage(snapshot, entity);
}

/** How a secret gets its value: nothing declares it. */
function secretPage(snapshot: Facts, name: string): string {
  const { file, recipients } = snapshot.model.secrets;
  return blocks(
    `**secret.${name}** · a secret`,
    `Its value is kept in ${code(file.value)}, encrypted with age, and reaches the hosts that use it. It is never in this file, in the output, or in Terraform's state and plan.`,
    bullets([
      recipients.length === 0
        ? undefined
        : `**Readable by**: ${shortened(
            recipients.map(({ value }) => code(value)),
            3,
          )}`,
      users(snapshot, 'secret', name),
    ]),
    languageLink('secrets'),
  );
}

/** `${region.name}`, which is no reference to a region but to the host's own. */
export function herePage({ model }: Facts, offset: number): { span: Span; markdown: string } | undefined {
  const here = hereAt(model, offset);
  return here && { span: here.span, markdown: `**\${region.${here.output}}** · ${hereWords(model, here.output)}` };
}

function lineOf({ tree }: Facts, { start }: Span): number {
  return positionAt(tree.lines, start).line + 1;
}

/** The entity whose name stands as a key under `regions.<region>.apps`. */
export function overriddenEntity(model: Model, path: readonly string[]): ReturnType<typeof entityAt> {
  return path.length === 4 && path[0] === 'regions' ? entityAt(model, path.slice(2)) : undefined;
}
