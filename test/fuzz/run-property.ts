import { check, type IProperty, type Parameters as Settings, type RunDetails } from "fast-check";

/** A property that runs when it is told how often and from which seed. */
export type Run = (settings: Pick<Settings<unknown>, "seed" | "numRuns">) => RunDetails<unknown>;

/** A property to run later. */
export const runs =
  <Values>(one: IProperty<Values>): Run =>
  ({ seed, numRuns }) =>
    check(one, {
      ...(seed === undefined ? {} : { seed }),
      ...(numRuns === undefined ? {} : { numRuns }),
    }) as RunDetails<unknown>;
