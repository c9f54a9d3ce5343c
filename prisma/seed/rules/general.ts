// What is left when nothing above knows the subject: wishes, complaints, broken things, questions.
import { list } from "./rule";
import type { SeededRule } from "./rule";

export const general: readonly SeededRule[] = [
  {
    id: "wish",
    category: "wish",
    type: "feature",
    words: {
      en: list(`feature, feature request, suggestion, wish, dark mode, would be nice, would be great, please add,
        could you add`),
      de: list("Wunsch, wünsche mir, wünschen, Vorschlag, wäre schön, wäre toll, Dunkelmodus, neue Funktion"),
      nb: list("ønske, ønsker meg, ønsker oss, forslag, hadde vært fint, mørk modus, ny funksjon"),
      ko: list("건의, 제안, 추가해 주, 있으면 좋, 다크 모드"),
      zh: list("建议, 希望能, 希望增加, 深色模式, 新功能"),
    },
  },
  {
    id: "complaint",
    category: "complaint",
    type: "incident",
    words: {
      en: list("complaint, complain, unacceptable, disappointed, rude, terrible, worst"),
      de: list("Beschwerde, beschweren, inakzeptabel, enttäuscht, unfreundlich, unverschämt"),
      nb: list("klage, klager, uakseptabelt, skuffet, uhøflig, elendig"),
      ko: list("불만, 항의, 실망, 불친절"),
      zh: list("投诉, 不满, 失望, 态度"),
    },
  },
  {
    id: "broken",
    category: "malfunction",
    type: "bug",
    words: {
      en: list("not working, doesn't work, does not work, stopped working, broken, won't load, error"),
      de: list("funktioniert nicht, geht nicht, kaputt, lädt nicht, Fehler"),
      nb: list("virker ikke, fungerer ikke, laster ikke, feil"),
      ko: list("작동하지, 안 돼, 안돼, 되지 않, 고장"),
      zh: list("故障, 不能用, 无法使用, 打不开, 坏了"),
    },
  },
  {
    id: "how-to",
    category: "how-to",
    type: "question",
    words: {
      en: list("how do I, how can I, how to, where do I, where can I, where is, is it possible, opening hours"),
      de: list("wie kann ich, wie geht, wo finde ich, ist es möglich, Öffnungszeiten"),
      nb: list("hvordan, hvor finner jeg, er det mulig, åpningstider, åpningstidene"),
      ko: list("어떻게, 방법, 어디서, 가능한가요, 운영 시간"),
      zh: list("怎么, 如何, 在哪里, 能否, 营业时间"),
    },
  },
];
