// How mail programs mark quotations and signatures in their HTML: data only.

export interface Cue {
  /** CSS selectors as html-to-text knows them. */
  readonly selectors: readonly string[];
  /** A quick look at the source: whether it can match at all. */
  readonly sign: RegExp;
  /**
   * attribution: introduces a quotation. quotation: "> " before its lines. history: it and all that follows.
   * heldHistory: exactly this element. signature: drop it.
   */
  readonly means: "attribution" | "quotation" | "history" | "heldHistory" | "signature";
}

export const cues: readonly Cue[] = [
  { selectors: ["div.gmail_attr", ".gmail_attr"], sign: /gmail_attr/, means: "attribution" },
  { selectors: ["div.moz-cite-prefix", "div#reply-intro", "p#reply-intro"], sign: /moz-cite-prefix|reply-intro/, means: "attribution" },
  { selectors: ["blockquote[type=cite]", "blockquote.gmail_quote"], sign: /type=["']?cite|gmail_quote/, means: "quotation" },
  {
    selectors: ["#divRplyFwdMsg", "#x_divRplyFwdMsg", "#appendonsend", "#stopSpelling", "div.OutlookMessageHeader", "#mail-editor-reference-message-container", "#OLK_SRC_BODY_SECTION"],
    sign: /divRplyFwdMsg|appendonsend|stopSpelling|OutlookMessageHeader|mail-editor-reference|OLK_SRC_BODY/,
    means: "history",
  },
  {
    selectors: ["div.yahoo_quoted", "div[id*=yahoo_quoted]", "#isReplyContent", "#isForwardContent", "includetail", "div.tutanota_quote"],
    sign: /yahoo_quoted|isReplyContent|isForwardContent|<includetail|tutanota_quote/,
    means: "heldHistory",
  },
  {
    selectors: [".gmail_signature", ".moz-signature", "#Signature", "#ms-outlook-mobile-signature", ".protonmail_signature_block", ".yahoo-signature", "#ymail_android_signature", "div[name=messageSignatureSection]", "#AppleMailSignature"],
    sign: /gmail_signature|moz-signature|id=["']?Signature|outlook-mobile-signature|protonmail_signature|yahoo-signature|ymail_android|messageSignatureSection|AppleMailSignature/,
    means: "signature",
  },
];
