import type { SlaWords } from "./shape";

/** The clocks in Korean. */
export const ko: SlaWords = {
  metrics: { firstResponse: "첫 응답", nextResponse: "다음 응답", periodicUpdate: "정기 안내", assignment: "배정", resolution: "해결" },
  days: ["일", "월", "화", "수", "목", "금", "토"],
  units: { hour: "시간", minute: "분", second: "초", ms: "ms" },
  because: { pending: "문의자 답변 대기", "on-hold": "보류", solved: "해결 상태", merged: "병합된 상태" },
  moment: (day, date, time) => (date === null ? `(${day}) ${time}` : `${date.month}월 ${date.day}일(${day}) ${time}`),
  due: ({ state, when, target, business, from, calendar, paused, corrected }) => {
    const head = { due: "기한", breached: "지난 기한", standing: "정지됨", met: "준수", cancelled: "중단" }[state];
    const where = calendar === null ? "" : ` (${calendar})`;
    const stood = paused.map(({ time, because }) => `, ${because}${time === null ? "" : ` ${time}`} 제외`).join("");
    const put = corrected === null ? "" : `, 정정으로 ${corrected.time} ${corrected.isGiven ? "추가" : "차감"}`;
    return `${head}${when === null ? "" : ` ${when}`}: ${from}부터 ${business ? "업무 시간 " : ""}${target}${where}${stood}${put}.`;
  },
  noTarget: "이 우선순위에는 목표가 없습니다.",
};
