// Mails in: accepted, read, become tickets.
import { measureMails } from "../mail-in/measure";
import type { Part } from "../part";
import { withProduct } from "../product";

export const mailIn: Part = {
  name: "mail-in",
  about: "mails per second that SMTP takes and that become tickets, on the whole product; a minute or two",
  settings: { mails: [300], lanes: [8] },
  run: async (stage, settings) => await withProduct(stage, (product) => measureMails(stage, product, settings)),
};
