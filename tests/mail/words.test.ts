import { renderLetter } from "../../activities/mail/letter";
import { renderMemo } from "../../activities/mail/memo";
import { fromNow } from "../../activities/mail/text";
import type { RequesterTemplate } from "../../activities/mail/words/shape";
import { requesterTemplates, staffTemplates } from "../../domain/audience";
import { languages } from "../../domain/words";
import { aMaterial } from "./a-mail";

const letters: readonly RequesterTemplate[] = [...requesterTemplates, "new-link"];
const link = "https://desk.example/r/token";
const everyLetter = languages.flatMap((language) => letters.map((template) => ({ language, template })));
const everyMemo = languages.flatMap((language) => staffTemplates.map((template) => ({ language, template })));
/** Releases of Node differ in where they set a comma in a date. */
const unpointed = (text: string): string => text.replaceAll(",", "");
const gaps = /undefined|null|\[object|NaN|\$\{/;

test.each(everyLetter)(
  "a requester reads $template in $language, with the link, as text and as HTML",
  ({ language, template }) => {
    const { subject, text, html } = renderLetter(template, aMaterial({ language }), link);
    expect(subject).not.toBe("");
    expect(text).toContain(`\n${link}\n`);
    expect(html).toContain(`href="${link}"`);
    expect(html).toContain(`<html lang="${language}">`);
    expect(`${subject}\n${text}`).not.toMatch(gaps);
  },
);

test.each(everyMemo)("staff read $template in $language, with how the ticket stands", ({ language, template }) => {
  const { subject, text, html } = renderMemo(
    template,
    aMaterial({ language }),
    "https://desk.example/api/v1/tickets/1042",
  );
  expect(`${subject}\n${text}`).not.toMatch(gaps);
  expect(text).toContain("The card has not come");
  expect(text).toMatch(/(CET|MEZ|GMT\+1) 10:00|10:00 (CET|MEZ|GMT\+1)/);
  expect(text).toContain("https://desk.example/api/v1/tickets/1042");
  expect(html).toBeNull();
});

test.each(everyMemo)("$template in $language says in its first line what a reply to it becomes", ({ language, template }) => {
  const lineOf = (of: typeof template) => renderMemo(of, aMaterial({ language }), link, true).text.split("\n")[0];
  const means = ["requester-wrote", "requester-reopened"].includes(template) ? "requester-wrote" : "assigned";
  expect(lineOf(template)).toBe(lineOf(means));
  expect(lineOf("requester-wrote")).not.toBe(lineOf("assigned"));
});

test.each(everyMemo)("$template in $language reads well when nobody in person did it", ({ language, template }) => {
  const { subject, text } = renderMemo(template, aMaterial({ language, by: null, text: null, deadline: null }), link);
  expect(`${subject}\n${text}`).not.toMatch(gaps);
});

test.each(languages)("the acknowledgement in %s holds neither subject nor text of the request", (language) => {
  const subject = "Buy at https://evil.example";
  const mail = renderLetter(
    "acknowledgement",
    aMaterial({ language, subject, text: "Follow https://evil.example" }),
    link,
  );
  expect(JSON.stringify(mail)).not.toMatch(/evil/);
  expect(mail.text).toContain("#1042");
  expect(mail.text).toContain("Ingrid Solberg");
});

const wait = {
  toldAt: new Date("2030-01-31T07:00:00Z"),
  until: new Date("2030-01-31T13:47:00Z"),
  opensAt: new Date("2030-01-31T08:00:00Z"),
  position: 3,
  solvedBy: new Date("2030-02-01T11:00:00Z"),
  timeZone: "Europe/Oslo",
};

test.each([
  ["en", "Thu 31 Jan 15:00 (Oslo time)"],
  ["de", "Do. 31. Jan. 15:00 (Ortszeit Oslo)"],
  ["nb", "tor. 31. jan. 15:00 (Oslo-tid)"],
  ["ko", "1월 31일 (목) 15:00 (Oslo 시간)"],
  ["zh", "1月31日周四 15:00（Oslo时间）"],
] as const)("the acknowledgement in %s tells the wait by the clock of the place, to the next quarter of an hour", (language, expected) => {
  const { text } = renderLetter("acknowledgement", aMaterial({ language, wait }), link);
  expect(unpointed(text).replace(/ 일/u, "일")).toContain(expected);
  expect(text).toMatch(/09:00.*(Oslo)/);
  expect(text).toContain("3");
  expect(text).not.toMatch(gaps);
  const later = renderLetter("later-than-expected", aMaterial({ language, wait }), link);
  expect(unpointed(later.text)).toContain(expected);
});

test.each(languages)("in %s nothing of the wait is told where nothing is known, or its time is over", (language) => {
  const silent = renderLetter("acknowledgement", aMaterial({ language }), link);
  const over = { ...wait, toldAt: new Date("2030-03-01T00:00:00Z"), position: null };
  expect(renderLetter("acknowledgement", aMaterial({ language, wait: over }), link)).toEqual(silent);
  expect(renderLetter("later-than-expected", aMaterial({ language, wait: over }), link).text).not.toMatch(gaps);
});

test.each(languages)("the acknowledgement in %s doesn't name anybody while nobody has it", (language) => {
  const { text } = renderLetter("acknowledgement", aMaterial({ language, assignee: null }), link);
  expect(text).not.toMatch(gaps);
  expect(text).toContain("#1042");
});

test.each(everyLetter)(
  "$template in $language tells a requester nothing of priority or deadline",
  ({ language, template }) => {
    const marked = aMaterial({ language, priority: "urgent", deadline: new Date("2031-12-24T12:34:56Z") });
    const plain = aMaterial({ language, priority: "low", deadline: null, facts: {}, status: "on-hold" });
    expect(renderLetter(template, marked, link)).toEqual(renderLetter(template, plain, link));
  },
);

test.each(["public-reply", "pending", "solved"] as const)(
  "%s opens with the person's own words and their name",
  (template) => {
    const { text, personal } = renderLetter(template, aMaterial({ text: "It left us\n  on Monday." }), link);
    expect(text.startsWith("It left us\n  on Monday.\n\nAmara Okafor\n")).toBe(true);
    expect(personal).toBe(true);
  },
);

test("solved without a reply is ours alone, and no person's", () => {
  const { text, personal } = renderLetter("solved", aMaterial({ text: null }), link);
  expect(text).toContain("We believe that your request is solved.");
  expect(text).toContain("closes by itself in 3 days.");
  expect(personal).toBe(false);
});

test.each(["public-reply", "pending"] as const)("%s without a text is an error, never an empty mail", (template) => {
  expect(() => renderLetter(template, aMaterial({ text: null }), link)).toThrow("No text");
});

test("whatever a person wrote is escaped in HTML", () => {
  const nasty = `<script>alert("x")</script>&amp;'`;
  const { html } = renderLetter("public-reply", aMaterial({ text: nasty, by: nasty, subject: nasty }), link);
  expect(html).not.toContain("<script");
  expect(html).toContain("&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;&#38;amp;&#39;");
});

test("a requester's words are set off in a mail to staff, on every line", () => {
  const { text } = renderMemo("requester-wrote", aMaterial({ text: "One\r\nStatus: closed\rTwo" }), link);
  expect(text).toContain("> One\n> Status: closed\n> Two\n");
});

test("an escalation says which target was missed, when it was due where the reader is, and names the levels below", () => {
  const { subject, text } = renderMemo("escalation", aMaterial({ text: null }), link);
  expect(unpointed(subject)).toBe("Level 3: resolution was due Thu 31 Jan 08:30 CET");
  expect(unpointed(text)).toContain("it was due Thu 31 Jan 08:30 CET. This is level 3 of the escalation.");
  expect(unpointed(text)).toContain("Below it level 1 and 2 fell due as well and told nobody by itself.");
  const seoul = renderMemo("escalation", aMaterial({ language: "ko", timeZone: "Asia/Seoul" }), link);
  expect(seoul.subject).toBe("3단계: 해결 기한 1월 31일 (목) 16:30 GMT+9 지남");
});

test("the first level falls due with its target; a zone nobody knows reads as UTC", () => {
  const facts = { metric: "firstResponse", level: 1, dueAt: Date.parse("2030-01-31T07:30:00Z") } as const;
  const { subject } = renderMemo("escalation", aMaterial({ facts, timeZone: "Mars/Olympus" }), link);
  expect(unpointed(subject)).toBe("Level 1: first response was due Thu 31 Jan 07:30 UTC");
});

test("people who escalate are named, with their reason", () => {
  const facts = { metric: null, level: 2, dueAt: 0 };
  const { subject, text } = renderMemo("escalation", aMaterial({ facts, text: "A VIP waits." }), link);
  expect(subject).toBe("Amara Okafor has escalated, level 2");
  expect(text).toMatch(/^Amara Okafor has escalated this ticket to you:\n\n> A VIP waits\.\n/);
});

test.each([
  [3 * 86_400_000, "in 3 days"],
  [86_400_000, "in 1 day"],
  [36 * 3_600_000, "in 36 hours"],
  [60 * 3_600_000, "in 2 days"],
  [90_000, "in 90 seconds"],
  [50, "shortly"],
])("%d ms from now reads %s", (ms, words) => {
  expect(fromNow(ms, "en", "shortly")).toBe(words);
});

test.each([
  ["de", "in 3 Tagen"],
  ["nb", "om 3 døgn"],
  ["ko", "3일 후"],
  ["zh", "3天后"],
] as const)("three days from now in %s: %s", (language, words) => {
  expect(fromNow(3 * 86_400_000, language, "")).toBe(words);
});
