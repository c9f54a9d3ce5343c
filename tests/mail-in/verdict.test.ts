// Whose a mail is, looked up here: SPF, DKIM, DMARC and ARC, signed and sealed with real keys, over a zone of the test's own.
import { generateKeyPairSync } from "node:crypto";
import { dkimSign } from "mailauth/lib/dkim/sign";
import { sealMessage } from "mailauth/lib/arc";
import { verdictObjection, verdictOf } from "../../inbound/verdict";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });
const key = `v=DKIM1; k=rsa; p=${publicKey.replace(/-----[^-]+-----|\s/g, "")}`;
const zone: Record<string, string> = {
  "bank.example": "v=spf1 ip4:192.0.2.1 -all",
  "_dmarc.bank.example": "v=DMARC1; p=reject",
  "s._domainkey.bank.example": key,
  "_dmarc.lax.example": "v=DMARC1; p=none",
  "s._domainkey.list.example": key,
  "evil.example": "v=spf1 ip4:192.0.2.66 -all",
  "_dmarc.evil.example": "v=DMARC1; p=none",
};

async function resolve(name: string, type: string): Promise<string[] | string[][]> {
  const found = type === "TXT" ? zone[name.toLowerCase().replace(/\.$/, "")] : undefined;
  if (found === undefined) throw Object.assign(new Error(`queryTxt ENOTFOUND ${name}`), { code: "ENOTFOUND" });
  return await Promise.resolve([[found]]);
}

const settings = { authservId: "mx.perdura.test", trustedSealers: ["list.example"], resolve };
const mail = (from = "Bank <kim@bank.example>"): string =>
  `From: ${from}\r\nTo: support@desk.example\r\nSubject: Parcel\r\nDate: Tue, 3 Mar 2026 09:14:00 +0100\r\nMessage-ID: <1@bank.example>\r\n\r\nHas it arrived?\r\n`;
// Addresses for documentation are nobody's: a stranger's has to be a real one.
const brought = { remote: "203.0.114.9", helo: "mx.relay.example", from: "kim@bank.example", to: ["support@desk.example"] };
const judged = async (raw: string, envelope: object = {}) => await verdictOf(Buffer.from(raw), { ...brought, ...envelope }, settings);

async function signedBy(domain: string, raw: string): Promise<string> {
  const { signatures } = await dkimSign(raw, { signatureData: [{ signingDomain: domain, selector: "s", privateKey, algorithm: "rsa-sha256", canonicalization: "relaxed/relaxed" }] } as never);
  return signatures + raw;
}

async function sealedBy(domain: string, raw: string): Promise<string> {
  const seal = { signingDomain: domain, selector: "s", privateKey, authResults: `${domain}; dmarc=pass header.from=bank.example`, cv: "none" };
  return Buffer.concat([await sealMessage(Buffer.from(raw), seal as never), Buffer.from(raw)]).toString();
}

test("the server that its domain names brings it: SPF is aligned, and DMARC passes", async () => {
  zone["bank.example"] = "v=spf1 ip4:203.0.114.9 -all";
  const verdict = await judged(mail());
  zone["bank.example"] = "v=spf1 ip4:192.0.2.1 -all";
  expect(verdict).toMatchObject({ by: "checked", spf: "pass", dmarc: "pass", from: "bank.example", policy: "reject" });
});

test("brought by another's server, its own signature proves it", async () => {
  const verdict = await judged(await signedBy("bank.example", mail()));
  expect(verdict).toMatchObject({ by: "checked", spf: "fail", dkim: "pass", dmarc: "pass", from: "bank.example" });
  expect(verdictObjection(verdict)).toBeNull();
});

test.each([
  ["unsigned", async () => await Promise.resolve(mail())],
  ["changed behind its signature", async () => (await signedBy("bank.example", mail())).replace("arrived", "been paid")],
  ["signed by somebody else", async () => await signedBy("list.example", mail())],
])("%s, it fails under its domain's strict policy, and is held", async (_, raw) => {
  const verdict = await judged(await raw());
  expect(verdict).toMatchObject({ by: "checked", dmarc: "fail", policy: "reject" });
  expect(verdictObjection(verdict)).toBe("dmarc");
});

test("under a policy of none, or without any, it is marked and not held", async () => {
  const lax = await judged(mail("Kim <kim@lax.example>"));
  expect(lax).toMatchObject({ dmarc: "fail", policy: "none" });
  expect(verdictObjection(lax)).toBeNull();
  const bare = await judged(mail("Kim <kim@bare.example>"));
  expect(bare.dmarc).toBe("none");
  expect(verdictObjection(bare)).toBeNull();
});

test("a whole chain of a sealer that we trust lets it in; another's doesn't", async () => {
  const trusted = await judged(await sealedBy("list.example", mail()));
  expect(trusted).toMatchObject({ dmarc: "fail", arc: "pass", trustedArc: true });
  expect(verdictObjection(trusted)).toBeNull();
  zone["s._domainkey.evil.example"] = key;
  const other = await judged(await sealedBy("evil.example", mail()));
  expect(other).toMatchObject({ arc: "pass", trustedArc: false });
  expect(verdictObjection(other)).toBe("dmarc");
  const broken = await judged((await sealedBy("list.example", mail())).replace("arrived", "been paid"));
  expect(broken.trustedArc).toBe(false);
  expect(verdictObjection(broken)).toBe("dmarc");
});

test("two From fields prove nobody", async () => {
  const raw = await signedBy("evil.example", `From: Evil <e@evil.example>\r\n${mail()}`);
  expect((await judged(raw)).dmarc).not.toBe("pass");
});

test("from our own network, or while DNS is silent, it is unknown and nobody is held for it", async () => {
  expect(await judged(mail(), { remote: "10.0.0.7" })).toMatchObject({ by: "unknown", dmarc: null });
  const silent = { ...settings, resolve: async () => await Promise.reject(Object.assign(new Error("queryTxt ETIMEOUT"), { code: "ETIMEOUT" })) };
  const verdict = await verdictOf(Buffer.from(mail()), brought, silent);
  expect(verdict.dmarc).not.toBe("pass");
  expect(verdictObjection(verdict)).toBeNull();
});

test("what our own server's topmost header tells counts, and nobody else's", async () => {
  const header = (id: string, what: string): string => `Authentication-Results: ${id}; ${what}\r\n`;
  const told = await judged(header("mx.perdura.test 1", "dmarc=fail (p=REJECT) header.from=bank.example") + header("mx.perdura.test", "dmarc=pass header.from=bank.example") + mail());
  expect(told).toMatchObject({ by: "told", dmarc: "fail", policy: "reject", from: "bank.example" });
  const forged = await judged(header("mx.evil.example", "dmarc=pass header.from=bank.example") + mail());
  expect(forged).toMatchObject({ by: "checked", dmarc: "fail" });
});
