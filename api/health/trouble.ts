// One trouble: what is wrong, and what to do about it.
import type { Trouble, TroubleCode } from "../../contract/directory";

export function trouble(code: TroubleCode, wrong: string, todo: string): Trouble {
  return { code, detail: `${wrong} ${todo}` };
}
