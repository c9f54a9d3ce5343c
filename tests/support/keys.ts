/** The API keys of the seeded people, known to every test. */
export const TEST_KEYS = {
  agent: "test-key-of-an-agent-0000000000000000",
  lead: "test-key-of-a-lead-00000000000000000",
  admin: "test-key-of-an-admin-000000000000000",
  auditor: "test-key-of-an-auditor-0000000000000",
} as const;
