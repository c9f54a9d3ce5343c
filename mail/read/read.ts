// The reading of one mail, from its bytes to what it says. Runs within the reader's thread; knows no thread, no
// mailbox and no ticket.
import { verdictOn } from "../machine/kind";
import { unansweredIn } from "../machine/unanswered";
import { newTextOf } from "../new-text/new-text";
import { withoutMarks } from "../new-text/marks";
import { quarantined, type Limits, type Read } from "../reading";
import { withAppended } from "./appended";
import { attachmentOf, type File } from "./attachments";
import { bodyOf, type Body } from "./body";
import { decodeText } from "./charset";
import { envelopeOf } from "./envelope";
import { languagesIn } from "./language";
import { markedTextOf, sanitised, textOf } from "./html";
import { repair } from "./repair";
import { openTnef } from "./tnef";
import { Quarantined, treeOf, type Part } from "./tree";
import { withoutUuencoded } from "./uuencode";
import { decodeHeader } from "./words";

/** Never fails for what is in a mail: one that breaks a limit or can't be parsed is quarantined. */
export async function readMail(raw: Uint8Array, limits: Limits): Promise<Read> {
  try {
    if (raw.length > limits.maxBytes) throw new Quarantined("too_large");
    const root = await treeOf(withAppended(repair(raw)), limits);
    return await readingOf(root);
  } catch (error) {
    return { reading: quarantined(reasonOf(error)), files: [] };
  }
}

/** The reading of a text that came without any mail around it. */
export function readText(text: string): Read {
  const plain = text.replace(/\r\n?/g, "\n");
  return { reading: { ...quarantinedNothing, text: plain, newText: newTextOf(plain) }, files: [] };
}

const { reason: _, ...empty } = quarantined("unparseable");
const quarantinedNothing = { ...empty, kind: "message" as const };

function reasonOf(error: unknown): Quarantined["reason"] {
  if (error instanceof Quarantined) return error.reason;
  // Parts within parts, or tags within tags, beyond what the stack holds.
  return error instanceof RangeError ? "too_deep" : "unparseable";
}

async function readingOf(root: Part): Promise<Read> {
  const envelope = envelopeOf(root);
  const opened = open(bodyOf(root));
  const text = withoutMarks(opened.plain ?? (opened.html === null ? "" : textOf(opened.html))).trim();
  const attachments = await Promise.all(opened.files.map((file, index) => attachmentOf(file, index)));
  const verdict = verdictOn({ root, envelope, text });
  const unanswered = unansweredIn({ root, envelope, text });
  const languages = languagesIn({ root, envelope, text });
  return {
    reading: {
      kind: verdict.kind,
      ...envelope,
      text,
      newText: newOf(opened, text),
      html: opened.html === null ? null : sanitised(opened.html),
      attachments,
      ...(verdict.bounce === undefined ? {} : { bounce: verdict.bounce }),
      ...(languages.length === 0 ? {} : { languages }),
      ...(unanswered === null ? {} : { unanswered }),
    },
    files: opened.files.map(({ bytes }) => bytes),
  };
}

/** HTML tells more surely where a quotation begins than text does; the text decides where the HTML tells nothing. */
function newOf({ html }: Opened, text: string): string {
  const marked = html === null ? null : markedTextOf(withoutMarks(html));
  // Nothing but a signature: somebody wrote within it.
  return newTextOf(marked ?? "") || newTextOf(text);
}

interface Opened {
  readonly plain: string | null;
  readonly html: string | null;
  readonly files: readonly File[];
}

/** The body with the contents of winmail.dat and of uuencoded text in place of these wrappings. */
function open({ plain, html, files }: Body): Opened {
  const found = files.map((part) => ({ part, tnef: isTnef(part) ? openTnef(part.bytes) : null }));
  const inner = found.find(({ tnef }) => tnef !== null)?.tnef ?? null;
  const bare = plain === null ? null : withoutUuencoded(plain);
  const said = bare !== null && bare.text.trim() !== "" ? bare.text : null;
  const rich = html ?? (inner?.html ? decodeText(inner.html, null) : null);
  return {
    plain: said ?? (rich === null ? (inner?.text ?? bare?.text ?? null) : null),
    html: rich !== null && rich.trim() === "" ? null : rich,
    files: [
      ...found.flatMap(({ part, tnef }): readonly File[] => (tnef === null ? [fileOf(part)] : tnef.files.map((file) => ({ ...file, contentId: null })))),
      ...(bare?.files ?? []).map((file) => ({ ...file, type: null, contentId: null })),
    ],
  };
}

function isTnef({ type, filename }: Part): boolean {
  return /ms-tnef/.test(type) || /^winmail\.dat$/i.test(filename ?? "");
}

function fileOf(part: Part): File {
  const name = part.filename === null ? null : decodeHeader(part.filename);
  return { name, type: part.type, contentId: part.contentId, bytes: part.bytes };
}
