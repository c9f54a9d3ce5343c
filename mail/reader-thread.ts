// The thread in which mails are read: takes one, answers, waits for the next.
import { parentPort, workerData } from "node:worker_threads";
import { decodeText } from "./read/charset";
import { readMail, readText } from "./read/read";
import type { Job } from "./reader";
import type { Limits } from "./reading";

const limits = workerData as Limits;

parentPort?.on("message", ({ raw, isText }: Job) => {
  if (isText) parentPort?.postMessage(readText(decodeText(raw, null)));
  else void readMail(raw, limits).then((read) => parentPort?.postMessage(read));
});
// Loaded lazily by the first mail, it would count against that mail's time.
void import("file-type").then(() => parentPort?.postMessage("ready"));
