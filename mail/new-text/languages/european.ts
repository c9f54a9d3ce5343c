// What mail programs write around a quotation in Finnish, Polish, Russian with Ukrainian: data only.
import type { Phrases } from "./phrases";

export const fi: Phrases = {
  wrote: ["kirjoitti", "kirjoittaa"],
  lead: [],
  from: ["Lähettäjä"],
  date: ["Lähetetty", "Päivämäärä", "Päiväys"],
  to: ["Vastaanottaja"],
  cc: ["Kopio"],
  subject: ["Aihe"],
  original: ["Alkuperäinen viesti", "Välitetty viesti", "Edelleenlähetetty viesti"],
  forwarded: ["Välitetty viesti alkaa"],
  sentFrom: ["(?:Lähetetty (?:iPhonesta|iPadista|Samsung|laitteesta|Outlook|puhelimesta|Android)|Hanki Outlook|Hae Outlook).*"],
};

export const pl: Phrases = {
  wrote: ["napisał(?:\\(?a\\)?)?", "pisze", "pisał(?:a)?"],
  lead: ["W dniu", "Dnia"],
  from: ["Od", "Nadawca"],
  date: ["Wysłano", "Data", "Wysłane"],
  to: ["Do"],
  cc: ["DW", "Kopia"],
  subject: ["Temat"],
  original: ["Wiadomość oryginalna", "Oryginalna wiadomość", "Wiadomość przekazana", "Przekazana wiadomość", "Wiadomość Przekazana"],
  forwarded: ["Początek przekazywanej wiadomości"],
  sentFrom: ["(?:Wysłan[eoay] (?:z|przez|za)|Pobierz aplikację Outlook|Pobierz Outlook).*"],
};

export const ru: Phrases = {
  wrote: ["написал(?:\\(а\\)|а)?", "пишет", "писали?", "писала", "пише", "написав(?:\\(ла\\))?"],
  lead: ["В"],
  from: ["От", "От кого", "Від", "Отправитель"],
  date: ["Отправлено", "Дата", "Надіслано", "Когда", "Послано"],
  to: ["Кому"],
  cc: ["Копия", "Копія"],
  subject: ["Тема"],
  original: ["Исходное сообщение", "Оригинальное сообщение", "Пересылаемое сообщение", "Пересланное сообщение", "Конец пересылаемого сообщения", "Вихідне повідомлення"],
  forwarded: ["Начало переадресованного сообщения", "Начало перенаправленного сообщения"],
  sentFrom: ["(?:Отправлено (?:с|из|от)|Надіслано з|Скачать Outlook|Получить Outlook) .*"],
};
