import { touches } from '@groundplan/diagnostics';
import type { Model, Template, TemplatePart } from '@groundplan/model';

export type Here = Extract<TemplatePart, { readonly kind: 'here' }>;

/** The `region.name` and `region.location` inside `${…}`: of the region of whichever host is configured. */
export function hereAt(model: Model, offset: number): Here | undefined {
  for (const template of templatesOf(model)) {
    for (const part of template.parts) {
      if (part.kind === 'here' && touches(part.span, offset)) return part;
    }
  }
  return undefined;
}

/** Every text in which `${…}` stands for something. */
export function templatesOf(model: Model): readonly Template[] {
  const ofApps = model.apps.flatMap(({ env, files }) => [
    ...env.map(({ value }) => value),
    ...files.flatMap(({ source }) => (source?.kind === 'content' ? [source.content] : [])),
  ]);
  const ofAlerts = [model.alerts?.webhook, model.alerts?.email].flatMap((template) => template ?? []);
  return [...ofApps, ...ofAlerts];
}
