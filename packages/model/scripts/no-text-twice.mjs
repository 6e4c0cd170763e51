/**
 * Whether every text of a list differs from the others: what the validators do for `uniqueItems`. Ajv's own code calls methods
 * of the items, which maps of a file do not have, overlooks `__proto__`, and takes the square of the list's length. All
 * lists with `uniqueItems` are lists of texts, and anything else in them is of the wrong type already.
 *
 * @param {readonly unknown[]} items
 * @returns {boolean}
 */
export default function noTextTwice(items) {
  const texts = items.filter((item) => typeof item === 'string');
  return new Set(texts).size === texts.length;
}
