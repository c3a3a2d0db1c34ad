/** What is done with the objects of one kind. Kinds without a row are ignored. */
export interface InterestRow {
  /** `""` for the core group. */
  readonly group: string;
  readonly kind: string;
  /**
   * `judged`: objects with pools. `reference`: others name them, so a broken one matters less than it may seem but still
   * matters. `unsupported`: never judged; said with `message`. `ignored`: only shares its name with an interesting kind.
   */
  readonly role: "judged" | "reference" | "unsupported" | "ignored";
  /** For `unsupported`: what to do instead. */
  readonly message?: string;
  /** For `reference`: the kinds whose objects name such an object. */
  readonly users?: readonly string[];
  /** Whether the kind has no namespace: one that is written counts for nothing. */
  readonly isClusterScoped?: boolean;
  /** For `reference`: the places of what is read of it; one that has none of it does nothing. All of it when absent. */
  readonly reads?: readonly (readonly string[])[];
}

export const isReference = ({ role }: InterestRow): boolean => role === "reference";

/** The kinds of those who name objects of these kinds. */
export const usersOf = (rows: readonly InterestRow[]): string[] => [
  ...new Set(rows.flatMap(({ users = [] }) => users)),
];

/** A program that manages the nodes of every cluster: some of its settings reach them, and no manifest of a cluster shows it. */
export interface Operator {
  /** For messages. */
  readonly title: string;
  /** A word that stands where its settings are kept, in small letters. */
  readonly name: string;
  /** Words of which one is in whatever runs it or holds its settings. */
  readonly programs: readonly string[];
  /** Arguments and environment variables that reach nodes; the image always may. */
  readonly flags: readonly string[];
  readonly variables: readonly string[];
  readonly because: string;
}

/** Which objects the reader keeps. */
export interface Interest {
  readonly find: (group: string, kind: string) => InterestRow | undefined;
  /** The kinds, in no order. */
  readonly kinds: ReadonlySet<string>;
  /** Those of them that have pools. */
  readonly judged: ReadonlySet<string>;
  readonly rows: readonly InterestRow[];
  readonly operators: readonly Operator[];
}

/** The interest in these kinds; of rows for one kind the last counts. */
export function interestIn(rows: readonly InterestRow[], operators: readonly Operator[] = []): Interest {
  const found = new Map<string, InterestRow>();
  for (const row of rows) found.set(`${row.group}/${row.kind}`, row);
  const all = [...found.values()];
  return {
    find: (group, kind) => found.get(`${group}/${kind}`),
    kinds: new Set(all.filter((row) => row.role !== "ignored").map((row) => row.kind)),
    judged: new Set(all.filter((row) => row.role === "judged").map((row) => row.kind)),
    rows: all,
    operators,
  };
}
