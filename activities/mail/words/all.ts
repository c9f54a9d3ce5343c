import type { Language } from "../../../domain/words";
import { de } from "./de";
import { en } from "./en";
import { ko } from "./ko";
import { nb } from "./nb";
import type { MailWords } from "./shape";
import { zh } from "./zh";

export const mailWords: Readonly<Record<Language, MailWords>> = { en, de, nb, ko, zh };
