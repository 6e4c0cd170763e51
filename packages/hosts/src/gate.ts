/**
 * A program that a bundle may hold: it waits until the hosts of an entity have made together what they are for, says what is missing as
 * long as something is, and ends with 0. An apply runs it on the first of them in each region, once all are configured, since none of
 * them waits for the others before. What depends on the entity comes after it.
 */
export const gateProgram = '/usr/local/lib/groundplan/gate';
