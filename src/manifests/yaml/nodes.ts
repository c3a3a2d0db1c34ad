/** What a document is made of, before it is known what its scalars mean. */
export type Node = ScalarNode | SequenceNode | MappingNode | AliasNode;

interface Placed {
  /** Where it begins, after its anchor, tag and quote; -1 for a null that is not written. */
  readonly start: number;
}

export interface ScalarNode extends Placed {
  readonly kind: "scalar";
  readonly text: string;
  /** In its full form; "" for none. */
  readonly tag: string;
  /** Whether it is without quotes, or its tag says that this does not matter. */
  readonly isPlain: boolean;
}

export interface SequenceNode extends Placed {
  readonly kind: "sequence";
  readonly items: Node[];
}

export interface MappingNode extends Placed {
  readonly kind: "mapping";
  readonly entries: (readonly [key: Node, value: Node])[];
}

export interface AliasNode extends Placed {
  readonly kind: "alias";
  readonly name: string;
  readonly target: Node;
}
