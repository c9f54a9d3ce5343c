// Things that are ordered, sent and used.
import { list } from "./rule";
import type { SeededRule } from "./rule";

export const goods: readonly SeededRule[] = [
  {
    id: "delivery",
    category: "order",
    type: "question",
    words: {
      en: list(`delivery, deliver, delivered, delivers, parcel, package, shipping, shipped, shipment, tracking,
        track, courier, arrive, arrived, arrives`),
      de: list(`Lieferung, geliefert, liefern, Lieferzeit, Paket, Versand, versendet, Sendung, Sendungsnummer,
        Zustellung`),
      nb: list("levering, leveringen, levert, pakke, pakken, frakt, sending, sendingen, sporing, sporingsnummer"),
      ko: list("배송, 택배, 배달, 운송장"),
      zh: list("快递, 送货, 配送, 物流, 包裹, 发货"),
    },
  },
  {
    id: "card",
    category: "card",
    type: "request",
    words: {
      en: list("card, cards, visa, mastercard, contactless, apple pay, google pay"),
      de: list("Karte, Karten, Kreditkarte, Bankkarte, Debitkarte, kontaktlos"),
      nb: list("kort, kortet, kortene, bankkort, kredittkort, kontaktløs"),
      ko: list("카드"),
      zh: list("银行卡, 信用卡, 借记卡, 卡片"),
    },
  },
  {
    id: "order",
    category: "order",
    type: "request",
    words: {
      en: list(`order, orders, ordered, return, returns, returned, exchange, wrong size, wrong item, damaged,
        out of stock`),
      de: list("Bestellung, Bestellungen, bestellt, Rücksendung, zurückschicken, umtauschen, Umtausch, beschädigt"),
      nb: list("bestilling, bestillingen, bestilt, retur, returnere, bytte, skadet, ødelagt, ordre, ordren"),
      ko: list("주문, 반품, 교환, 파손, 품절"),
      zh: list("订单, 退货, 换货, 损坏, 缺货, 下单"),
    },
  },
  {
    id: "equipment",
    category: "equipment",
    type: "request",
    words: {
      en: list(`laptop, monitor, keyboard, printer, headset, VPN, wifi, wi-fi, licence, license, install,
        installation, software`),
      de: list("Laptop, Notebook, Bildschirm, Tastatur, Drucker, Headset, VPN, WLAN, Lizenz, installieren, Software"),
      nb: list(`laptop, PC-en, skjerm, tastatur, skriver, skriveren, hodesett, VPN, trådløst, lisens, installere,
        programvare`),
      ko: list("노트북, 모니터, 키보드, 프린터, 와이파이, 라이선스, 설치, 소프트웨어, VPN"),
      zh: list("笔记本, 显示器, 键盘, 打印机, 无线网, 许可证, 安装, 软件, VPN"),
    },
  },
];
