import type { MailWords } from "./shape";
import { waitIn } from "./wait";

/** Mails in Korean, in the polite formal style. */
export const ko: MailWords = {
  letters: {
    acknowledgement: ({ number, assignee, ...wait }) => ({
      subject: "문의가 접수되었습니다",
      before: [
        `문의해 주셔서 감사합니다. 보내 주신 문의가 #${number}번으로 접수되었습니다.`,
        assignee === null
          ? "현재 적합한 담당자를 배정하고 있습니다."
          : `담당자는 ${assignee}입니다. 확인 후 답변드리겠습니다.`,
        ...waitIn({
          opens: (at) => `지금은 운영 시간이 아니며, ${at}에 다시 업무를 시작합니다.`,
          expected: (at) => `보통 ${at}까지 답변을 받으실 수 있습니다.`,
          position: (place) => (place === 1 ? "고객님의 문의가 다음 순서입니다." : `현재 대기 순서는 ${place}번째입니다.`),
          solved: (at) => `비슷한 문의는 대부분 ${at}까지 해결됩니다.`,
        }, wait),
        "따로 하실 일은 없습니다. 내용을 추가하거나 진행 상황을 확인하시려면 아래 링크를 이용해 주세요.",
      ],
      after: [],
      link: "문의 확인하기",
    }),
    "new-assignee": ({ assignee }) => ({
      subject: "문의 담당자가 변경되었습니다",
      before: [
        assignee === null
          ? "문의 담당자가 변경되었습니다. 새 담당자가 확인 후 답변드리겠습니다."
          : `문의 담당자가 변경되었습니다. 새 담당자는 ${assignee}입니다. 확인 후 답변드리겠습니다.`,
      ],
      after: [],
      link: "문의 확인하기",
    }),
    "public-reply": ({ subject }) => ({
      subject: `Re: ${subject}`,
      before: [],
      after: [],
      link: "답변하거나 대화 내용 보기",
    }),
    pending: () => ({
      subject: "고객님의 답변을 기다리고 있습니다",
      before: [],
      after: ["답변을 주시면 바로 이어서 처리하겠습니다."],
      link: "답변하기",
    }),
    "ask-back": ({ missing }) => ({
      subject: "추가로 알려 주실 내용이 있습니다",
      before: ["빠르게 도와드리기 위해 다음 내용이 더 필요합니다.", ...missing.map((each) => `• ${each}`)],
      after: ["아래 링크에서 입력하실 수 있으며, 그동안 처리는 계속 진행됩니다. 전부가 아니더라도 알려 주시는 내용이 모두 도움이 됩니다."],
      link: "입력하기",
    }),
    "still-waiting": () => ({
      subject: "아직 고객님의 답변을 기다리고 있습니다",
      before: ["얼마 전에 여쭤본 내용에 대해 아직 답변을 받지 못했습니다."],
      after: ["가능하실 때 답변을 부탁드립니다. 답변이 없으면 문의가 해결된 것으로 보겠습니다."],
      link: "답변하기",
    }),
    "later-than-expected": ({ expected }) => ({
      subject: "안내해 드린 것보다 시간이 더 걸리고 있습니다",
      before: [
        "죄송합니다. 평소보다 문의가 많아 안내해 드린 시간까지 답변을 드리지 못했습니다.",
        expected === null ? "문의를 잊지 않고 있으며, 가능한 한 빨리 연락드리겠습니다." : `보통 ${expected}까지 답변을 받으실 수 있습니다.`,
      ],
      after: [],
      link: "문의 확인하기",
    }),
    solved: ({ closesIn, replied }) => ({
      subject: "문의가 해결되었습니다",
      before: replied ? [] : ["문의하신 내용이 해결된 것으로 보입니다."],
      after: [
        (replied ? "이것으로 문의하신 내용이 해결되었기를 바랍니다. " : "") +
          "도움이 되셨나요? 해결되었는지 아래 링크에서 알려 주세요." +
          (closesIn === null ? "" : ` 추가로 말씀이 없으시면 문의는 ${closesIn} 자동으로 종료됩니다.`),
      ],
      link: "해결 여부 알려 주기",
    }),
    "new-link": ({ number }) => ({
      subject: "새 링크를 보내 드립니다",
      before: [`요청하신 문의 #${number}번의 새 링크입니다.`],
      after: [],
      link: "문의 확인하기",
    }),
  },
  memos: {
    assigned: ({ by }) => ({
      what: "담당자로 배정됨",
      says: by === null ? "이 티켓이 배정되었습니다." : `${by} 님이 이 티켓을 배정했습니다.`,
    }),
    "taken-over": ({ by }) => ({
      what: "담당 해제됨",
      says: by === null ? "이 티켓의 담당에서 해제되었습니다." : `${by} 님이 이 티켓의 담당을 변경했습니다.`,
    }),
    unassigned: ({ by }) => ({
      what: "담당자 없음",
      says: by === null ? "이 티켓에 담당자가 없습니다." : `${by} 님이 이 티켓의 담당자를 해제했습니다.`,
    }),
    declined: () => ({
      what: "아무도 맡지 않은 티켓",
      says: "제안받은 사람이 모두 거절했습니다. 누군가에게 배정될 때까지 대기하며, 기한은 계속 흐릅니다.",
    }),
    "colleague-wrote": ({ by }) => ({
      what: by === null ? "동료가 글을 남김" : `${by} 님이 글을 남김`,
      says: by === null ? "동료가 담당 티켓에 글을 남겼습니다." : `${by} 님이 담당 티켓에 글을 남겼습니다.`,
    }),
    "requester-wrote": () => ({ what: "문의자의 새 메시지", says: "문의자가 다음과 같이 썼습니다." }),
    "requester-reopened": () => ({ what: "해결되지 않음", says: "문의자가 아직 해결되지 않았다고 알려 왔습니다." }),
    reopened: ({ by }) => ({
      what: "다시 열림",
      says: by === null ? "이 티켓이 다시 열렸습니다." : `${by} 님이 이 티켓을 다시 열었습니다.`,
    }),
    resumed: () => ({ what: "대기 종료", says: "대기 시간이 지나 티켓이 다시 열렸습니다." }),
    reminder: ({ metric, percent, due }) => ({
      what: due === null ? `알림: ${metric}` : `기한 ${due}: ${metric}`,
      says:
        (percent === null ? `${metric} 기한이 다가옵니다.` : `${metric} 목표 시간의 ${percent}%가 지났습니다.`) +
        (due === null ? "" : ` 기한은 ${due}입니다.`),
    }),
    escalation: ({ metric, level, due, also }) => ({
      what: due === null ? `에스컬레이션 ${level}단계: ${metric}` : `${level}단계: ${metric} 기한 ${due} 지남`,
      says:
        `${metric} 목표 시간을 지키지 못했습니다.` +
        (due === null ? "" : ` 기한은 ${due}이었습니다.`) +
        ` 에스컬레이션 ${level}단계입니다.` +
        (also === null ? "" : ` 아래의 ${also}단계도 함께 도래했으나 따로 알리지 않았습니다.`),
    }),
    escalated: ({ by, level }) => ({
      what: by === null ? `에스컬레이션됨, ${level}단계` : `${by} 님이 에스컬레이션함, ${level}단계`,
      says: by === null ? "이 티켓이 에스컬레이션되었습니다." : `${by} 님이 이 티켓을 에스컬레이션했습니다.`,
    }),
    "merged-in": ({ by, source }) => ({
      what: `#${source} 병합됨`,
      says: by === null ? `티켓 #${source}이(가) 이 티켓으로 이어집니다.` : `${by} 님이 티켓 #${source}을(를) 이 티켓에 병합했습니다.`,
    }),
    "requester-thanked": () => ({ what: "감사 인사", says: "문의자가 감사 인사를 보냈습니다. 티켓은 해결 상태로 유지됩니다. 다른 내용이 있다면 다시 열어 주세요:" }),
    undelivered: () => ({
      what: "메일 전달 실패",
      says: "문의자에게 메일을 전달하지 못했습니다. 다른 방법으로 연락해 주세요. 해결 안내 메일이었다면 티켓은 자동으로 종료되지 않습니다.",
    }),
    "copy-undelivered": () => ({ what: "사본 전달 실패", says: "이 티켓에 참여 중인 분에게 답변 사본을 전달하지 못했습니다. 문의자에게 보내는 메일은 별개입니다." }),
    "staff-undelivered": () => ({ what: "담당자에게 전달 실패", says: "이 티켓에 관한 메일을 직원 또는 당직자에게 전달하지 못했습니다. 누구에게 왜 전달되지 않았는지는 알림에서 확인할 수 있습니다. 다른 방법으로 알려 주세요." }),
    "mail-loop": () => ({
      what: "메일이 계속 오갑니다",
      says: "기계가 이 문의자에게 보낸 접수 확인에 계속 답하고 있는 것 같습니다. 당분간 이 주소로는 접수 확인을 보내지 않으며, 직접 쓰신 답변은 그대로 발송됩니다.",
    }),
    "template-broken": () => ({
      what: "메일 템플릿을 사용할 수 없습니다",
      says: "템플릿을 사용할 수 없어 문의자에게 기본 문구로 메일을 보냈습니다. 관리자에게 알려 주세요.",
    }),
    "address-suspended": () => ({
      what: "메일이 도달하지 않는 주소가 있습니다",
      says: "이 티켓에 관한 메일이 최종적으로 반송되었거나 수신자가 신고했습니다. 차단을 해제할 때까지 그 주소로는 더 이상 보내지 않습니다. 다른 방법으로 연락해 주세요.",
    }),
    "message-held": () => ({
      what: "확인을 기다리는 메시지가 있습니다",
      says: "이 티켓에 참여하지 않는 사람이 티켓 주소로 메일을 보냈습니다. 메시지는 아직 게시되지 않았습니다. 수락하면 보낸 사람이 참여자로 추가되며, 거절할 수도 있습니다.",
    }),
    "not-sent": () => ({
      what: "답변이 전송되지 않았습니다",
      says: "귀하의 이름으로 답변 메일이 도착했지만 본인이 보낸 것인지 확인할 수 없어 전송하지 않았습니다. 직접 작성한 것이라면 티켓에서 수락해 주세요.",
    }),
  },
  digest: ({ count, due }) => ({
    what: due === null ? `알림 ${count}건` : `알림 ${count}건, 가장 빠른 기한 ${due}`,
    says: "여러 알림을 한 번에 보냅니다. 가장 급한 티켓이 먼저 나옵니다.",
  }),
  copy: {
    because: "이 대화에 참여하고 계셔서 보내 드리는 메일입니다.",
    answer: "이 메일에 회신하시면 담당자들이 확인합니다.",
  },
  hello: "안녕하세요.",
  team: "고객지원팀 드림",
  footer: [
    "답변은 링크에서 남겨 주세요. 이 주소로 보내신 회신은 확인하지 않습니다.",
    "이 링크는 본인만 사용해 주세요. 링크가 있으면 누구나 대화를 읽고 대신 답변할 수 있습니다.",
  ],
  answering: {
    reply: "이 메일에 회신하면 문의자에게 전송됩니다.",
    note: "이 메일에 회신하면 내부 메모가 됩니다.",
  },
  answerByMail: "이 메일에 회신하시거나 링크에서 답변해 주세요.",
  labels: { subject: "제목", status: "상태", priority: "우선순위", deadline: "기한", ticket: "티켓" },
  statuses: {
    new: "신규",
    open: "진행 중",
    pending: "문의자 답변 대기",
    "on-hold": "보류",
    solved: "해결됨",
    closed: "종료됨",
  },
  priorities: { low: "낮음", normal: "보통", high: "높음", urgent: "긴급" },
  metrics: { firstResponse: "첫 응답", nextResponse: "다음 응답", periodicUpdate: "정기 안내", assignment: "배정", resolution: "해결" },
  placed: (time, place) => `${time} (${place} 시간)`,
  shortly: "곧",
};
