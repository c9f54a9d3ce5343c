import type { MailWords } from "./shape";
import { waitIn } from "./wait";

/** Mails in English. */
export const en: MailWords = {
  letters: {
    acknowledgement: ({ number, assignee, ...wait }) => ({
      subject: "We have received your request",
      before: [
        `Thank you for getting in touch. We have received your request; its number is #${number}.`,
        assignee === null
          ? "We are now finding the right person for it."
          : `${assignee} is looking after it and will get back to you.`,
        ...waitIn({
          opens: (at) => `We are closed just now and open again ${at}.`,
          expected: (at) => `You will usually hear from us by ${at}.`,
          position: (place) => (place === 1 ? "Your request is the next in line." : `Your request is number ${place} in the line.`),
          solved: (at) => `Most requests like yours are solved by ${at}.`,
        }, wait),
        "You don't need to do anything. If you would like to add something or see how things stand, use this link:",
      ],
      after: [],
      link: "See your request",
    }),
    "new-assignee": ({ assignee }) => ({
      subject:
        assignee === null ? "Your request has moved to a colleague" : `${assignee} is now looking after your request`,
      before: [
        assignee === null
          ? "A colleague of ours has taken over your request and will get back to you."
          : `${assignee} has taken over your request and will get back to you.`,
      ],
      after: [],
      link: "See your request",
    }),
    "public-reply": ({ subject }) => ({
      subject: `Re: ${subject}`,
      before: [],
      after: [],
      link: "Answer or see the conversation",
    }),
    pending: () => ({
      subject: "We need your answer",
      before: [],
      after: ["We will carry on as soon as we hear from you."],
      link: "Answer",
    }),
    "ask-back": ({ missing }) => ({
      subject: "We need a little more from you",
      before: ["To help you quickly, we still need this from you:", ...missing.map((each) => `• ${each}`)],
      after: ["You can fill it in by the link below; the rest goes its way meanwhile. Whatever you can tell us helps, also if it isn’t everything."],
      link: "Fill it in",
    }),
    "still-waiting": () => ({
      subject: "We are still waiting for your answer",
      before: ["Some time ago we asked you something, and we have not heard from you since."],
      after: ["We would like to carry on: please answer when you can. Without an answer we will take your request to be solved."],
      link: "Answer",
    }),
    "later-than-expected": ({ expected }) => ({
      subject: "It takes a little longer than we told you",
      before: [
        "We are sorry: more is going on than usual, and you have not heard from us by the time that we told you.",
        expected === null ? "We haven't forgotten you, and will write as soon as we can." : `You will usually hear from us by ${expected}.`,
      ],
      after: [],
      link: "See your request",
    }),
    solved: ({ closesIn, replied }) => ({
      subject: "Your request is solved",
      before: replied ? [] : ["We believe that your request is solved."],
      after: [
        (replied ? "We believe that this solves your request. " : "") +
          "Did it help? Either way, please let us know by the link below." +
          (closesIn === null ? "" : ` If we hear nothing more, your request closes by itself ${closesIn}.`),
      ],
      link: "Solved, or not yet?",
    }),
    "new-link": ({ number }) => ({
      subject: "Here is your new link",
      before: [`You asked for a new link to your request #${number}. Here it is:`],
      after: [],
      link: "See your request",
    }),
  },
  memos: {
    assigned: ({ by }) => ({
      what: "Assigned to you",
      says: by === null ? "This ticket has been assigned to you." : `${by} has assigned this ticket to you.`,
    }),
    "taken-over": ({ by }) => ({
      what: "No longer yours",
      says: by === null ? "This ticket is no longer assigned to you." : `${by} has taken this ticket off your hands.`,
    }),
    unassigned: ({ by }) => ({
      what: "Nobody has this ticket",
      says: by === null ? "This ticket no longer has an assignee." : `${by} has removed the assignee of this ticket.`,
    }),
    declined: () => ({
      what: "Nobody wants this ticket",
      says: "Everybody it was offered to has declined. It waits until somebody is given it; its clocks keep running.",
    }),
    "colleague-wrote": ({ by }) => ({
      what: `${by ?? "A colleague"} wrote`,
      says: `${by ?? "A colleague"} wrote on your ticket:`,
    }),
    "requester-wrote": () => ({ what: "The requester wrote", says: "The requester wrote:" }),
    "requester-reopened": () => ({ what: "Not solved", says: "The requester says that it is not solved yet." }),
    reopened: ({ by }) => ({
      what: "Reopened",
      says: by === null ? "This ticket is open again." : `${by} has reopened this ticket.`,
    }),
    resumed: () => ({ what: "The wait is over", says: "The time to wait has passed; the ticket is open again." }),
    reminder: ({ metric, percent, due }) => ({
      what: due === null ? `Reminder: ${metric}` : `Due ${due}: ${metric}`,
      says:
        (percent === null ? `The ${metric} is due soon.` : `${percent}% of the time for the ${metric} is used.`) +
        (due === null ? "" : ` It is due ${due}.`),
    }),
    escalation: ({ metric, level, due, also }) => ({
      what: due === null ? `Escalation, level ${level}: ${metric}` : `Level ${level}: ${metric} was due ${due}`,
      says:
        `The target for the ${metric} has been missed` +
        (due === null ? "." : `: it was due ${due}.`) +
        ` This is level ${level} of the escalation.` +
        (also === null ? "" : ` Below it, level ${also} fell due as well and told nobody by itself.`),
    }),
    escalated: ({ by, level }) => ({
      what: by === null ? `Escalated, level ${level}` : `${by} has escalated, level ${level}`,
      says: by === null ? "This ticket has been escalated to you." : `${by} has escalated this ticket to you:`,
    }),
    "merged-in": ({ by, source }) => ({
      what: `#${source} merged into this`,
      says: by === null ? `Ticket #${source} goes on in this one.` : `${by} has merged ticket #${source} into this one.`,
    }),
    "requester-thanked": () => ({ what: "Thanks", says: "The requester said thanks; the ticket stays solved. If there is more to it, reopen it:" }),
    undelivered: () => ({
      what: "The requester couldn't be told",
      says:
        "A mail to the requester couldn't be delivered; please reach them another way. " +
        "If it was the one about the solution, the ticket won't close by itself.",
    }),
    "copy-undelivered": () => ({ what: "A participant couldn't be told", says: "The copy of a reply couldn't be delivered to somebody who takes part in this ticket. The requester's own mail is another." }),
    "staff-undelivered": () => ({ what: "A colleague couldn't be told", says: "A mail about this ticket to a member of staff or somebody on call could not be delivered. Its notice says to whom and why; please tell them another way." }),
    "mail-loop": () => ({
      what: "Mails go to and fro",
      says:
        "A machine seems to answer our acknowledgements to this requester, again and again. We acknowledge nothing more to this " +
        "address for now; what you write is still sent.",
    }),
    "template-broken": () => ({
      what: "A mail template can't be used",
      says: "A mail to the requester went out in our built-in words, since the template for it can't be used. Please tell an admin.",
    }),
    "address-suspended": () => ({
      what: "Mails don't reach an address",
      says:
        "A mail about this ticket came back for good, or its reader has complained about it. Nothing more is sent to that address " +
        "until somebody lifts the suspension. Please find another way.",
    }),
    "message-held": () => ({
      what: "A message waits for you",
      says: "Somebody who takes no part in this ticket has written to its address. Their message is not published: accept it, which adds them, or reject it.",
    }),
    "not-sent": () => ({
      what: "Your reply was NOT sent",
      says: "A reply in your name came by mail, and we can't be sure that it is from you. It was not sent. Accept it on the ticket if you wrote it.",
    }),
  },
  digest: ({ count, due }) => ({
    what: due === null ? `${count} notices` : `${count} notices, the first due ${due}`,
    says: "Several things at once; the most pressing ticket comes first.",
  }),
  copy: {
    because: "You get this since you take part in this conversation.",
    answer: "Everybody who works on it reads your answer to this mail.",
  },
  hello: "Hello,",
  team: "Your support team",
  footer: [
    "To answer, please use the link: replies to this address are not read.",
    "The link is for you alone. Whoever has it can read this conversation and answer in your name.",
  ],
  answering: {
    reply: "A reply to this mail is sent to the requester.",
    note: "A reply to this mail becomes an internal note.",
  },
  answerByMail: "To answer, simply reply to this mail, or use the link.",
  labels: { subject: "Subject", status: "Status", priority: "Priority", deadline: "Deadline", ticket: "Ticket" },
  statuses: {
    new: "new",
    open: "open",
    pending: "waiting for the requester",
    "on-hold": "on hold",
    solved: "solved",
    closed: "closed",
  },
  priorities: { low: "low", normal: "normal", high: "high", urgent: "urgent" },
  metrics: { firstResponse: "first response", nextResponse: "next response", periodicUpdate: "periodic update", assignment: "assignment", resolution: "resolution" },
  placed: (time, place) => `${time} (${place} time)`,
  shortly: "shortly",
};
