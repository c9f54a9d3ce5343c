/** A start that can't be, for a reason that its message tells in full: shown without a stack. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}
