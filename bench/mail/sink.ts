// A mail server that takes everything at once and keeps nothing: what is measured is who sends.
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

export interface Sink {
  readonly url: string;
  /** Mails taken. */
  readonly taken: () => number;
  stop(): Promise<void>;
}

/** @param port a free one by default */
export async function startSink(port = 0): Promise<Sink> {
  let taken = 0;
  const server = createServer((socket) => {
    let isText = false;
    let rest = "";
    socket.on("error", () => socket.destroy());
    socket.write("220 sink\r\n");
    socket.on("data", (chunk) => {
      rest += chunk.toString("latin1");
      for (;;) {
        const mark = isText ? "\r\n.\r\n" : "\r\n";
        const end = rest.indexOf(mark);
        if (end < 0) return;
        const command = rest.slice(0, end).toUpperCase();
        rest = rest.slice(end + mark.length);
        if (isText) taken += 1;
        isText = !isText && command === "DATA";
        socket.write(isText ? "354 go on\r\n" : command === "QUIT" ? "221 bye\r\n" : "250 yes\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => taken,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
