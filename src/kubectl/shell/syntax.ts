// What a line for the shell means: words made of parts, commands with redirections, and the few forms around them.

/** A piece of a word. Pieces in quotes are taken as they are: they are not split, and stars in them mean nothing. */
export type WordPart =
  | { readonly type: 'text'; readonly text: string; readonly isQuoted: boolean }
  | {
      readonly type: 'variable';
      readonly name: string;
      readonly isQuoted: boolean;
      /** `:-`, `-`, `#`, `##`, `%`, `%%` and their like, with the word behind it; `length` for `${#name}`. */
      readonly operator?: string;
      readonly operand?: Word;
      /** What stands behind a second sign: `${name/a/b}`, `${name:1:2}`. */
      readonly second?: Word;
    }
  | { readonly type: 'command'; readonly script: Script; readonly isQuoted: boolean }
  | { readonly type: 'number'; readonly expression: Word; readonly isQuoted: boolean }
  /** `<(command)`: what it prints, as a file. */
  | { readonly type: 'file'; readonly script: Script; readonly isQuoted: boolean };

export type Word = readonly WordPart[];

/** `> file`, `2>> file`, `< file`, `2>&1`, and a text that stands in the script itself. */
export interface Redirect {
  readonly fd: 0 | 1 | 2;
  readonly type: 'write' | 'append' | 'read' | 'text' | 'duplicate' | 'both' | 'bothAppend';
  readonly target: Word;
}

export interface SimpleCommand {
  readonly type: 'simple';
  readonly assignments: readonly { readonly name: string; readonly value: Word }[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

/** A form that holds other commands. */
export type CompoundCommand = { readonly redirects: readonly Redirect[] } & (
  | { readonly type: 'for'; readonly name: string; readonly words: readonly Word[]; readonly body: Script }
  | { readonly type: 'while'; readonly isUntil: boolean; readonly test: Script; readonly body: Script }
  | {
      readonly type: 'if';
      readonly branches: readonly { readonly test: Script; readonly body: Script }[];
      readonly otherwise: Script | undefined;
    }
  | { readonly type: 'forCount'; readonly parts: readonly [Word, Word, Word]; readonly body: Script }
  | { readonly type: 'case'; readonly word: Word; readonly branches: readonly CaseBranch[] }
  | { readonly type: 'condition'; readonly condition: Condition }
  | { readonly type: 'count'; readonly expression: Word }
  | { readonly type: 'function'; readonly name: string; readonly body: Command }
  | { readonly type: 'group'; readonly body: Script; readonly isSubshell: boolean }
);

/** One branch of a `case`. */
export interface CaseBranch {
  readonly patterns: readonly Word[];
  readonly body: Script;
}

/** What `[[ ]]` asks. */
export type Condition =
  | { readonly type: 'both' | 'either'; readonly conditions: readonly [Condition, Condition] }
  | { readonly type: 'not'; readonly condition: Condition }
  /** The words of a `test`. */
  | { readonly type: 'test'; readonly words: readonly Word[] }
  | {
      readonly type: 'compare';
      readonly sign: '==' | '!=' | '=~' | '<' | '>';
      readonly left: Word;
      readonly right: Word;
    };

export type Command = SimpleCommand | CompoundCommand;

/** Commands joined by pipes. */
export interface Pipeline {
  readonly commands: readonly Command[];
  readonly isNegated: boolean;
}

/** Pipelines joined by `&&` and `||`. */
export interface AndOr {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
  /** `&` stands behind it. */
  readonly isBackground: boolean;
}

export type Script = readonly AndOr[];

/** A line that cannot be read, or that the shell has no form for. */
export class ShellSyntaxError extends Error {}

/** The line goes on: a quote, a loop or a text that stands in the script has no end yet. */
export class ShellIncompleteError extends Error {}

/** The text of a word that has neither quotes nor anything to expand; undefined for all others. */
export function plainText(word: Word | undefined): string | undefined {
  if (!word) return undefined;
  let text = '';
  for (const part of word) {
    if (part.type !== 'text' || part.isQuoted) return undefined;
    text += part.text;
  }
  return text;
}
