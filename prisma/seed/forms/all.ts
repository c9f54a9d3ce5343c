// What a new desk asks for, by type of ticket.
import { choice, paragraph, text } from "./form";
import type { SeedForm } from "./form";

const always = { required: "always" } as const;

export const forms: readonly SeedForm[] = [
  {
    type: "question",
    title: { en: "A question", de: "Eine Frage", nb: "Et spørsmål", ko: "문의", zh: "咨询" },
    fields: [
      text("order", { en: "Order number", de: "Bestellnummer", nb: "Ordrenummer", ko: "주문 번호", zh: "订单号" }, { maxLength: 40, pattern: "[\\p{L}\\d][\\p{L}\\d ./-]*" }),
    ],
  },
  {
    type: "request",
    title: { en: "A request", de: "Ein Anliegen", nb: "En forespørsel", ko: "요청", zh: "请求" },
    fields: [
      paragraph("what", { en: "What you need", de: "Was Sie brauchen", nb: "Hva du trenger", ko: "필요한 것", zh: "您需要什么" }, always),
      choice(
        "whom",
        { en: "For whom", de: "Für wen", nb: "For hvem", ko: "대상", zh: "为谁" },
        {
          me: { en: "For me", de: "Für mich", nb: "For meg", ko: "본인", zh: "为我自己" },
          other: { en: "For somebody else", de: "Für jemand anderen", nb: "For noen andre", ko: "다른 사람", zh: "为别人" },
        },
      ),
      text(
        "person",
        { en: "Their name", de: "Name der Person", nb: "Personens navn", ko: "그 사람의 이름", zh: "对方姓名" },
        { shown: { when: { field: "whom", is: ["other"] } }, required: "always" },
      ),
      text("by", { en: "Needed by", de: "Benötigt bis", nb: "Trengs innen", ko: "필요한 시점", zh: "需要的时间" }),
    ],
  },
  {
    type: "bug",
    title: { en: "Something does not work", de: "Etwas funktioniert nicht", nb: "Noe virker ikke", ko: "오류 신고", zh: "故障报告" },
    fields: [
      paragraph("steps", { en: "Steps", de: "Schritte", nb: "Fremgangsmåte", ko: "재현 순서", zh: "操作步骤" }, {
        ...always,
        help: {
          en: "What you did, one step after the other.",
          de: "Was Sie getan haben, Schritt für Schritt.",
          nb: "Hva du gjorde, trinn for trinn.",
          ko: "하신 일을 순서대로 적어 주세요.",
          zh: "请按顺序写下您的操作。",
        },
      }),
      paragraph("expected", { en: "Expected", de: "Erwartet", nb: "Forventet", ko: "기대한 결과", zh: "预期结果" }, always),
      paragraph("seen", { en: "Seen", de: "Beobachtet", nb: "Observert", ko: "실제 결과", zh: "实际结果" }, always),
      text("version", { en: "Version", de: "Version", nb: "Versjon", ko: "버전", zh: "版本" }, { ...always, maxLength: 60 }),
    ],
  },
  {
    type: "incident",
    title: { en: "A disruption", de: "Eine Störung", nb: "En driftsforstyrrelse", ko: "장애", zh: "服务中断" },
    fields: [
      choice(
        "extent",
        { en: "Who is affected", de: "Wer ist betroffen", nb: "Hvem er rammet", ko: "영향 범위", zh: "影响范围" },
        {
          me: { en: "Only me", de: "Nur ich", nb: "Bare jeg", ko: "본인만", zh: "仅我自己" },
          some: { en: "Several people", de: "Mehrere Personen", nb: "Flere personer", ko: "여러 명", zh: "多人" },
          all: { en: "Everybody", de: "Alle", nb: "Alle", ko: "모두", zh: "所有人" },
        },
        always,
      ),
      text("since", { en: "Since when", de: "Seit wann", nb: "Siden når", ko: "발생 시점", zh: "开始时间" }, always),
      text(
        "where",
        { en: "Where", de: "Wo", nb: "Hvor", ko: "장소", zh: "地点" },
        { shown: { when: { field: "extent", is: ["some", "all"] } }, required: { when: { field: "extent", is: ["all"] } } },
      ),
    ],
  },
  {
    type: "change",
    title: { en: "A change", de: "Eine Änderung", nb: "En endring", ko: "변경", zh: "变更" },
    fields: [
      paragraph("plan", { en: "Plan", de: "Plan", nb: "Plan", ko: "계획", zh: "计划" }, always),
      choice(
        "risk",
        { en: "Risk", de: "Risiko", nb: "Risiko", ko: "위험도", zh: "风险" },
        {
          low: { en: "Low", de: "Gering", nb: "Lav", ko: "낮음", zh: "低" },
          medium: { en: "Medium", de: "Mittel", nb: "Middels", ko: "보통", zh: "中" },
          high: { en: "High", de: "Hoch", nb: "Høy", ko: "높음", zh: "高" },
        },
        always,
      ),
      paragraph("rollback", { en: "Way back", de: "Rückweg", nb: "Tilbakerulling", ko: "원복 방법", zh: "回退方案" }, { required: { when: { field: "risk", is: ["medium", "high"] } } }),
      text("window", { en: "When it may be done", de: "Wann sie erfolgen darf", nb: "Når den kan utføres", ko: "작업 가능 시간", zh: "可执行时间" }, always),
    ],
  },
];
