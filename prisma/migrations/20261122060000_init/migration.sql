-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "cluster_id" TEXT NOT NULL,
    "namespace_id" TEXT NOT NULL,
    "adopted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "lead_id" TEXT,
    "manager_id" TEXT,
    "triage" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agents" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "role" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL DEFAULT 5,
    "present" BOOLEAN NOT NULL DEFAULT false,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "last_assigned_at" TIMESTAMPTZ(3),

    CONSTRAINT "agents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_members" (
    "team_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,

    CONSTRAINT "team_members_pkey" PRIMARY KEY ("team_id","agent_id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "hash" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "categories" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "team_id" TEXT,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rules" (
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "words" TEXT[],
    "channel" TEXT,
    "requester_domain" TEXT,
    "category_id" TEXT NOT NULL,
    "type" TEXT,
    "team_id" TEXT NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policies" (
    "id" TEXT NOT NULL,
    "edition" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("id","edition")
);

-- CreateTable
CREATE TABLE "requesters" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "language" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "requesters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intakes" (
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_sha256" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "fields" JSONB,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "intakes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tickets" (
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "started" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "category" TEXT,
    "priority" TEXT NOT NULL,
    "priority_rank" INTEGER NOT NULL,
    "team_id" TEXT,
    "assignee_id" TEXT,
    "requester_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "deadline" TIMESTAMPTZ(3),
    "breached" BOOLEAN NOT NULL DEFAULT false,
    "escalation" INTEGER NOT NULL DEFAULT 0,
    "follow_up_of" INTEGER,
    "compared_version" INTEGER NOT NULL DEFAULT 0,
    "stuck" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "events" (
    "ticket" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_kind" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "by_role" TEXT,
    "cause" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "epoch" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "events_pkey" PRIMARY KEY ("ticket","version")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "ticket" INTEGER NOT NULL,
    "visibility" TEXT NOT NULL,
    "author_kind" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" TEXT NOT NULL,
    "ticket" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "template" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "token" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commands" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "ticket" INTEGER NOT NULL,
    "verb" TEXT NOT NULL,
    "body_sha256" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER,
    "not_after" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "commands_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_error" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservations" (
    "ticket" INTEGER NOT NULL,
    "agent_id" TEXT NOT NULL,
    "decision" TEXT,
    "confirmed" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reservations_pkey" PRIMARY KEY ("ticket")
);

-- CreateTable
CREATE TABLE "waiters" (
    "ticket" INTEGER NOT NULL,
    "decision" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "priority_rank" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "waiters_pkey" PRIMARY KEY ("ticket")
);

-- CreateTable
CREATE TABLE "dispatch_decisions" (
    "id" TEXT NOT NULL,
    "ticket" INTEGER NOT NULL,
    "team_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "considered" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dispatch_decisions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "team_members_agent_id_idx" ON "team_members"("agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "intakes_number_key" ON "intakes"("number");

-- CreateIndex
CREATE UNIQUE INDEX "intakes_scope_key_key" ON "intakes"("scope", "key");

-- CreateIndex
CREATE INDEX "tickets_updated_at_number_idx" ON "tickets"("updated_at", "number");

-- CreateIndex
CREATE INDEX "tickets_status_updated_at_number_idx" ON "tickets"("status", "updated_at", "number");

-- CreateIndex
CREATE INDEX "tickets_team_id_status_updated_at_number_idx" ON "tickets"("team_id", "status", "updated_at", "number");

-- CreateIndex
CREATE INDEX "tickets_assignee_id_status_updated_at_number_idx" ON "tickets"("assignee_id", "status", "updated_at", "number");

-- CreateIndex
CREATE INDEX "tickets_requester_id_updated_at_number_idx" ON "tickets"("requester_id", "updated_at", "number");

-- CreateIndex
CREATE INDEX "tickets_created_at_number_idx" ON "tickets"("created_at", "number");

-- CreateIndex
CREATE INDEX "tickets_priority_rank_number_idx" ON "tickets"("priority_rank", "number");

-- CreateIndex
CREATE INDEX "tickets_deadline_number_idx" ON "tickets"("deadline", "number");

-- CreateIndex
CREATE UNIQUE INDEX "events_ticket_cause_key" ON "events"("ticket", "cause");

-- CreateIndex
CREATE INDEX "messages_ticket_version_idx" ON "messages"("ticket", "version");

-- CreateIndex
CREATE INDEX "notices_ticket_version_idx" ON "notices"("ticket", "version");

-- CreateIndex
CREATE INDEX "commands_ticket_idx" ON "commands"("ticket");

-- CreateIndex
CREATE INDEX "outbox_not_before_id_idx" ON "outbox"("not_before", "id");

-- CreateIndex
CREATE INDEX "reservations_agent_id_idx" ON "reservations"("agent_id");

-- CreateIndex
CREATE INDEX "waiters_team_id_priority_rank_since_ticket_idx" ON "waiters"("team_id", "priority_rank" DESC, "since", "ticket");

-- CreateIndex
CREATE INDEX "dispatch_decisions_ticket_idx" ON "dispatch_decisions"("ticket");

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_requester_id_fkey" FOREIGN KEY ("requester_id") REFERENCES "requesters"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_ticket_fkey" FOREIGN KEY ("ticket") REFERENCES "tickets"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_ticket_fkey" FOREIGN KEY ("ticket") REFERENCES "tickets"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_ticket_fkey" FOREIGN KEY ("ticket") REFERENCES "tickets"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema language cannot say.

-- Ticket numbers: a sequence, so that two intakes never wait for each other; gaps are allowed.
CREATE SEQUENCE "ticket_number" AS INTEGER START WITH 1001;

-- An address is one person, however it is written.
CREATE UNIQUE INDEX "requesters_email_key" ON "requesters" (lower("email"));

-- A closed ticket has one follow-up at most.
CREATE UNIQUE INDEX "tickets_follow_up_of_key" ON "tickets" ("follow_up_of") WHERE "follow_up_of" IS NOT NULL;

-- The relay's sweeps: intakes whose life has not begun, and tickets that must have a running workflow.
CREATE INDEX "tickets_unstarted" ON "tickets" ("created_at") WHERE NOT "started";
CREATE INDEX "tickets_unclosed" ON "tickets" ("number") WHERE "status" <> 'closed' AND "started";
CREATE INDEX "tickets_uncompared" ON "tickets" ("updated_at") WHERE "compared_version" < "version";
CREATE INDEX "tickets_stuck" ON "tickets" ("number") WHERE "stuck" IS NOT NULL;

-- Drafts that nobody published.
CREATE INDEX "messages_drafts" ON "messages" ("created_at") WHERE "version" IS NULL;

-- One mail per person and event; a new link may be asked for again and again.
CREATE UNIQUE INDEX "notices_once" ON "notices" ("ticket", "version", "recipient") WHERE "template" <> 'new-link';

-- Notices on their way.
CREATE INDEX "notices_queued" ON "notices" ("ticket") WHERE "state" = 'queued';

-- Places whose ticket has not yet said that it takes them.
CREATE INDEX "reservations_unconfirmed" ON "reservations" ("created_at") WHERE NOT "confirmed";
