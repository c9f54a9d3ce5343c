// In which languages the writer of a mail may be answered, as far as the mail shows it without guessing at words.
import type { Mail } from "../machine/mail";
import { saidIn } from "../machine/mail";

/** Tags such as `de-at`, the surest first: what the program says of the words, what it says of its user, and the script. */
export function languagesIn(mail: Mail): readonly string[] {
  const said = [...tagsIn(saidIn(mail, "content-language")), ...tagsIn(saidIn(mail, "accept-language"))];
  const written = scriptOf(mail.text);
  return [...new Set([...(written === null ? [] : [written]), ...said])].slice(0, 10);
}

/** As in HTTP: `de-AT, en;q=0.5`. Order is preference; weights out of order are so rare in mails that they are not looked at. */
function tagsIn(value: string): readonly string[] {
  return [...value.toLowerCase().matchAll(/(?:^|[,\s])([a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3})(?=$|[,;\s])/g)].map(([, tag]) => tag ?? "");
}

/** Hangul is Korean. Chinese characters without any Kana are Chinese. */
function scriptOf(text: string): "ko" | "zh" | null {
  const letters = text.slice(0, 10_000);
  const count = (script: RegExp): number => letters.match(script)?.length ?? 0;
  const [all, hangul, han, kana] = [count(/\p{L}/gu), count(/\p{Script=Hangul}/gu), count(/\p{Script=Han}/gu), count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)];
  if (hangul * 2 > all) return "ko";
  return han * 2 > all && kana === 0 ? "zh" : null;
}
