// What the demo's people say to each other, in the customer's language.
import type { Language } from "../../domain/words";

export interface Phrases {
  readonly answer: string;
  readonly question: string;
  /** The customer's own word, after the first answer. */
  readonly reply: string;
  readonly secondAnswer: string;
  readonly solution: string;
}

export const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    answer: "Thank you for your message. I have looked into it and am taking care of it now.",
    question: "Could you tell me since when this has been so?",
    reply: "Thanks for the quick answer! It has been like this since last week.",
    secondAnswer: "That helps, thank you. It has been put right on our side.",
    solution: "This should be solved now. If not, simply answer this mail.",
  },
  de: {
    answer: "Vielen Dank für Ihre Nachricht. Ich habe mir das angesehen und kümmere mich jetzt darum.",
    question: "Können Sie mir sagen, seit wann das so ist?",
    reply: "Danke für die schnelle Antwort! Das ist seit letzter Woche so.",
    secondAnswer: "Das hilft mir weiter, danke. Bei uns ist es jetzt in Ordnung gebracht.",
    solution: "Das sollte nun gelöst sein. Falls nicht, antworten Sie einfach auf diese Mail.",
  },
  nb: {
    answer: "Takk for meldingen. Jeg har sett på saken og tar meg av den nå.",
    question: "Kan du si meg hvor lenge det har vært slik?",
    reply: "Takk for raskt svar! Det har vært slik siden forrige uke.",
    secondAnswer: "Det var til hjelp, takk. Nå er det rettet opp hos oss.",
    solution: "Dette skal være løst nå. Hvis ikke, er det bare å svare på denne e-posten.",
  },
  ko: {
    answer: "문의해 주셔서 감사합니다. 내용을 확인했고 지금 처리하고 있습니다.",
    question: "언제부터 그랬는지 알려 주실 수 있을까요?",
    reply: "빠른 답변 감사합니다! 지난주부터 그랬어요.",
    secondAnswer: "알려 주셔서 감사합니다. 저희 쪽에서 바로잡았습니다.",
    solution: "이제 해결되었을 것입니다. 그렇지 않다면 이 메일에 답장해 주세요.",
  },
  zh: {
    answer: "感谢您的来信。我已经了解了情况，正在为您处理。",
    question: "请问这种情况是从什么时候开始的？",
    reply: "谢谢你们这么快回复！从上周开始就这样了。",
    secondAnswer: "谢谢您的说明，我们这边已经处理好了。",
    solution: "问题应该已经解决。如果还没有，直接回复这封邮件即可。",
  },
};
