// The desk's own words: no logic, nothing but what is given, and no markup by anybody's words.
import fc from "fast-check";
import { letterTemplates, namesIn, neededIn } from "../../mail/template/letters";
import { faultsOf, renderTemplate } from "../../mail/template/render";
import type { Content, View } from "../../mail/template/render";

const content: Content = {
  subject: "Re: {{subject}}",
  text: "{{words}}\n\n{{#author}}{{author}}{{/author}}{{^author}}The team{{/author}}\n{{link}}",
  html: '<p>{{words}}</p><p><a href="{{link}}">#{{number}}</a></p>',
};
const view: View = { subject: "A & B", words: "<b>Hi</b>", author: null, link: "https://desk.example/r/x", number: "7", team: "Us" };
const names = Object.keys(view);

test("values are escaped in HTML and left alone in text; a section whose value is absent is not there", () => {
  expect(renderTemplate(content, view, [])).toEqual({
    subject: "Re: A & B",
    text: "<b>Hi</b>\n\nThe team\nhttps://desk.example/r/x",
    html: '<p>&#60;b&#62;Hi&#60;&#47;b&#62;</p><p><a href="https:&#47;&#47;desk.example&#47;r&#47;x">#7</a></p>',
  });
});

test("a list repeats its section", () => {
  const listed = { subject: "s", text: "{{#missing}}- {{.}}\n{{/missing}}", html: null };
  expect(renderTemplate(listed, { missing: ["One", "Two"] }, []).text).toBe("- One\n- Two\n");
});

test.each<[string, string, string]>([
  ["{{#author}}", "syntax", "Unclosed section"],
  ["{{nothing}}", "unknown", "nothing"],
  ["{{constructor}}", "unknown", "constructor"],
  ["{{words.length}}", "unknown", "words.length"],
  ["{{> other}}", "partial", "other"],
  ["{{=<% %>=}}", "delimiter", "<% %>"],
  ["{{#author}}{{__proto__}}{{/author}}", "unknown", "__proto__"],
  ["{{.}}", "unknown", "."],
  ["{{^author}}{{.}}{{/author}}", "unknown", "."],
  ["{{#words}}{{#author}}{{#words}}x{{/words}}{{/author}}{{/words}}", "nested", "words"],
])("%s is told as a fault: %s", (text, code, what) => {
  const faults = faultsOf({ subject: "s", text, html: null }, names, []);
  expect(faults).toEqual([{ part: "text", code, what: expect.stringContaining(what) as string }]);
  expect(() => renderTemplate({ subject: "s", text, html: null }, view, [])).toThrow(code);
});

test("what a reader can't do without must stand in the text and in the HTML, where there is one", () => {
  const lacking = { subject: "{{words}}", text: "Look:", html: "<p>Look</p>" };
  expect(faultsOf(lacking, names, ["words"]).map(({ part, code }) => [part, code])).toEqual([["text", "lacks"], ["html", "lacks"]]);
  expect(faultsOf({ ...lacking, text: "{{words}}", html: null }, names, ["words"])).toEqual([]);
});

test("nothing to read, or a mail without end, is an error", () => {
  expect(() => renderTemplate({ subject: "{{author}}", text: "x", html: null }, view, [])).toThrow("nothing to read");
  expect(() => renderTemplate({ subject: "s", text: "{{words}}".repeat(9), html: null }, { words: "x".repeat(30_000) }, [])).toThrow("too much");
});

test("a template that says everything thousands of times is given up before it is written out", () => {
  const view = { words: "<".repeat(100_000), missing: Array.from({ length: 50 }, () => "x".repeat(100)) };
  const html = "{{words}}{{#missing}}{{.}}{{/missing}}".repeat(5_000);
  expect(() => renderTemplate({ subject: "s", text: "t", html }, view, [])).toThrow("too much");
});

test("whatever somebody writes never becomes markup in the HTML nor a line in the subject, in any kind of tag", () => {
  const tags = fc.constantFrom("{{words}}", "{{{words}}}", "{{& words}}", "{{#words}}{{.}}{{/words}}", "{{{ words }}}", "{{&words}}", "{{ {words}}}", "{{ & words }}", "{{\n&words}}");
  const marks = fc.array(fc.constantFrom("<", ">", '"', "'", "&", "{{", "}}", "\n", "x"), { minLength: 1 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary", minLength: 1 }), marks), tags, (words, tag) => {
      fc.pre(words.trim() !== "" && words.replace(/\s+/gu, "") !== "");
      const { html, subject } = renderTemplate({ subject: `s ${tag}`, text: "t", html: `<p title="${tag}">${tag}</p>` }, { words }, []);
      expect(html?.replace(/^<p title="|<\/p>$|">/g, "")).not.toMatch(/[<>"']/);
      expect(subject).not.toMatch(/[\r\n]/);
    }),
    { numRuns: 500 },
  );
});

test("no source, however odd, does more than fail", () => {
  const bits = fc.array(fc.constantFrom("{{", "}}", "#", "/", "^", "words", " ", "{", "}", "&", ">", "=", "!", ".", "\n", "x"), { maxLength: 30 });
  fc.assert(
    fc.property(bits, (parts) => {
      const source = { subject: "s", text: `t${parts.join("")}`, html: null };
      let text: string | null = null;
      try {
        text = renderTemplate(source, { words: "W" }, []).text;
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      if (text !== null) expect(typeof text).toBe("string");
    }),
    { numRuns: 2_000 },
  );
});

test("each kind of mail can do with what it may name", () => {
  for (const template of letterTemplates) expect(namesIn(template)).toEqual(expect.arrayContaining([...neededIn(template)]));
  // The open form must not send somebody's words to somebody else.
  expect(namesIn("acknowledgement")).not.toEqual(expect.arrayContaining(["words"]));
  expect(namesIn("acknowledgement")).not.toEqual(expect.arrayContaining(["subject"]));
});
