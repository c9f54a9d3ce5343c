// What requesters say to a solved ticket, by language: thanks and nothing else, and what only sounds like it.

interface Said {
  readonly thanks: readonly string[];
  readonly more: readonly string[];
}

export const said: Readonly<Record<string, Said>> = {
  en: {
    thanks: [
      "Thanks!", "Thank you so much!", "Thank you very much for your help.", "Thanks a lot, that worked!", "Great, thanks!", "Perfect, thank you 🙏",
      "Many thanks for the quick reply.\n\nBest regards,\nAnna Berg", "Hi Ingrid,\n\nThank you for your help!\n\nKind regards\nTom", "Thanks Ingrid!",
      "Awesome, it works now. Thank you!", "Thank you, all good now.", "Cheers!", "thx", "Thank you for the fast response. Have a great day!",
      "Dear team,\nthank you very much for your support.\nBest wishes\nMaria", "OK thank you", "Much appreciated :)", "You are the best, thanks!",
      "Problem solved. Thanks again!", "Thanks. Sent from my iPhone", "Got it, thank you!", "Brilliant - thank you!", "I really appreciate your help. Thanks!", "Thank you both!",
    ],
    more: [
      "Thanks, but it still does not work.", "Thank you. When will it arrive?", "Thanks in advance!", "No thanks.", "Thanks for nothing", "Thanks! Can you also send the invoice",
      "Thank you, I will try it tomorrow.", "Thanks, please cancel the other one as well.", "Great, thanks. One more thing: the address is wrong.", "Thank you, order 4711 is still missing",
      "Thanks, I'll let you know if it works", "It works now.", "OK", "Hello", "Perfect", "Thanks\nRefund", "Thank you, however the second item is broken", "Thanks, waiting for the refund",
      "Thank you for your help, I just need the receipt", "Thanks. Unsubscribe", "Thanks, not solved yet", "Thank you for the update. Keep me posted.", "Thanks! Same problem with my husband's account",
      "thank you?", "Thanks, see attachment", "Please help, thanks", "Thanks, call me", "Thank you, I am still waiting",
    ],
  },
  de: {
    thanks: [
      "Danke!", "Vielen Dank für die schnelle Hilfe!", "Super, danke!", "Perfekt, vielen Dank.\n\nMit freundlichen Grüßen\nKlaus Weber",
      "Hallo Frau Müller,\n\nherzlichen Dank für Ihre Unterstützung!\n\nViele Grüße\nSabine Koch", "Danke, jetzt klappt es!", "Alles klar, danke dir!", "Danke euch allen!",
      "Besten Dank für Ihre Rückmeldung. Schönen Tag noch!", "Hat geklappt, danke 👍", "Problem gelöst, vielen Dank!", "Danke für alles", "Vielen herzlichen Dank!", "Tausend Dank! LG Jana",
      "Ich danke Ihnen für die rasche Antwort.\nMfG\nPeter Lang", "Ihr seid die Besten, danke!", "Danke schön!", "Danke, funktioniert wieder.", "Nochmals vielen Dank für Ihre Mühe", "Guten Tag, vielen Dank. Freundliche Grüsse, Urs",
    ],
    more: [
      "Danke, aber es geht immer noch nicht.", "Vielen Dank im Voraus!", "Danke, wann kommt das Geld?", "Nein danke", "Danke, ich probiere es morgen.", "Danke! Bitte noch die Rechnung schicken.",
      "Vielen Dank, leider ist die zweite Karte defekt.", "Danke für nichts", "Alles klar", "Funktioniert wieder.", "Danke. Könnten Sie mich anrufen", "Vielen Dank, ich warte noch auf die Gutschrift", "Danke, siehe Anhang",
      "Danke\nStornierung", "Danke, ich melde mich wieder", "Hallo", "Danke für die Info, dann kündige ich", "Vielen Dank, bis auf die Adresse stimmt alles", "Danke, und was ist mit meiner zweiten Bestellung", "Danke, Vertrag bitte beenden",
    ],
  },
  nb: {
    thanks: [
      "Takk!", "Tusen takk for hjelpen!", "Mange takk for raskt svar.\n\nMvh\nKari Nordmann", "Supert, takk!", "Takk skal du ha!", "Hei Ola,\n\ntusen takk for god hjelp!\n\nVennlig hilsen\nMarte", "Perfekt, nå virker det. Takk!",
      "Takk for hjelpen, ha en fin dag!", "Den er god, takk 😊", "Ok, takk", "Hjertelig takk for all hjelpen!", "Takk, det løste seg.", "Flott! Tusen takk.", "Takk igjen!", "Tack så mycket!", "Stort tack för hjälpen!", "Tack, nu funkar det!",
      "Hej! Tack för snabbt svar. Vänliga hälsningar, Erik", "Takk. God helg!", "Dere er best, tusen takk!",
    ],
    more: [
      "Takk, men det virker fortsatt ikke.", "På forhånd takk!", "Takk. Når kommer pengene?", "Nei takk", "Takk, jeg prøver i morgen.", "Takk! Kan du også sende faktura", "Tusen takk, dessverre mangler det ett kort", "Takk for ingenting", "Ok", "Nå virker det.",
      "Takk, se vedlegg", "Takk, jeg venter på svar fra banken", "Hei", "Takk\nFaktura", "Takk, ring meg", "Tack, men det funkar inte", "Tack på förhand", "Tack! Kan ni skicka en ny", "Takk, det gjelder begge kontoene", "Takk, vennligst avslutt avtalen",
    ],
  },
  es: {
    thanks: [
      "¡Gracias!", "Muchas gracias por su ayuda.", "Perfecto, muchas gracias.\n\nSaludos\nCarmen Ruiz", "Mil gracias!", "Genial, gracias!", "Hola Ana,\n\nmuchas gracias por la rápida respuesta.\n\nUn saludo,\nPablo", "Ya funciona, gracias 👍", "Todo solucionado. Muchas gracias.",
      "Muy amable, gracias.", "Gracias por todo, que tenga un buen día", "Ok gracias", "Muchísimas gracias por vuestra ayuda!", "Listo, gracias", "Gracias de nuevo", "Buenos días, gracias por su respuesta. Cordialmente, Lucía", "Gracias Marta!", "Recibido, muchas gracias", "Excelente servicio, muchas gracias",
    ],
    more: [
      "Gracias, pero sigue sin funcionar.", "Gracias de antemano.", "Gracias. ¿Cuándo llega?", "No, gracias", "Gracias, lo probaré mañana", "Muchas gracias, falta la factura", "Gracias por nada", "Perfecto", "Ya funciona", "Gracias, me pueden llamar", "Gracias, sigo esperando el reembolso",
      "Hola", "Gracias\nFactura", "Muchas gracias, y la otra tarjeta", "Gracias, adjunto el documento", "Gracias, aunque el importe no coincide", "Gracias, cancelen mi cuenta", "Gracias, aviso si vuelve a pasar", "Ayuda por favor, gracias", "Gracias, necesito también el recibo",
    ],
  },
  fr: {
    thanks: [
      "Merci !", "Merci beaucoup pour votre aide.", "Parfait, merci.\n\nCordialement,\nJulie Martin", "Un grand merci !", "Super, merci beaucoup 😊", "Bonjour Paul,\n\nje vous remercie pour votre réponse rapide.\n\nBien à vous\nClaire", "C'est réglé, merci !", "Merci, bonne journée !",
      "Merci infiniment pour votre réactivité", "Ok merci", "Encore merci pour tout", "Ça marche maintenant, merci", "Tout fonctionne, un grand merci. Bonne soirée", "Merci Sophie", "Bien reçu, merci à vous", "Problème résolu, merci pour votre efficacité", "Excellent service, merci encore !", "Merci mille fois",
    ],
    more: [
      "Merci mais ça ne marche toujours pas.", "Merci d'avance", "Merci. Quand est-ce que ça arrive ?", "Non merci", "Merci, j'essaierai demain", "Merci beaucoup, il manque la facture", "Merci pour rien", "Parfait", "Ça marche", "Merci de me rappeler", "Merci de me rembourser", "Merci de votre retour rapide sur le remboursement",
      "Bonjour", "Merci\nRemboursement", "Merci, voir pièce jointe", "Merci, j'attends encore le virement", "Merci, par contre l'adresse est fausse", "Merci de résilier mon contrat", "Merci, et pour l'autre carte", "Merci, pouvez-vous envoyer le reçu",
    ],
  },
  zh: {
    thanks: ["谢谢！", "非常感谢！", "好的，谢谢", "谢谢您的帮助", "问题解决了，谢谢！", "收到，谢谢你", "太感谢了", "谢谢，辛苦了", "多谢！", "明白了，谢谢您的耐心", "已经可以了，非常感谢🙏", "您好，谢谢您的回复。祝好", "感谢你们的支持", "謝謝您的幫助", "好的好的，谢谢啦", "谢谢客服", "嗯，谢谢", "太好了，谢谢！"],
    more: ["谢谢，但是还是不行", "谢谢，什么时候到账？", "先谢谢了，请尽快处理", "不用了，谢谢", "谢谢，我明天再试试", "请帮忙看一下，谢谢", "谢谢，发票还没收到", "好的", "问题解决了", "你好", "快速处理，谢谢", "帮忙，谢谢", "谢谢，另外一张卡也有问题", "谢谢，请退款", "谢谢，解决了吗", "谢谢，麻烦再查一下", "谢谢，订单号12345", "感谢，不过地址错了", "谢谢，请给我打电话", "没有解决，谢谢"],
  },
  ko: {
    thanks: ["감사합니다!", "정말 감사합니다.", "네, 감사합니다", "빠른 답변 감사합니다.", "도와주셔서 감사합니다!", "해결되었습니다. 감사합니다.", "안녕하세요, 친절한 답변 감사드립니다. 좋은 하루 되세요.", "고맙습니다~", "덕분에 해결됐습니다. 감사해요 😊", "확인했습니다. 감사합니다.", "알겠습니다. 감사합니다", "수고하세요. 감사합니다.", "네 고마워요!", "이제 잘 됩니다. 정말 고맙습니다.", "진심으로 감사드립니다", "빠른 처리 감사합니다 👍", "큰 도움이 되었습니다. 감사합니다.", "다시 한번 감사드립니다"],
    more: ["감사합니다만 아직 안 됩니다.", "감사합니다. 언제 도착하나요?", "미리 감사합니다", "괜찮습니다, 감사합니다", "내일 다시 해보겠습니다. 감사합니다", "영수증도 보내 주세요. 감사합니다", "네", "해결되었습니다", "안녕하세요", "빠른 처리 부탁드립니다. 감사합니다.", "빠른 답변 바랍니다. 감사합니다", "감사합니다. 그런데 주소가 틀렸어요", "환불해 주세요 감사합니다", "감사합니다. 전화 주세요", "감사합니다. 다른 카드도 문제입니다", "아직 못 받았습니다. 감사합니다", "확인 부탁드립니다. 감사합니다.", "감사합니다. 첨부 확인해 주세요", "감사하지만 해결되지 않았어요", "기다리겠습니다. 감사합니다"],
  },
  ja: {
    thanks: ["ありがとうございます！", "ありがとうございました。", "大変助かりました。ありがとうございます。", "了解しました。ありがとうございます。", "迅速なご対応ありがとうございました。", "解決しました。本当にありがとうございました！", "お世話になっております。\nご回答いただきありがとうございます。\n今後ともよろしくお願いいたします。", "無事解決しました。ありがとうございます。", "はい、ありがとうございます", "ご丁寧な回答ありがとうございました。失礼いたします。", "確認できました。感謝いたします。", "どうもありがとう！", "お忙しい中ご対応いただきありがとうございました。", "承知しました。ありがとうございました。", "ログインできました。ありがとうございます😊", "早速のご返信ありがとうございます。"],
    more: ["ありがとうございます。でもまだ動きません。", "ありがとうございます。いつ届きますか？", "よろしくお願いします", "ありがとうございます。請求書も送ってください。", "明日試してみます。ありがとうございます。", "解決しました", "了解しました。", "いいえ、結構です。ありがとう", "ありがとうございます。返金をお願いします。", "ご対応お願いします。ありがとうございます。", "ご連絡いただけると助かります", "こんにちは", "ありがとうございますが、解決していません", "ありがとうございます。もう一枚のカードも同じ問題です", "ありがとうございます。添付をご覧ください", "ありがとうございます。電話してください", "まだ届きません。ありがとうございます", "ありがとうございます。ただ住所が違います"],
  },
};
