// What ends more than the present command: `exit`, `return`, `break`, `continue`.

/** `exit` */
export class ExitSignal extends Error {
  readonly code: number;
  constructor(code: number) {
    super('exit');
    this.code = code;
  }
}

/** `return` */
export class ReturnSignal extends Error {
  readonly code: number;
  constructor(code: number) {
    super('return');
    this.code = code;
  }
}

/** `break` and `continue`, by so many loops. */
export class LoopSignal extends Error {
  readonly type: 'break' | 'continue';
  readonly levels: number;
  constructor(type: 'break' | 'continue', levels: number) {
    super(type);
    this.type = type;
    this.levels = levels;
  }
}
