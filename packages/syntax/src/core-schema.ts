const integer = /^[-+]?[0-9]+$/;
const octal = /^0o[0-7]+$/;
const hexadecimal = /^0x[0-9a-fA-F]+$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const infinity = /^[-+]?\.(?:inf|Inf|INF)$/;
const notANumber = /^\.(?:nan|NaN|NAN)$/;

/**
 * What a plain scalar means by the core schema of YAML 1.2 (chapter 10.3). Text that older versions read otherwise, such as `yes`,
 * `off`, `2001-12-14` and `0777`, stays text or a decimal number.
 */
export function resolvePlain(source: string): string | number | boolean | null {
  switch (source) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
  }
  return mayBeNumber(source.charCodeAt(0)) ? resolveNumber(source) : source;
}

function resolveNumber(source: string): string | number {
  if (integer.test(source) || float.test(source)) return Number(source);
  if (octal.test(source) || hexadecimal.test(source)) return Number(source);
  if (infinity.test(source)) return source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (notANumber.test(source)) return Number.NaN;
  return source;
}

/** A digit, `+`, `-` or `.`: what every number begins with. */
function mayBeNumber(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
}
