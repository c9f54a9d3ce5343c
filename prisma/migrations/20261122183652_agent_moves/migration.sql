-- CreateTable
CREATE TABLE "agent_moves" (
    "id" BIGSERIAL NOT NULL,
    "agent_id" TEXT NOT NULL,
    "by" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_moves_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "agent_moves_by_idx" ON "agent_moves"("by");

-- What a decision reads of people. No lock is taken for it: lines are only added.
CREATE FUNCTION note_agent_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN INSERT INTO agent_moves (agent_id) VALUES (OLD.agent_id); END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.agent_id <> OLD.agent_id) THEN INSERT INTO agent_moves (agent_id) VALUES (NEW.agent_id); END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_agent_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO agent_moves (agent_id) VALUES (NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER note_move AFTER INSERT OR DELETE OR UPDATE OF agent_id, places, offered ON reservations FOR EACH ROW EXECUTE FUNCTION note_agent_move();
CREATE TRIGGER note_move AFTER INSERT OR DELETE OR UPDATE ON team_members FOR EACH ROW EXECUTE FUNCTION note_agent_move();
CREATE TRIGGER note_move AFTER INSERT OR DELETE OR UPDATE ON agent_skills FOR EACH ROW EXECUTE FUNCTION note_agent_move();
CREATE TRIGGER note_move AFTER INSERT OR DELETE OR UPDATE ON leaves FOR EACH ROW EXECUTE FUNCTION note_agent_move();
CREATE TRIGGER note_move AFTER INSERT OR DELETE OR UPDATE ON results FOR EACH ROW EXECUTE FUNCTION note_agent_move();
CREATE TRIGGER note_change
  AFTER UPDATE OF present, active, capacity, last_assigned_at, calendar_id, language, languages, latitude, longitude, radius_km, regions
  ON agents FOR EACH ROW EXECUTE FUNCTION note_agent_change();
