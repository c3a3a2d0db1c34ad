/** Stands where a secret stood. */
export const hidden = "(hidden)";
