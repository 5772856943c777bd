// The tree of a YAML document, with the stretch of text that each part came from.

interface Part {
  /** Offsets in the text, without the end. */
  readonly from: number;
  readonly to: number;
  /** A tag written out: `tag:yaml.org,2002:str`, `!local`; '' where there is none. */
  readonly tag: string;
}

export interface ScalarNode extends Part {
  readonly type: 'scalar';
  readonly value: string;
  /** Without quotes: what it means depends on how it looks. */
  readonly isPlain: boolean;
}
export interface SequenceNode extends Part {
  readonly type: 'sequence';
  readonly items: readonly YamlNode[];
}
export interface MappingNode extends Part {
  readonly type: 'mapping';
  readonly pairs: readonly { readonly key: YamlNode; readonly value: YamlNode }[];
}
export interface AliasNode extends Part {
  readonly type: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}
export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode;
