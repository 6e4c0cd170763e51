/** Plain data as YAML; in `block` the outer maps have a line for each key. */
export function toYaml(value: unknown, style?: 'flow' | 'block'): string;
