// Who wrote what a colleague passes on: from the header above it, in the languages and shapes that mail programs write.
import { forwardedFrom, forwardedWords } from "../../mail/forwarded";

const ada = { name: "Ada Lovelace", address: "ada@example.test" };

test.each([
  ["Gmail", "Fwd: Broken", "Can you take this?\n\n---------- Forwarded message ---------\nFrom: Ada Lovelace <ada@example.test>\nDate: Mon, 2 Nov 2026 at 10:00\nSubject: Broken\nTo: <ola@desk.example>\n\nIt broke.", ada],
  ["Outlook", "FW: Broken", "________________________________\nFrom: Ada Lovelace <ada@example.test>\nSent: Monday, November 2, 2026 10:00\nTo: Ola\nSubject: Broken\n\nIt broke.", ada],
  ["Outlook, German", "WG: Kaputt", "Von: Ada Lovelace <ada@example.test>\nGesendet: Montag, 2. November 2026 10:00\nAn: Ola\nBetreff: Kaputt\n\nKaputt.", ada],
  ["Apple Mail", "Fwd: Broken", "Begin forwarded message:\n\n> From: Ada Lovelace <ada@example.test>\n> Subject: Broken\n> Date: 2 November 2026\n> To: ola@desk.example\n>\n> It broke.", ada],
  ["Norwegian", "VS: Ødelagt", "Fra: Ada Lovelace <ada@example.test>\nSendt: mandag 2. november 2026\nTil: Ola\nEmne: Ødelagt\n\nDen gikk i stykker.", ada],
  ["French", "TR : Cassé", "De : Ada Lovelace <ada@example.test>\nEnvoyé : lundi 2 novembre 2026\nÀ : Ola\nObjet : Cassé\n\nC'est cassé.", ada],
  ["Spanish", "RV: Roto", "De: Ada Lovelace <ada@example.test>\nEnviado: lunes, 2 de noviembre de 2026\nPara: Ola\nAsunto: Roto\n\nRoto.", ada],
  ["Chinese", "转发: 坏了", "发件人: Ada Lovelace <ada@example.test>\n发送时间: 2026年11月2日\n收件人: Ola\n主题: 坏了\n\n坏了", ada],
  ["Korean", "전달: 고장", "보낸 사람: Ada Lovelace <ada@example.test>\n보낸 날짜: 2026년 11월 2일\n받는 사람: Ola\n제목: 고장\n\n고장", ada],
  ["an address alone", "Fwd: x", "From: ada@example.test\nDate: today\nTo: ola@desk.example\nSubject: x\n\nx", { name: null, address: "ada@example.test" }],
  ["stars around", "Fwd: x", "*From:* Ada Lovelace <ada@example.test>\n*Date:* today\n*To:* ola\n*Subject:* x\n\nx", ada],
  ["an address in square brackets", "FW: x", "From: Ada Lovelace [mailto:ada@example.test]\nSent: today\nTo: ola\nSubject: x\n\nx", ada],
  ["a mail within a mail: the nearest", "Fwd: x", "From: Ada Lovelace <ada@example.test>\nDate: today\nSubject: x\nTo: ola\n\nFrom: Eve <eve@example.test>\nDate: then\nSubject: x\nTo: ada\n\nx", ada],
  ["an answer", "Re: x", "From: Ada Lovelace <ada@example.test>\nDate: today\nSubject: x\nTo: ola\n\nx", null],
  ["no header", "Fwd: x", "Ada wrote to me, please call her.", null],
  ["a traveller's own words", "Fwd: x", "From: Oslo\nTo: Bergen\nPlease book.", null],
  ["a header without an address", "Fwd: x", "From: Ada Lovelace\nDate: today\nTo: ola\nSubject: x\n\nx", null],
  ["no subject", null, "From: ada@example.test\nDate: today\nSubject: x\n", null],
])("%s", (_, subject, text, expected) => {
  expect(forwardedFrom(subject, text)).toEqual(expected);
});

describe("the words are those below the header, and nothing of whoever passes them on", () => {
  test.each([
    ["Gmail", "Can you take this? He is angry.\n\n---------- Forwarded message ---------\nFrom: Ada <ada@example.test>\nDate: Mon, 2 Nov 2026 at 10:00\nSubject: Broken\nTo: <ola@desk.example>\n\nIt broke.\n\nPlease help.", "It broke.\n\nPlease help."],
    ["Gmail, wrapped", "---------- Forwarded message ---------\nFrom: Ada <ada@example.test>\nDate: Mon, 2 Nov 2026\nSubject: Broken\nTo: Ola <ola@desk.example>, Kari <\nkari@desk.example>\n\nIt broke.", "It broke."],
    ["Apple Mail", "FYI\n\nBegin forwarded message:\n\n> From: Ada <ada@example.test>\n> Subject: Broken\n> Date: 2 November 2026\n> To: ola@desk.example\n>\n> It broke.\n>> Did it?", "It broke.\n> Did it?"],
    ["QQ", "看看\n\n------------------ 原始邮件 ------------------\n发件人: \"Ada\" <ada@example.test>;\n发送时间: 2026年11月2日\n收件人: \"Ola\"<ola@desk.example>;\n\n主题: 坏了\n\n坏了", "坏了"],
    ["no empty line", "Von: Ada <ada@example.test>\nGesendet: Montag\nAn: Ola\nBetreff: Kaputt\nKaputt.", "Kaputt."],
    ["a mail within a mail", "From: Ada <ada@example.test>\nDate: today\nSubject: x\nTo: ola\n\nSee below.\n\nFrom: Eve <eve@example.test>\nDate: then\nSubject: x\nTo: ada\n\ny", "See below.\n\nFrom: Eve <eve@example.test>\nDate: then\nSubject: x\nTo: ada\n\ny"],
    ["nothing below", "Please call her.\n\nFrom: Ada <ada@example.test>\nDate: today\nSubject: x\nTo: ola\n", null],
    ["nothing passed on", "Ada wrote to me.", null],
  ])("%s", (_, text, expected) => {
    expect(forwardedWords("Fwd: x", text)).toBe(expected);
  });
});
