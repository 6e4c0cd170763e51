import { type Code, catalogue } from '@groundplan/diagnostics';

/** Every code of the catalogue, sorted. */
export function codes(): readonly Code[] {
  return (Object.keys(catalogue) as Code[]).sort();
}
