import setUp from "./support/global-setup";
import tearDown from "./support/global-teardown";
import { aDesk } from "./support/desk";
async function main() {
  await (setUp as () => Promise<void>)(); const { Session } = await import("node:inspector/promises"); const session = new Session(); session.connect();
  const desk = await aDesk();
  await desk.startWorker();
  const life = async () => {
    const n = await desk.open(); await desk.exists(n);
    await desk.command(n, "reply", { message: await desk.draft(n, "Here.") });
    const by = await desk.requester(n);
    await desk.command(n, "requesterReply", { message: await desk.draft(n, "Thanks", by) }, { by });
    await desk.command(n, "resolve", { message: null });
    await desk.command(n, "close", {});
    await desk.ended(n);
  };
  await Promise.all(Array.from({ length: 4 }, life));
  await session.post("Profiler.enable"); await session.post("Profiler.start"); const cpu0 = process.cpuUsage(); const t0 = Date.now(); let lives = 0;
  const until = t0 + Number(process.env.SECONDS ?? 12) * 1000;
  await Promise.all(Array.from({ length: 8 }, async () => { while (Date.now() < until) { await life(); lives++; } }));
  const s = (Date.now() - t0) / 1000; const cpu = process.cpuUsage(cpu0);
  console.log(`${lives} lives, ${(lives / s).toFixed(2)}/s, own cpu per life ${((cpu.user + cpu.system) / 1000 / lives).toFixed(0)} ms`);
  const { profile } = await session.post("Profiler.stop"); (await import("node:fs")).writeFileSync("/tmp/perf/p.json", JSON.stringify(profile)); await desk.close();
  await (tearDown as () => Promise<void>)();
  process.exit(0);
}
void main();
