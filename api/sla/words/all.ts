import type { Language } from "../../../domain/words";
import { de } from "./de";
import { en } from "./en";
import { ko } from "./ko";
import { nb } from "./nb";
import type { SlaWords } from "./shape";
import { zh } from "./zh";

export const slaWords: Readonly<Record<Language, SlaWords>> = { en, de, nb, ko, zh };
