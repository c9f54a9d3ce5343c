interface Reported {
  readonly recipient: string;
  readonly action: "failed" | "delayed";
  /** RFC 3463, such as 5.1.1. */
  readonly status: string;
  /** Headers of the mail that it is about. */
  readonly copy: string;
}

/** As a mail server reports what became of a mail (RFC 3464), from its `Auto-Submitted` on: who writes to whom goes above. */
export function deliveryReport({ recipient, action, status, copy }: Reported): string {
  return `Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.test

Final-Recipient: rfc822; ${recipient}
Action: ${action}
Status: ${status}

--b
Content-Type: text/rfc822-headers

${copy}

--b--
`;
}
