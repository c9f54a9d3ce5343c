// The mail catcher as a process of its own: a crash of it is not the starter's, and its package is an ES module.
// Arguments: SMTP port, port of the page, folder of the mails.
import { MailDev } from "maildev";

const [smtp, web, mailDirectory] = process.argv.slice(2);
const catcher = new MailDev({
  smtp: Number(smtp),
  web: Number(web),
  ip: "127.0.0.1",
  webIp: "127.0.0.1",
  mailDirectory,
  maxEmails: 10_000,
  silent: true,
});

function stop() {
  void catcher.stop().finally(() => process.exit(0));
}

process.once("SIGTERM", stop);
// The starter is gone: nobody else would end us.
process.once("disconnect", stop);

await catcher.start();
process.send?.({ ready: true });
