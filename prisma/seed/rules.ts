// How requests in five languages are sorted: every rule, in the order of trial.
import { accounts } from "./rules/accounts";
import { general } from "./rules/general";
import { goods } from "./rules/goods";
import { incidents } from "./rules/incidents";
import { money } from "./rules/money";
import type { SeededRule } from "./rules/rule";

export const rules: readonly SeededRule[] = [...incidents, ...money, ...accounts, ...goods, ...general];
