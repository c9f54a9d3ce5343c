// A pattern as states that are walked all at once. Knows characters and what follows them; refuses to know how it was written.

export type Node =
  /** Stands for exactly one character: its source goes to the language's own engine, for one character at a time. */
  | { readonly one: string }
  | { readonly seq: readonly Node[] }
  | { readonly either: readonly Node[] }
  | { readonly repeated: Node; readonly min: number; readonly max: number | null };

/** What a pattern may grow to when its counts are written out. */
const mostStates = 500;

export class TooLong extends Error {}

/** Whether a whole text fits, in at most `mostStates` steps for each of its characters. Throws `TooLong`. */
export function compile(node: Node): (text: string) => boolean {
  const program: State[] = [];
  emit(node, program);
  return (text) => run(program, text);
}

/** `to`: the states that follow. A state with `one` wants a character that it fits; the one beyond the last is the end. */
interface State {
  one: RegExp | null;
  to: number[];
}

/** Appends what the node means; its end is whatever comes next. */
function emit(node: Node, program: State[]): void {
  if ("one" in node) {
    push(program, new RegExp(`^(?:${node.one})$`, "u"), [program.length + 1]);
  } else if ("seq" in node) {
    for (const each of node.seq) emit(each, program);
  } else if ("either" in node) {
    emitEither(node.either, program);
  } else {
    emitTimes(node.repeated, node.min, program);
    if (node.max === null) emitLoop(node.repeated, program);
    else emitOptional(node.repeated, node.max - node.min, program);
  }
}

/** What stands for nothing is written once: counts of counts of it would never end. */
function emitTimes(node: Node, times: number, program: State[]): void {
  for (let count = 0; count < times; count++) {
    const before = program.length;
    emit(node, program);
    if (program.length === before) return;
  }
}

function emitEither(nodes: readonly Node[], program: State[]): void {
  const fork = push(program, null, []);
  const ends = nodes.map((node) => {
    fork.to.push(program.length);
    emit(node, program);
    return push(program, null, []);
  });
  for (const end of ends) end.to.push(program.length);
}

function emitLoop(node: Node, program: State[]): void {
  const start = program.length;
  const fork = push(program, null, [start + 1]);
  emit(node, program);
  push(program, null, [start]);
  fork.to.push(program.length);
}

function emitOptional(node: Node, most: number, program: State[]): void {
  const forks: State[] = [];
  for (let count = 0; count < most; count++) {
    forks.push(push(program, null, [program.length + 1]));
    emit(node, program);
  }
  for (const fork of forks) fork.to.push(program.length);
}

function push(program: State[], one: RegExp | null, to: number[]): State {
  if (program.length >= mostStates) throw new TooLong("With all its counts it is too long.");
  const state = { one, to };
  program.push(state);
  return state;
}

/** All ways through the program at once, one character after the other: nothing is ever tried twice. */
function run(program: readonly State[], text: string): boolean {
  let present = reach(program, [0]);
  for (const character of text) {
    const following = [...present].flatMap((at) => (program[at]?.one?.test(character) === true ? (program[at]?.to ?? []) : []));
    if (following.length === 0) return false;
    present = reach(program, following);
  }
  return present.has(program.length);
}

/** These states and what follows from them without a character. */
function reach(program: readonly State[], from: readonly number[]): ReadonlySet<number> {
  const reached = new Set<number>();
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    const state = program[at];
    if (state !== undefined && state.one === null) open.push(...state.to);
  }
  return reached;
}
