/** The part of a number that one of several has: the first ones take the remainder. */
export const shareOf = (count: number, index: number, parts: number): number =>
  Math.floor(count / parts) + (index < count % parts ? 1 : 0);
