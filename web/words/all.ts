import { de } from "./de";
import { en } from "./en";
import { ko } from "./ko";
import { nb } from "./nb";
import type { Language, PortalWords } from "./shape";
import { zh } from "./zh";

export const portalWords: Readonly<Record<Language, PortalWords>> = { en, de, nb, ko, zh };
