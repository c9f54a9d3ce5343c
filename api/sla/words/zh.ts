import type { SlaWords } from "./shape";

/** The clocks in Chinese. */
export const zh: SlaWords = {
  metrics: { firstResponse: "首次响应", nextResponse: "下次响应", periodicUpdate: "定期更新", assignment: "分配", resolution: "解决" },
  days: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  units: { hour: "小时", minute: "分钟", second: "秒", ms: "毫秒" },
  because: { pending: "等待请求人", "on-hold": "搁置", solved: "已解决期间", merged: "已合并期间" },
  moment: (day, date, time) => (date === null ? `${day} ${time}` : `${date.month}月${date.day}日${day} ${time}`),
  due: ({ state, when, target, business, from, calendar, paused, corrected }) => {
    const head = { due: "截止", breached: "已超过截止时间", standing: "暂停计时", met: "已达成", cancelled: "已取消" }[state];
    const where = calendar === null ? "" : `（${calendar}）`;
    const stood = paused.map(({ time, because }) => `，${because}暂停${time === null ? "" : ` ${time}`}`).join("");
    const put = corrected === null ? "" : `，更正${corrected.isGiven ? "补回" : "扣除"} ${corrected.time}`;
    return `${head}${when === null ? "" : ` ${when}`}：自 ${from} 起${business ? "工作时间" : ""} ${target}${where}${stood}${put}。`;
  },
  noTarget: "该优先级没有目标。",
};
