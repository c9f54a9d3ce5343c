import type { PortalWords } from "./shape";

/** The requester's page in Korean. */
export const ko: PortalWords = {
  tag: "ko",
  request: "문의",
  statuses: {
    new: { title: "접수되었습니다", says: "곧 담당자가 문의를 확인할 예정입니다." },
    open: { title: "처리하고 있습니다", says: "새로운 소식이 있으면 바로 알려 드리겠습니다." },
    pending: { title: "고객님의 답변을 기다리고 있습니다", says: "계속 진행하려면 고객님의 답변이 필요합니다." },
    "on-hold": { title: "처리하고 있습니다", says: "새로운 소식이 있으면 바로 알려 드리겠습니다." },
    solved: { title: "해결되었습니다", says: "문의하신 내용이 해결된 것으로 보입니다." },
    closed: { title: "종료되었습니다", says: "이 문의는 처리가 끝났습니다." },
  },
  conversation: "대화 내용",
  files: "첨부 파일",
  you: "고객님",
  team: "고객지원팀",
  solvedQuestion: "도움이 되셨나요?",
  solved: "네, 해결되었습니다. 감사합니다",
  notSolved: "아니요, 아직 해결되지 않았습니다",
  lacking: { title: "추가로 알려 주실 내용", says: "입력하실 수 있는 만큼만 알려 주셔도 도움이 됩니다." },
  rating: {
    title: "고객님의 의견",
    says: "도움이 되셨나요?",
    stars: { 1: "매우 불만족", 2: "불만족", 3: "보통", 4: "만족", 5: "매우 만족" },
    comment: "더 알려 주실 내용이 있나요? (선택)",
    send: "보내기",
  },
  reply: {
    title: "메시지 보내기",
    label: "메시지 내용",
    whenClosed: "이 문의는 종료되었습니다. 메시지를 보내시면 이 문의와 연결된 새 문의로 접수됩니다.",
    send: "보내기",
  },
  privacy:
    "이 페이지는 고객님만 보실 수 있습니다. 링크가 있으면 누구나 내용을 읽고 대신 답변할 수 있으니 공유하지 마세요.",
  flashes: {
    "reply-received": () => "감사합니다. 메시지를 잘 받았습니다.",
    "closed-thanks": () => "알려 주셔서 감사합니다. 문의를 종료했습니다.",
    reopened: () => "알려 주셔서 감사합니다. 다시 확인하겠습니다.",
    "follow-up": (followUp) =>
      `이 문의는 이미 종료되어 새 문의(${followUp})로 접수했습니다. 이메일로 안내해 드리겠습니다.`,
    rated: () => "의견을 보내 주셔서 감사합니다.",
    "try-again": () => "죄송합니다. 지금은 처리하지 못했습니다. 내용은 그대로 있으니 잠시 후 다시 시도해 주세요.",
    refused: () => "그사이 문의 상태가 바뀌어 처리할 수 없습니다. 현재 상태는 다음과 같습니다.",
  },
  expired: {
    title: "링크가 만료되었습니다",
    says: "문의 내용을 보호하기 위해 링크는 일정 기간만 사용할 수 있습니다. 새 링크를 이메일로 보내 드리겠습니다.",
    send: "새 링크 받기",
    sentTitle: "새 링크를 보내고 있습니다",
    sent: "몇 분 후 메일함을 확인해 주세요. 링크는 문의하실 때 사용하신 주소로 보내 드립니다.",
  },
  notFound: {
    title: "링크를 열 수 없습니다",
    says: "링크의 일부가 빠졌을 수 있습니다. 보내 드린 메일에서 링크를 다시 여시거나 링크 전체를 복사해 주세요.",
  },
};
