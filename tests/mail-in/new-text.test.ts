// What is new in a reply: exact on our own replies, and nothing new is ever lost.
import fc from "fast-check";
import { newTextOf } from "../../mail/new-text/new-text";
import { neighbours } from "./neighbours";
import { between, replies, whole } from "./replies";
import { trial } from "./trial";
import { untouched } from "./untouched";

const linesOf = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");

describe("a reply is what its author newly wrote", () => {
  test.each(replies.map((reply) => [reply.name, reply] as const))("%s", (_, { above = "", fresh, below }) => {
    expect(linesOf(newTextOf(above + fresh + below))).toEqual(linesOf(fresh));
  });

  test.each(replies.map((reply) => [reply.name, reply] as const))("%s, with the line ends of Windows", (_, { above = "", fresh, below }) => {
    expect(linesOf(newTextOf((above + fresh + below).replaceAll("\n", "\r\n")))).toEqual(linesOf(fresh));
  });
});

test.each(trial)("on trial: %s", (_, text, fresh) => {
  expect(linesOf(newTextOf(text))).toEqual(linesOf(fresh));
});

test.each(neighbours)("of a neighbour: %s", (_, text, fresh) => {
  expect(linesOf(newTextOf(text))).toEqual(linesOf(fresh));
});

describe("nothing is taken away that only looks like an end", () => {
  test.each(whole.map(({ name, text }) => [name, text] as const))("%s", (_, text) => {
    expect(linesOf(newTextOf(text))).toEqual(linesOf(text));
  });

  test.each(untouched)("%j", (text) => {
    expect(linesOf(newTextOf(text))).toEqual(linesOf(text));
  });
});

describe("answers between quotations stay, each of them", () => {
  test.each(between.map((reply) => [reply.name, reply] as const))("%s", (_, { text, answers }) => {
    expect(linesOf(newTextOf(text))).toEqual(expect.arrayContaining([...answers]));
  });
});

test("a text is never trimmed to nothing, and nothing is invented", () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom("> a", "--", "On 3 Mar 2026 at 9:14, A <a@b.c> wrote:", "From: a", "Subject: b", "_____", "Sent from my iPhone", "text", ""));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (lines) => {
      const text = lines.join("\n");
      const fresh = newTextOf(text);
      if (/[\p{L}\p{N}]/u.test(text)) expect(fresh).not.toBe("");
      const given = new Set(linesOf(text.replace(/\r\n?/g, "\n").replaceAll("\u00a0", " ")));
      expect(linesOf(fresh).filter((line) => !given.has(line))).toEqual([]);
    }),
  );
});

test.each([" ", "-=", ">>> 1:23 ", "a@a."])("a line of many %j is read at once", (piece) => {
  expect(newTextOf(`Look:\n${piece.repeat(50_000)}x`)).toContain("Look:");
}, 5_000);

test.each(["---\n\nThe sentence is long enough to speak here.\n\n", "--\nI am here and I write to you.\n", "| a |\n", "Sent via post\n"])("a text of many times %j is read in time that grows with its length", (piece) => {
  expect(newTextOf(`Look:\n${piece.repeat(20_000)}x`)).toContain("Look:");
}, 30_000);
