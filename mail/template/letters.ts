// What the templates of mails to requesters may name, and must: the same for who writes them, who tries them and who sends.

export const letterTemplates = ["acknowledgement", "new-assignee", "public-reply", "pending", "ask-back", "still-waiting", "solved", "new-link", "later-than-expected"] as const;
export type LetterTemplate = (typeof letterTemplates)[number];

/**
 * `number`, `subject` of the ticket; `assignee`, who has it; `words`, what a member of staff wrote, and `author`, who that is;
 * `missing`, what is asked for; `closesIn`, such as "in 3 days"; `link`, to the requester's page.
 */
const common = ["number", "link", "team"] as const;

const own: Readonly<Record<LetterTemplate, readonly string[]>> = {
  // Neither subject nor words: nobody shall use the open form to send somebody else a message.
  acknowledgement: ["assignee"],
  "new-assignee": ["assignee"],
  "public-reply": ["subject", "words", "author"],
  pending: ["subject", "words", "author"],
  "ask-back": ["missing"],
  "still-waiting": [],
  solved: ["words", "author", "closesIn"],
  "new-link": [],
  "later-than-expected": [],
};

const needed: Readonly<Record<LetterTemplate, readonly string[]>> = {
  acknowledgement: ["number"],
  "new-assignee": [],
  "public-reply": ["words"],
  pending: ["words"],
  "ask-back": ["missing", "link"],
  "still-waiting": ["link"],
  solved: ["words", "link"],
  "new-link": ["link"],
  "later-than-expected": [],
};

export function namesIn(template: LetterTemplate): readonly string[] {
  return [...common, ...own[template]];
}

/** What its text and its HTML can't do without. */
export function neededIn(template: LetterTemplate): readonly string[] {
  return needed[template];
}
