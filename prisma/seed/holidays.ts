// Public holidays of the seeded offices, 2026 to 2030, as an import from date-holidays gives them (a test compares them).
// Further years come by the same import: POST /calendars/:id/holidays.

/** A line for each: date, then name. */
const norway = `
2026-01-01 Første nyttårsdag
2026-04-02 Skjærtorsdag
2026-04-03 Langfredag
2026-04-05 Første påskedag
2026-04-06 Andre påskedag
2026-05-01 Arbeidernes dag
2026-05-14 Kristi himmelfartsdag
2026-05-17 Grunnlovsdagen
2026-05-24 Første pinsedag
2026-05-25 Andre pinsedag
2026-12-25 Første juledag
2026-12-26 Andre juledag
2027-01-01 Første nyttårsdag
2027-03-25 Skjærtorsdag
2027-03-26 Langfredag
2027-03-28 Første påskedag
2027-03-29 Andre påskedag
2027-05-01 Arbeidernes dag
2027-05-06 Kristi himmelfartsdag
2027-05-16 Første pinsedag
2027-05-17 Grunnlovsdagen, Andre pinsedag
2027-12-25 Første juledag
2027-12-26 Andre juledag
2028-01-01 Første nyttårsdag
2028-04-13 Skjærtorsdag
2028-04-14 Langfredag
2028-04-16 Første påskedag
2028-04-17 Andre påskedag
2028-05-01 Arbeidernes dag
2028-05-17 Grunnlovsdagen
2028-05-25 Kristi himmelfartsdag
2028-06-04 Første pinsedag
2028-06-05 Andre pinsedag
2028-12-25 Første juledag
2028-12-26 Andre juledag
2029-01-01 Første nyttårsdag
2029-03-29 Skjærtorsdag
2029-03-30 Langfredag
2029-04-01 Første påskedag
2029-04-02 Andre påskedag
2029-05-01 Arbeidernes dag
2029-05-10 Kristi himmelfartsdag
2029-05-17 Grunnlovsdagen
2029-05-20 Første pinsedag
2029-05-21 Andre pinsedag
2029-12-25 Første juledag
2029-12-26 Andre juledag
2030-01-01 Første nyttårsdag
2030-04-18 Skjærtorsdag
2030-04-19 Langfredag
2030-04-21 Første påskedag
2030-04-22 Andre påskedag
2030-05-01 Arbeidernes dag
2030-05-17 Grunnlovsdagen
2030-05-30 Kristi himmelfartsdag
2030-06-09 Første pinsedag
2030-06-10 Andre pinsedag
2030-12-25 Første juledag
2030-12-26 Andre juledag
`;

const korea = `
2026-01-01 신정
2026-02-16 설날
2026-02-17 설날
2026-02-18 설날
2026-03-01 3·1절
2026-03-02 3·1절 (대체공휴일)
2026-05-05 어린이날
2026-05-24 석가탄신일
2026-05-25 석가탄신일 (대체공휴일)
2026-06-06 현충일
2026-07-17 제헌절
2026-08-15 광복절
2026-08-17 광복절 (대체공휴일)
2026-09-24 추석
2026-09-25 추석
2026-09-26 추석
2026-10-03 개천절
2026-10-05 개천절 (대체공휴일)
2026-10-09 한글날
2026-12-25 기독탄신일
2027-01-01 신정
2027-02-06 설날
2027-02-07 설날
2027-02-08 설날
2027-02-09 설날 (대체공휴일)
2027-03-01 3·1절
2027-05-05 어린이날
2027-05-13 석가탄신일
2027-06-06 현충일
2027-07-17 제헌절
2027-07-19 제헌절 (대체공휴일)
2027-08-15 광복절
2027-08-16 광복절 (대체공휴일)
2027-09-14 추석
2027-09-15 추석
2027-09-16 추석
2027-10-03 개천절
2027-10-04 개천절 (대체공휴일)
2027-10-09 한글날
2027-10-11 한글날 (대체공휴일)
2027-12-25 기독탄신일
2027-12-27 기독탄신일 (대체공휴일)
2028-01-01 신정
2028-01-26 설날
2028-01-27 설날
2028-01-28 설날
2028-03-01 3·1절
2028-05-02 석가탄신일
2028-05-05 어린이날
2028-06-06 현충일
2028-07-17 제헌절
2028-08-15 광복절
2028-10-02 추석
2028-10-03 추석, 개천절
2028-10-04 추석
2028-10-05 개천절 (대체공휴일), 추석 (대체공휴일)
2028-10-09 한글날
2028-12-25 기독탄신일
2029-01-01 신정
2029-02-12 설날
2029-02-13 설날
2029-02-14 설날
2029-03-01 3·1절
2029-05-05 어린이날
2029-05-07 어린이날 (대체공휴일)
2029-05-20 석가탄신일
2029-05-21 석가탄신일 (대체공휴일)
2029-06-06 현충일
2029-07-17 제헌절
2029-08-15 광복절
2029-09-21 추석
2029-09-22 추석
2029-09-23 추석
2029-09-24 추석 (대체공휴일)
2029-10-03 개천절
2029-10-09 한글날
2029-12-25 기독탄신일
2030-01-01 신정
2030-02-02 설날
2030-02-03 설날
2030-02-04 설날
2030-02-05 설날 (대체공휴일)
2030-03-01 3·1절
2030-05-05 어린이날
2030-05-06 어린이날 (대체공휴일)
2030-05-09 석가탄신일
2030-06-06 현충일
2030-07-17 제헌절
2030-08-15 광복절
2030-09-11 추석
2030-09-12 추석
2030-09-13 추석
2030-10-03 개천절
2030-10-09 한글날
2030-12-25 기독탄신일
`;

export const holidaysOf = { NO: read(norway), KR: read(korea) } as const;

function read(lines: string): { date: string; name: string; hours: [] }[] {
  return lines.trim().split("\n").map((line) => ({ date: line.slice(0, 10), name: line.slice(11), hours: [] }));
}
