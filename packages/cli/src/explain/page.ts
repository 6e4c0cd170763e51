/** Columns of a page of `explain`: what is comfortable to read. */
export const pageColumns = 92;
