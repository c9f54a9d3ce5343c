import type { MailWords } from "./shape";
import { waitIn } from "./wait";

/** Mails in simplified Chinese, with the polite 您 to requesters and 你 among colleagues. */
export const zh: MailWords = {
  letters: {
    acknowledgement: ({ number, assignee, ...wait }) => ({
      subject: "我们已收到您的请求",
      before: [
        `感谢您与我们联系。我们已收到您的请求，编号为 #${number}。`,
        assignee === null ? "我们正在为您安排合适的同事。" : `${assignee} 正在处理您的请求，会尽快给您回复。`,
        ...waitIn({
          opens: (at) => `我们目前不在工作时间，将于${at}恢复工作。`,
          expected: (at) => `通常您会在${at}之前收到我们的回复。`,
          position: (place) => (place === 1 ? "您的请求排在下一位。" : `您的请求目前排在第 ${place} 位。`),
          solved: (at) => `类似的请求大多会在${at}之前解决。`,
        }, wait),
        "您现在无需做任何操作。如需补充内容或查看进展，请使用以下链接：",
      ],
      after: [],
      link: "查看我的请求",
    }),
    "new-assignee": ({ assignee }) => ({
      subject: assignee === null ? "您的请求已转交给另一位同事" : `您的请求现由 ${assignee} 处理`,
      before: [
        assignee === null
          ? "另一位同事已接手您的请求，会尽快给您回复。"
          : `${assignee} 已接手您的请求，会尽快给您回复。`,
      ],
      after: [],
      link: "查看我的请求",
    }),
    "public-reply": ({ subject }) => ({
      subject: `Re: ${subject}`,
      before: [],
      after: [],
      link: "回复或查看对话",
    }),
    pending: () => ({
      subject: "我们需要您的回复",
      before: [],
      after: ["收到您的回复后，我们会立即继续处理。"],
      link: "回复",
    }),
    "ask-back": ({ missing }) => ({
      subject: "我们还需要您补充一些信息",
      before: ["为了尽快帮助您，我们还需要以下信息：", ...missing.map((each) => `• ${each}`)],
      after: ["您可以通过下面的链接填写；其他处理会照常进行。即使无法全部提供，您告诉我们的任何内容都有帮助。"],
      link: "填写",
    }),
    "still-waiting": () => ({
      subject: "我们仍在等待您的回复",
      before: ["我们之前向您提出的问题尚未收到您的回复。"],
      after: ["我们希望继续处理，请您方便时回复。如未收到回复，我们将视为您的请求已解决。"],
      link: "回复",
    }),
    "later-than-expected": ({ expected }) => ({
      subject: "处理时间比之前告知的要长一些",
      before: [
        "非常抱歉：目前的请求比平时多，我们未能在告知您的时间之前回复。",
        expected === null ? "我们没有忘记您，会尽快与您联系。" : `通常您会在${expected}之前收到我们的回复。`,
      ],
      after: [],
      link: "查看我的请求",
    }),
    solved: ({ closesIn, replied }) => ({
      subject: "您的请求已解决",
      before: replied ? [] : ["我们认为您的请求已经解决。"],
      after: [
        (replied ? "我们认为这样就解决了您的问题。" : "") +
          "对您有帮助吗？无论是否解决，都请通过下方链接告诉我们。" +
          (closesIn === null ? "" : `如果没有再收到您的消息，该请求将在${closesIn}自动关闭。`),
      ],
      link: "已解决，还是尚未解决？",
    }),
    "new-link": ({ number }) => ({
      subject: "您的新链接",
      before: [`您为请求 #${number} 申请了新链接，链接如下：`],
      after: [],
      link: "查看我的请求",
    }),
  },
  memos: {
    assigned: ({ by }) => ({
      what: "已分配给你",
      says: by === null ? "此工单已分配给你。" : `${by} 将此工单分配给了你。`,
    }),
    "taken-over": ({ by }) => ({
      what: "不再由你处理",
      says: by === null ? "此工单不再由你处理。" : `${by} 已将此工单从你名下移走。`,
    }),
    unassigned: ({ by }) => ({
      what: "工单无人处理",
      says: by === null ? "此工单目前没有处理人。" : `${by} 取消了此工单的处理人。`,
    }),
    declined: () => ({
      what: "没有人接受此工单",
      says: "收到邀约的人都拒绝了。工单将等待分配，时限继续计时。",
    }),
    "colleague-wrote": ({ by }) => ({
      what: `${by ?? "同事"} 留言了`,
      says: `${by ?? "同事"} 在你的工单中写道：`,
    }),
    "requester-wrote": () => ({ what: "请求人发来新消息", says: "请求人写道：" }),
    "requester-reopened": () => ({ what: "尚未解决", says: "请求人表示问题尚未解决。" }),
    reopened: ({ by }) => ({
      what: "已重新打开",
      says: by === null ? "此工单已重新打开。" : `${by} 重新打开了此工单。`,
    }),
    resumed: () => ({ what: "等待结束", says: "等待时间已到，工单已重新打开。" }),
    reminder: ({ metric, percent, due }) => ({
      what: due === null ? `提醒：${metric}` : `截止 ${due}：${metric}`,
      says:
        (percent === null ? `${metric}的时限将到。` : `${metric}的时限已用 ${percent}%。`) +
        (due === null ? "" : `截止时间为 ${due}。`),
    }),
    escalation: ({ metric, level, due, also }) => ({
      what: due === null ? `升级，第 ${level} 级：${metric}` : `第 ${level} 级：${metric}已于 ${due} 到期`,
      says:
        `${metric}未能按时完成` +
        (due === null ? "。" : `，截止时间为 ${due}。`) +
        `这是第 ${level} 级升级。` +
        (also === null ? "" : `其下的第 ${also} 级也已到期，未单独通知任何人。`),
    }),
    escalated: ({ by, level }) => ({
      what: by === null ? `已升级，第 ${level} 级` : `${by} 已升级，第 ${level} 级`,
      says: by === null ? "此工单已升级给你。" : `${by} 将此工单升级给你：`,
    }),
    "merged-in": ({ by, source }) => ({
      what: `#${source} 已并入此工单`,
      says: by === null ? `工单 #${source} 在此工单中继续处理。` : `${by} 已将工单 #${source} 并入此工单。`,
    }),
    "requester-thanked": () => ({ what: "致谢", says: "请求人表示感谢，工单保持已解决状态。如果还有别的事情，请重新打开：" }),
    undelivered: () => ({
      what: "邮件未送达",
      says: "发给请求人的邮件未能送达，请用其他方式联系。如果是解决通知，工单不会自动关闭。",
    }),
    "copy-undelivered": () => ({ what: "副本未送达", says: "回复的副本未能送达此工单的一位参与者。发给请求人的邮件不受影响。" }),
    "staff-undelivered": () => ({ what: "有同事未收到通知", says: "有关此工单的一封邮件未能送达某位同事或值班人员。通知中注明了收件人和原因，请用其他方式告知。" }),
    "mail-loop": () => ({
      what: "邮件来回循环",
      says: "似乎有机器在不断回复我们发给该请求人的确认邮件。我们暂时不再向该地址发送确认；您写的内容仍会发送。",
    }),
    "template-broken": () => ({
      what: "邮件模板无法使用",
      says: "由于模板无法使用，发给请求人的邮件采用了内置文字。请告知管理员。",
    }),
    "address-suspended": () => ({
      what: "邮件无法送达某个地址",
      says: "有关此工单的邮件被永久退回，或收件人提出了投诉。在解除停用之前，不会再向该地址发送任何邮件。请用其他方式联系。",
    }),
    "message-held": () => ({
      what: "有一条消息等待处理",
      says: "有未参与此工单的人向工单地址发来邮件。该消息尚未发布：接受后发件人将加入工单，也可以拒绝。",
    }),
    "not-sent": () => ({
      what: "您的回复未发送",
      says: "收到一封以您的名义发来的回复邮件，但无法确认是否由您本人发出，因此没有发送。如果是您写的，请在工单中接受。",
    }),
  },
  digest: ({ count, due }) => ({
    what: due === null ? `${count} 条通知` : `${count} 条通知，最早截止 ${due}`,
    says: "多条通知合并为一封邮件，最紧急的工单在前。",
  }),
  copy: {
    because: "您参与了此对话，因此收到此邮件。",
    answer: "直接回复此邮件，处理人员即可看到。",
  },
  hello: "您好！",
  team: "客户支持团队",
  footer: [
    "如需回复，请使用上述链接；发送到此邮箱的回信不会有人查看。",
    "此链接仅供您本人使用：持有链接的人可以查看对话并以您的名义回复。",
  ],
  answering: {
    reply: "回复此邮件将发送给请求人。",
    note: "回复此邮件将成为内部备注。",
  },
  answerByMail: "如需回复，请直接回复此邮件，或使用上述链接。",
  labels: { subject: "主题", status: "状态", priority: "优先级", deadline: "截止时间", ticket: "工单" },
  statuses: {
    new: "新建",
    open: "处理中",
    pending: "等待请求人回复",
    "on-hold": "暂停",
    solved: "已解决",
    closed: "已关闭",
  },
  priorities: { low: "低", normal: "普通", high: "高", urgent: "紧急" },
  metrics: { firstResponse: "首次响应", nextResponse: "下次响应", periodicUpdate: "定期更新", assignment: "分配", resolution: "解决" },
  placed: (time, place) => `${time}（${place}时间）`,
  shortly: "不久后",
};
