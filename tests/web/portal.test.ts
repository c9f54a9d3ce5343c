import fc from "fast-check";
import { portalStyle, renderExpiredPage, renderNotFoundPage, renderTicketPage } from "../../web/portal";
import type { PortalView } from "../../web/portal-view";
import { portalWords } from "../../web/words/all";
import type { Flash, Language, Status } from "../../web/words/shape";

const token = "A".repeat(36);
const all = Object.keys(portalWords) as Language[];
const statuses = Object.keys(portalWords.en.statuses) as Status[];
const flashes = Object.keys(portalWords.en.flashes) as Flash[];
const gaps = /undefined|null|\[object|NaN|\$\{/;
// Our own terms, in no language for a requester.
const jargon = /\bpriority|\bcategory|on[- ]hold|\bescalat|\bSLA\b|\bassignee|\bticket|\btriage/i;

function aView(given: Partial<PortalView> = {}): PortalView {
  return {
    language: "en",
    number: 1042,
    subject: "The card has not come",
    status: "open",
    messages: [
      { author: "you", name: null, at: "2026-11-20T08:12:00.000Z", text: "Where is it?" },
      { author: "staff", name: "Amara Okafor", at: "2026-11-20T17:40:00.000Z", text: "It left us on Monday." },
    ],
    mayReply: true,
    mayConfirm: false,
    mayReject: false,
    token,
    ...given,
  };
}

test("what the requester was asked for stands in fields of its own, each with its name; nothing else is shown of the form", () => {
  const lacking = [
    { key: "steps", label: "Steps <b>", help: "One by one", choices: null, lines: "several" },
    { key: "extent", label: "Who", help: null, choices: ["Only me", "All"], lines: "one" },
  ] as const;
  for (const language of all) {
    const source = renderTicketPage(aView({ language, lacking }));
    expect(source).toContain(`action="/r/${token}/fields"`);
    expect(source).toMatch(/<label for="field-steps">Steps &#60;b&#62;<\/label>/);
    expect(source).toContain(portalWords[language].lacking.says);
    expect(source).toContain("<option>Only me</option>");
    expect(source).not.toMatch(gaps);
  }
  expect(renderTicketPage(aView())).not.toContain("/fields");
});

const everyStatus = all.flatMap((language) => statuses.map((status) => ({ language, status })));

test.each(everyStatus)(
  "a requester sees in $language how it stands when it is $status, in their words",
  ({ language, status }) => {
    const source = renderTicketPage(
      aView({ language, status, subject: "x", messages: [], mayConfirm: true, mayReject: true }),
    );
    expect(source).toContain(`<html lang="${portalWords[language].tag}">`);
    expect(source).toContain(portalWords[language].statuses[status].title.replaceAll("'", "&#39;"));
    expect(source).not.toMatch(gaps);
    expect(source.replace(/<[^>]*>/g, " ")).not.toMatch(jargon);
  },
);

test.each(all.flatMap((language) => flashes.map((flash) => ({ language, flash }))))(
  "$flash is said in $language, and announced to a screen reader",
  ({ language, flash }) => {
    const source = renderTicketPage(aView({ language, flash, followUp: 1043 }));
    const role = flash === "try-again" || flash === "refused" ? "alert" : "status";
    expect(source).toContain(`role="${role}"`);
    expect(source.includes("#1043")).toBe(flash === "follow-up");
    expect(source).not.toMatch(gaps);
  },
);

test("a follow-up that isn't there is not spoken of", () => {
  expect(renderTicketPage(aView({ flash: "follow-up" }))).toBe(renderTicketPage(aView()));
});

test("on hold reads the same as being worked on", () => {
  const without = (source: string): string => source.replaceAll(/class="status [a-z-]+"/g, "");
  expect(without(renderTicketPage(aView({ status: "on-hold" })))).toBe(
    without(renderTicketPage(aView({ status: "open" }))),
  );
});

test("what people wrote is shown with every space and escaped, with its direction its own", () => {
  const source = renderTicketPage(
    aView({
      subject: `<b>"quoted"</b>`,
      messages: [{ author: "you", name: null, at: "2026-11-20T08:12:00.000Z", text: "<script>x</script>\n  שלום" }],
    }),
  );
  expect(source).not.toMatch(/<script|<b>/);
  expect(source).toContain(`<div class="text" dir="auto">&#60;script&#62;x&#60;/script&#62;\n  שלום</div>`);
  expect(source).toContain(`<h1 dir="auto">&#60;b&#62;&#34;quoted&#34;&#60;/b&#62;</h1>`);
});

test("no text of any kind adds or breaks an element", () => {
  const tags = (source: string): string[] => source.match(/<\/?[a-z][a-z0-9]*/g) ?? [];
  const plain = tags(renderTicketPage(aView({ draft: "x" })));
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const messages = aView().messages.map((message) => ({ ...message, text, name: message.name && text }));
      expect(tags(renderTicketPage(aView({ subject: text, draft: text, messages })))).toEqual(plain);
    }),
  );
});

test("a draft comes back as it was written, its leading line break included", () => {
  expect(renderTicketPage(aView({ draft: "\n  Mine </textarea>" }))).toContain(
    "required>\n\n  Mine &#60;/textarea&#62;</textarea>",
  );
});

test("each button posts to its own address under the token, and nothing else is a form", () => {
  const source = renderTicketPage(aView({ status: "solved", mayConfirm: true, mayReject: true }));
  const forms = [...source.matchAll(/<form method="post" action="([^"]+)"/g)].map(([, action]) => action);
  expect(forms).toEqual([`/r/${token}/solved`, `/r/${token}/not-solved`, `/r/${token}/reply`]);
  expect(source).not.toMatch(/<a |onclick|javascript:/);
});

test.each(all)("a solution is rated in %s by five choices, each with its words", (language) => {
  const source = renderTicketPage(aView({ language, status: "solved", mayRate: true }));
  expect(source.match(/type="radio" name="stars"/g)).toHaveLength(5);
  for (const words of Object.values(portalWords[language].rating.stars)) expect(source).toContain(words);
  expect(source).not.toMatch(gaps);
});

test("what may not be done is not offered", () => {
  expect(renderTicketPage(aView({ mayReply: false }))).not.toContain("<form");
  expect(renderTicketPage(aView({ status: "open" }))).not.toContain("/solved");
});

test("a closed request says that a reply opens a new one", () => {
  expect(renderTicketPage(aView({ status: "closed" }))).toContain("we will open a new one");
});

test("a reply without a name is the team's; times are UTC and say so", () => {
  const messages = [{ author: "staff", name: null, at: "2026-11-20T17:40:00.000Z", text: "Hello" }] as const;
  const source = renderTicketPage(aView({ messages }));
  expect(source).toContain(">Support</strong>");
  expect(source).toMatch(/<time datetime="2026-11-20T17:40:00.000Z">[^<]*17:40 UTC<\/time>/);
});

test("every field has its label and every section its heading", () => {
  const source = renderTicketPage(aView({ status: "solved", mayConfirm: true, mayReject: true }));
  const ids = new Set([...source.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const references = [...source.matchAll(/(?:for|aria-labelledby)="([^"]+)"/g)].map(([, id]) => id);
  expect(references.length).toBeGreaterThan(3);
  for (const reference of references) expect(ids).toContain(reference);
});

test.each(all)("an expired link in %s offers a new one, and says when it was sent", (language) => {
  const before = renderExpiredPage({ language, token, sent: false });
  const after = renderExpiredPage({ language, token, sent: true });
  expect(before).toContain(`action="/r/${token}/renewal"`);
  expect(after).not.toContain("<form");
  expect(after).toContain('role="status"');
  expect(`${before}${after}${renderNotFoundPage({ language })}`).not.toMatch(gaps);
});

test("no page loads anything but its style, is indexed, or tells its address to another site", () => {
  for (const source of [renderTicketPage(aView()), renderNotFoundPage({ language: "en" })]) {
    expect([...source.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)).toEqual(["/r/style.css"]);
    expect(source).toContain('name="robots" content="noindex"');
    expect(source).toContain('name="referrer" content="no-referrer"');
  }
  expect(portalStyle).not.toMatch(/url\(|@import/);
});

test("what came with a message can be saved, by its name and size in the reader's language", () => {
  const files = [{ id: "f1", name: "<bill>.pdf", size: 1_240_000 }, { id: "f2", name: "a.txt", size: 3 }];
  const messages = [{ author: "staff", name: "Amara", at: "2026-11-20T17:40:00.000Z", text: "Here it is.", files }] as const;
  for (const language of all) {
    const source = renderTicketPage(aView({ language, messages }));
    expect(source).toContain(`<a href="/r/${token}/files/f1" download dir="auto">&#60;bill&#62;.pdf</a>`);
    expect(source).toContain(`aria-label="${portalWords[language].files}"`);
    expect(source).toMatch(/1[.,]2\s?MB/u);
    expect(source).not.toMatch(gaps);
  }
  expect(renderTicketPage(aView())).not.toContain("/files/");
});
