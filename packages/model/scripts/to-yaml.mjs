/** Text that YAML would read as something else, or that begins like something else. */
const needsQuotes = [
  /^$|^\s|\s$|\n/,
  /^(true|false|null|~)$/i,
  /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)(e[-+]?[0-9]+)?$|^0[ox]|^[-+]?\.(inf|nan)$/i,
  /^[-?:,[\]{}#&*!|>'"%@`]/,
  /[:,[\]{}]| #/,
];

/**
 * Plain data as YAML.
 *
 * @param {unknown} value
 * @param {'flow' | 'block'} style in `block` the outer maps have a line for each key; what is small stays on one line
 * @returns {string}
 */
export function toYaml(value, style = 'flow') {
  return style === 'block' && isMap(value) ? block(value, '') : flow(value);
}

function block(map, indentation) {
  return Object.entries(map)
    .map(([key, value]) => {
      const line = `${indentation}${flow(key)}: ${flow(value)}`;
      if (line.length <= 88 || !isMap(value)) return line;
      return `${indentation}${flow(key)}:\n${block(value, `${indentation}  `)}`;
    })
    .join('\n');
}

function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isMap(value)) {
    const entries = Object.entries(value).map(([key, inner]) => `${flow(key)}: ${flow(inner)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  const isAmbiguous = typeof value === 'string' && needsQuotes.some((pattern) => pattern.test(value));
  return isAmbiguous ? JSON.stringify(value) : String(value);
}

function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
