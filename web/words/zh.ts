import type { PortalWords } from "./shape";

/** The requester's page in simplified Chinese. */
export const zh: PortalWords = {
  tag: "zh-Hans",
  request: "请求",
  statuses: {
    new: { title: "我们已收到", says: "很快会有同事查看您的请求。" },
    open: { title: "我们正在处理", says: "一有新进展，我们会立即写信告诉您。" },
    pending: { title: "等待您的回复", says: "我们需要您的回复才能继续处理。" },
    "on-hold": { title: "我们正在处理", says: "一有新进展，我们会立即写信告诉您。" },
    solved: { title: "已解决", says: "我们认为您的请求已经解决。" },
    closed: { title: "已关闭", says: "此请求已处理完毕。" },
  },
  conversation: "对话",
  files: "附件",
  you: "您",
  team: "客户支持",
  solvedQuestion: "对您有帮助吗？",
  solved: "是的，已解决，谢谢",
  notSolved: "没有，尚未解决",
  lacking: { title: "请补充一些信息", says: "能填多少填多少，都会对我们有帮助。" },
  rating: {
    title: "您的评价",
    says: "您对我们的帮助满意吗？",
    stars: { 1: "非常不满意", 2: "不满意", 3: "一般", 4: "满意", 5: "非常满意" },
    comment: "还有什么想告诉我们的吗？（选填）",
    send: "发送",
  },
  reply: {
    title: "给我们留言",
    label: "您的留言",
    whenClosed: "此请求已关闭。如果您给我们留言，我们会为您新建一个相关的请求。",
    send: "发送",
  },
  privacy: "此页面仅供您本人使用。持有链接的人可以查看内容并以您的名义回复，请勿转发。",
  flashes: {
    "reply-received": () => "谢谢，我们已收到您的留言。",
    "closed-thanks": () => "感谢您告知我们。您的请求已关闭。",
    reopened: () => "感谢您告知我们。我们会重新查看。",
    "follow-up": (followUp) => `原请求已关闭，我们为您新建了请求 ${followUp}，稍后会发邮件给您。`,
    rated: () => "感谢您的评价。",
    "try-again": () => "抱歉，刚才未能成功。您的内容没有丢失，请稍后再试。",
    refused: () => "此请求的状态已发生变化，无法再进行该操作。以下是当前状态。",
  },
  expired: {
    title: "此链接已过期",
    says: "为保护您的请求，链接仅在一定时间内有效。我们可以通过邮件给您发送新链接。",
    send: "给我发送新链接",
    sentTitle: "新链接正在发送",
    sent: "请过几分钟查看您的邮箱。链接会发送到您提交请求时使用的地址。",
  },
  notFound: {
    title: "此链接无法打开",
    says: "链接可能不完整。请重新点击我们邮件中的链接，或复制完整的链接。",
  },
};
