// What the steps of a mail's life work with; bin/ puts it together.
import type { Core } from "../api/parts";
import type { Reader } from "../mail/reader";
import type { SignedAddresses } from "../mail/signed/addresses";
import type { Files } from "../prisma/files";
import type { VerdictSettings } from "./verdict";

export interface InboundDeps extends Core {
  readonly files: Files;
  /** Shared by all mails that this process reads. */
  readonly reader: Pick<Reader, "read">;
  readonly verdicts: VerdictSettings;
  /** Recognises what mails of ours come back to. */
  readonly signed: SignedAddresses;
}

/** A mail, by its row's id: nothing else of it enters Temporal. */
export interface MailRef {
  readonly mail: string;
}
