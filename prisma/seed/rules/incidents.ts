// What cannot wait: losses, fraud, crashes, outages. Tried before all else.
import { list } from "./rule";
import type { SeededRule } from "./rule";

export const incidents: readonly SeededRule[] = [
  {
    id: "lost-card",
    category: "security",
    type: "incident",
    words: {
      en: list(`lost my card, lost card, lost my wallet, card was stolen, card got stolen, card stolen, stolen card,
        card is lost, lost or stolen, stole my card, lost my bank card, lost my debit card, card is missing,
        can't find my card, misplaced`),
      de: list(`Karte verloren, Karte gestohlen, Karte wurde gestohlen, Karte sperren, Karte ist weg,
        Geldbeutel verloren`),
      nb: list(`mistet kortet, kortet er stjålet, kortet ble stjålet, stjålet kort, sperre kortet,
        kortet mitt er borte`),
      ko: list("카드를 잃어버, 카드 분실, 카드를 분실, 카드를 도난, 카드 도난, 카드가 없어"),
      zh: list("卡丢, 卡被偷, 卡不见, 挂失, 卡遗失"),
    },
  },
  {
    id: "fraud",
    category: "security",
    type: "incident",
    words: {
      en: list(`fraud, fraudulent, hacked, scam, phishing, compromised, unauthorised, unauthorized, lost my phone,
        stolen phone, phone was stolen, not recognise, not recognize, don't recognise, don't recognize,
        someone used my card, didn't make`),
      de: list("Betrug, betrogen, gehackt, Phishing, nicht autorisiert, unbefugt, Handy verloren, Handy gestohlen"),
      nb: list(`svindel, svindlet, hacket, phishing, uautorisert, mistet telefonen, mobilen er stjålet,
        kjenner ikke igjen`),
      ko: list("사기, 해킹, 피싱, 무단, 승인하지 않은, 모르는 결제, 휴대폰을 잃어버"),
      zh: list("诈骗, 欺诈, 盗刷, 被盗, 黑客, 钓鱼, 未经授权, 手机丢"),
    },
  },
  {
    id: "crash",
    category: "malfunction",
    type: "bug",
    words: {
      en: list(`crash, crashes, crashed, crashing, bug, error message, error code, blank screen, freezes,
        frozen screen`),
      de: list("Absturz, stürzt, abgestürzt, Fehlermeldung, Fehlercode, friert ein, weißer Bildschirm, Bug"),
      nb: list("krasjer, krasjet, feilmelding, feilmeldingen, feilkode, fryser, hvit skjerm"),
      ko: list("오류, 버그, 에러, 강제 종료, 튕겨, 튕깁, 멈춰 버, 흰 화면"),
      zh: list("崩溃, 闪退, 报错, 错误代码, 错误提示, 卡死, 白屏"),
    },
  },
  {
    id: "outage",
    category: "malfunction",
    type: "incident",
    words: {
      en: list(`outage, site is down, website is down, service is down, server is down, service unavailable,
        not reachable`),
      de: list("Ausfall, Störung, nicht erreichbar, Server down, Website down"),
      nb: list("nede for, er nede, driftsstans, får ikke kontakt med serveren, utilgjengelig"),
      ko: list("장애, 접속이 안, 접속되지 않, 서버가 다운, 먹통"),
      zh: list("宕机, 无法访问, 服务中断, 网站打不开, 服务器"),
    },
  },
];
