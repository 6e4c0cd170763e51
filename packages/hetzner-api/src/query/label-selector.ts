import { ApiError } from '../http/errors.js';
import { type Labels, refuseLabelKey, refuseLabelValue } from '../input/labels.js';

/** Whether labels match. */
export type LabelSelector = (labels: Labels) => boolean;

const key = '[^\\s,!=()]+';
const set = new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const comparison = new RegExp(`^(${key})\\s*(==|=|!=)\\s*([^\\s,!=()]*)$`);
const absence = new RegExp(`^!\\s*(${key})$`);
const presence = new RegExp(`^(${key})$`);

/**
 * Parses the query language of https://docs.hetzner.cloud (Label Selector): `k=v`, `k==v`, `k!=v`, `k`, `!k`,
 * `k in (a,b)`, `k notin (a,b)`, joined by commas that mean "and". The empty selector matches everything.
 * `k!=v` and `notin` also match what lacks the key. Throws `invalid_input` about `label_selector`.
 */
export function parseLabelSelector(text: string): LabelSelector {
  if (text.trim() === '') return () => true;
  const terms = splitTerms(text).map((term) => parseTerm(term.trim(), text));
  return (labels) => terms.every((term) => term(labels));
}

/** Splits at commas that are not within parentheses. */
function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let depth = 0;
  let term = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) {
      terms.push(term);
      term = '';
    } else {
      term += character;
    }
  }
  return [...terms, term];
}

function parseTerm(term: string, whole: string): LabelSelector {
  const inSet = set.exec(term);
  if (inSet !== null) {
    const [, name = '', operator, list = ''] = inSet;
    const values = list.split(',').map((value) => value.trim());
    checkKey(name, whole);
    for (const value of values) checkValue(name, value, whole);
    return operator === 'in'
      ? (labels) => values.includes(labelValue(labels, name) ?? '\0')
      : (labels) => !values.includes(labelValue(labels, name) ?? '\0');
  }
  const compared = comparison.exec(term);
  if (compared !== null) {
    const [, name = '', operator, value = ''] = compared;
    checkKey(name, whole);
    checkValue(name, value, whole);
    return operator === '!='
      ? (labels) => labelValue(labels, name) !== value
      : (labels) => labelValue(labels, name) === value;
  }
  const absent = absence.exec(term)?.[1];
  if (absent !== undefined) {
    checkKey(absent, whole);
    return (labels) => labelValue(labels, absent) === undefined;
  }
  const present = presence.exec(term)?.[1];
  if (present !== undefined) {
    checkKey(present, whole);
    return (labels) => labelValue(labels, present) !== undefined;
  }
  throw badSelector(whole);
}

function labelValue(labels: Labels, name: string): string | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

function checkKey(name: string, whole: string): void {
  if (refuseLabelKey(name) !== undefined) throw badSelector(whole);
}

function checkValue(name: string, value: string, whole: string): void {
  if (refuseLabelValue(name, value) !== undefined) throw badSelector(whole);
}

function badSelector(text: string): ApiError {
  return new ApiError(
    422,
    'invalid_input',
    `invalid input in field 'label_selector': '${text}' is not a valid selector`,
    {
      fields: [{ name: 'label_selector', messages: [`'${text}' is not a valid selector`] }],
    },
  );
}
