import type { PortalWords } from "./shape";

/** The requester's page in English. */
export const en: PortalWords = {
  tag: "en",
  request: "Request",
  statuses: {
    new: { title: "We have received it", says: "Somebody will look at your request soon." },
    open: { title: "We're working on it", says: "We will write to you as soon as there is news." },
    pending: { title: "Waiting for your answer", says: "We need a word from you to carry on." },
    "on-hold": { title: "We're working on it", says: "We will write to you as soon as there is news." },
    solved: { title: "Solved", says: "We believe that your request is solved." },
    closed: { title: "Closed", says: "This request is finished." },
  },
  conversation: "Conversation",
  files: "Files",
  you: "You",
  team: "Support",
  solvedQuestion: "Did it help?",
  solved: "Yes, solved, thank you",
  notSolved: "No, not solved yet",
  lacking: { title: "A little more from you", says: "Whatever you can fill in helps us; it need not be everything." },
  rating: {
    title: "Your opinion",
    says: "How did we do?",
    stars: { 1: "Very badly", 2: "Badly", 3: "So-so", 4: "Well", 5: "Very well" },
    comment: "What should we know? (optional)",
    send: "Send",
  },
  reply: {
    title: "Write to us",
    label: "Your message",
    whenClosed: "This request is closed. If you write to us, we will open a new one that refers to it.",
    send: "Send",
  },
  privacy:
    "This page is for you alone. Whoever has its link can read and answer in your name, so please keep it to yourself.",
  flashes: {
    "reply-received": () => "Thank you, we have received your message.",
    "closed-thanks": () => "Thank you for letting us know. We have closed your request.",
    reopened: () => "Thank you for telling us. We are looking into it again.",
    "follow-up": (followUp) =>
      `This request was closed already, so we have opened a new one: ${followUp}. We will write to you by mail.`,
    rated: () => "Thank you for your opinion.",
    "try-again": () => "Sorry, that didn't work just now. Nothing is lost: please try again in a moment.",
    refused: () => "That isn't possible any more, as the request has changed since. Here is how it stands now.",
  },
  expired: {
    title: "This link has expired",
    says: "To keep your request safe, a link works for a limited time only. We will gladly send you a new one by mail.",
    send: "Send me a new link",
    sentTitle: "A new link is on its way",
    sent: "Please look into your mailbox in a few minutes. The link goes to the address that your request came from.",
  },
  notFound: {
    title: "This link doesn't work",
    says: "Perhaps a part of it got lost. Please open the link in our mail once more, or copy the whole of it.",
  },
};
