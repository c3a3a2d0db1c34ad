/** The order of texts by their code units: the same in every place and language. For `toSorted`. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
