// Money on its way. The narrow words come before the broad ones: a refund of a payment is a refund.
import { list } from "./rule";
import type { SeededRule } from "./rule";

export const money: readonly SeededRule[] = [
  {
    id: "refund",
    category: "refund",
    type: "request",
    words: {
      en: list("refund, refunds, refunded, refunding, money back, reimburse, reimbursed, reimbursement"),
      de: list("Rückerstattung, Erstattung, erstatten, erstattet, zurückerstattet, Geld zurück, Rückzahlung"),
      nb: list("refusjon, refusjonen, refundere, refundert, pengene tilbake, tilbakebetaling, tilbakebetalt"),
      ko: list("환불, 돈을 돌려"),
      zh: list("退款, 退钱, 退费"),
    },
  },
  {
    id: "exchange-rate",
    category: "exchange",
    type: "question",
    words: {
      en: list(`exchange rate, exchange rates, exchange fee, exchange currencies, conversion rate, currency,
        currencies, foreign`),
      de: list("Wechselkurs, Wechselkurse, Umrechnungskurs, Währung, Währungen, Fremdwährung, Devisen"),
      nb: list("valutakurs, valutakursen, vekslingskurs, vekslingskursen, valuta"),
      ko: list("환율, 환전, 외화, 통화로"),
      zh: list("汇率, 换汇, 外币, 外汇, 货币"),
    },
  },
  {
    id: "top-up",
    category: "transfer",
    type: "question",
    words: {
      en: list("top up, top-up, topup, top ups, top-ups, topped up, topping up, topping-up, cheque"),
      de: list("aufladen, Aufladung, aufgeladen, Guthaben"),
      nb: list("fylle på, fylt på, påfyll, påfylling"),
      ko: list("충전금, 잔액 충전, 계좌 충전, 충전했"),
      zh: list("充值"),
    },
  },
  {
    id: "cash-withdrawal",
    category: "cash",
    type: "incident",
    words: {
      en: list("cash, ATM, ATMs, withdraw, withdrawal, withdrawals, withdrawing, withdrew, cash machine"),
      de: list("Bargeld, Geldautomat, Geldautomaten, abgehoben, abheben, Abhebung"),
      nb: list("minibank, minibanken, minibanker, kontanter, kontantuttak, uttak, uttaket"),
      ko: list("현금, 출금, 인출"),
      zh: list("现金, 取款, 提款, 取现"),
    },
  },
  {
    id: "transfer",
    category: "transfer",
    type: "incident",
    words: {
      en: list("transfer, transfers, transferred, transferring, beneficiary, beneficiaries, recipient, standing order"),
      de: list("Überweisung, Überweisungen, überwiesen, überweisen, Empfänger, Dauerauftrag"),
      nb: list("overføring, overføringen, overføringer, overført, overføre, mottakeren, mottaker"),
      ko: list("송금, 이체, 수취인"),
      zh: list("转账, 汇款, 收款人"),
    },
  },
  {
    id: "subscription",
    category: "subscription",
    type: "change",
    words: {
      en: list("subscription, subscriptions, subscribe, unsubscribe, my plan, upgrade, downgrade, renewal, trial"),
      de: list("Abo, Abonnement, kündigen, Kündigung, Tarif, Verlängerung, Probezeitraum"),
      nb: list("abonnement, abonnementet, si opp, oppsigelse, prøveperiode, prøveperioden"),
      ko: list("구독, 요금제, 해지, 갱신, 체험판"),
      zh: list("订阅, 套餐, 续费, 退订, 试用"),
    },
  },
  {
    id: "invoice",
    category: "invoice",
    type: "question",
    words: {
      en: list("invoice, invoices, invoiced, VAT, receipt, receipts, billing address, purchase order"),
      de: list("Rechnung, Rechnungen, Rechnungsadresse, Rechnungsnummer, Mehrwertsteuer, Quittung, Beleg"),
      nb: list("faktura, fakturaen, fakturaer, fakturaadresse, mva, kvittering, kvitteringen"),
      ko: list("청구서, 세금계산서, 영수증, 부가세"),
      zh: list("发票, 账单, 收据, 增值税"),
    },
  },
  {
    id: "payment",
    category: "payment",
    type: "incident",
    words: {
      en: list(`payment, payments, paid, pay, charge, charged, charges, charging, fee, fees, direct debit,
        statement, declined, transaction, transactions, purchase, money, balance`),
      de: list(`Zahlung, Zahlungen, bezahlt, bezahlen, Gebühr, Gebühren, abgebucht, Abbuchung, Lastschrift,
        Kontostand`),
      nb: list("betaling, betalingen, betalt, betale, gebyr, gebyret, gebyrer, trukket, belastet, saldo, saldoen"),
      ko: list("결제, 수수료, 이중 청구, 요금이, 잔액, 입금"),
      zh: list("付款, 支付, 扣款, 扣了, 手续费, 余额, 到账"),
    },
  },
];
