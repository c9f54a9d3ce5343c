// What admins are told of mailboxes and the quarantine, in each language.
import type { Language } from "../domain/words";
import type { AlertFacts } from "./alert";

interface Words {
  readonly subject: string;
  readonly says: string;
  readonly look: string;
}

export const alertWords: Readonly<Record<Language, (facts: AlertFacts) => Words>> = {
  en: (facts) =>
    facts.about === "mailbox"
      ? { subject: `The mailbox ${facts.name} is silent`, says: `It has not been fetched for ${facts.minutes} minutes. ${facts.why ?? ""}`.trim(), look: "More:" }
      : { subject: `Mails in quarantine: ${facts.count}`, says: `The oldest has waited for ${facts.hours} hours.`, look: "Release or reject them:" },
  de: (facts) =>
    facts.about === "mailbox"
      ? { subject: `Das Postfach ${facts.name} schweigt`, says: `Seit ${facts.minutes} Minuten wurde es nicht abgeholt. ${facts.why ?? ""}`.trim(), look: "Mehr:" }
      : { subject: `E-Mails in Quarantäne: ${facts.count}`, says: `Die älteste wartet seit ${facts.hours} Stunden.`, look: "Freigeben oder ablehnen:" },
  nb: (facts) =>
    facts.about === "mailbox"
      ? { subject: `Postkassen ${facts.name} er taus`, says: `Den er ikke hentet på ${facts.minutes} minutter. ${facts.why ?? ""}`.trim(), look: "Mer:" }
      : { subject: `E-poster i karantene: ${facts.count}`, says: `Den eldste har ventet i ${facts.hours} timer.`, look: "Slipp fram eller avvis:" },
  ko: (facts) =>
    facts.about === "mailbox"
      ? { subject: `메일함 ${facts.name}에서 메일을 가져오지 못하고 있습니다`, says: `${facts.minutes}분 동안 가져오지 못했습니다. ${facts.why ?? ""}`.trim(), look: "자세히:" }
      : { subject: `격리된 메일: ${facts.count}`, says: `가장 오래된 메일은 ${facts.hours}시간째 대기 중입니다.`, look: "승인 또는 거부:" },
  zh: (facts) =>
    facts.about === "mailbox"
      ? { subject: `邮箱 ${facts.name} 没有动静`, says: `已有 ${facts.minutes} 分钟未能收取。${facts.why ?? ""}`.trim(), look: "详情：" }
      : { subject: `隔离的邮件：${facts.count}`, says: `最早的一封已等待 ${facts.hours} 小时。`, look: "放行或拒绝：" },
};
