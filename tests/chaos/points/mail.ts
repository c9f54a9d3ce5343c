// The points around a mail: before it goes out, and after the mail server has taken it.
import type { MailTransport } from "../../../activities/mail/transport";
import { reached } from "./reached";

export function withMailPoints(transport: MailTransport): MailTransport {
  return {
    async sendMail(mail, server) {
      await reached("mail.before");
      const taken = await transport.sendMail(mail, server);
      await reached("mail.taken");
      return taken;
    },
    close: () => transport.close(),
  };
}
