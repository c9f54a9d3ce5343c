// What mail programs write around a quotation in languages of which little is needed: data only, a neighbourhood a row.
import type { Phrases } from "./phrases";

export const central: Phrases = {
  wrote: ["napsal(?:\\(?a\\)?)?", "napísal(?:\\(?a\\)?)?", "írta", "a scris", "napisao(?: je)?", "je napisao(?:/la)?", "napisal(?:\\(a\\))?", "написа", "је написао(?:/ла)?"],
  lead: ["Dne", "Dňa", "În", "Dana", "Na"],
  from: ["Feladó", "Odesílatel", "Odosielateľ", "De la", "Expeditor", "Šalje", "Pošiljatelj"],
  date: ["Elküldve", "Dátum", "Odesláno", "Odoslané", "Trimis", "Poslano", "Изпратено"],
  to: ["Címzett", "Komu", "Către", "Prima", "Za", "До"],
  cc: ["Másolat", "Kopie", "Kópia"],
  subject: ["Tárgy", "Předmět", "Predmet", "Subiect", "Zadeva", "Относно"],
  original: ["Eredeti üzenet", "Původní zpráva", "Pôvodná správa", "Mesaj original", "Izvorna poruka", "Izvirno sporočilo", "Оригинално съобщение"],
  forwarded: [],
  sentFrom: ["(?:Odesláno ze?|Odoslané z|Trimis de pe|Poslano (?:s|z|sa)|Изпратено от(?: моя)?) (?:mého |môjho |mojega |mojeg )?(?:iP|Galaxy|Samsung|Android|Outlook|telef|mobil|Yahoo|Huawei|Xiaomi|телефон).*", "Küldve: .*", "Az? .{2,20} készülékemről küldve"],
};

export const baltic: Phrases = {
  wrote: ["kirjutas", "rakstīja", "rašė", "parašė"],
  lead: ["Kuupäev"],
  from: ["Saatja", "No", "Nuo"],
  date: ["Saadetud", "Nosūtīts", "Išsiųsta"],
  to: ["Adressaat", "Saaja", "Kam"],
  cc: ["Koopia", "Kopija"],
  subject: ["Teema", "Tēma", "Tema"],
  original: ["Algne sõnum", "Sākotnējais ziņojums", "Pradinis laiškas"],
  forwarded: [],
  sentFrom: ["(?:Saadetud minu|Nosūtīts no mana|Išsiųsta iš mano) .*"],
};

export const southern: Phrases = {
  wrote: ["yazdı", "έγραψε", "כתב", "كتب", "نوشت", "va escriure"],
  lead: ["Στις"],
  from: ["Kimden", "Από", "מאת", "من", "از"],
  date: ["Gönderildi", "Gönderme Tarihi", "Tarih", "Στάλθηκε", "Ημερομηνία", "נשלח", "תאריך", "تم الإرسال", "التاريخ", "تاریخ", "Enviat(?: el)?"],
  to: ["Kime", "Προς", "אל", "إلى", "به", "Per a"],
  cc: ["Bilgi", "Κοιν", "עותק", "نسخة"],
  subject: ["Konu", "Θέμα", "נושא", "الموضوع", "موضوع", "Tema"],
  original: ["Orijinal Mesaj", "Özgün İleti", "Αρχικό μήνυμα", "הודעה מקורית", "الرسالة الأصلية", "Missatge original"],
  forwarded: ["İletilen mesaj"],
  sentFrom: ["(?:iPhone|iPad)['’]?[a-zşıüğç]* gönderildi", "Στάλθηκε από .{0,30}", "נשלח מ.{0,30}", "(?:أُرسلت|أرسلت|مرسل) من .{0,30}", "Enviat des d.{0,40}"],
};

export const southEastAsian: Phrases = {
  wrote: ["đã viết", "menulis", "เขียนว่า", "เขียน", "ने लिखा"],
  lead: ["Pada", "Vào"],
  from: ["Dari", "Từ", "จาก"],
  date: ["Dikirim", "Ngày", "Đã gửi", "ส่ง", "วันที่"],
  to: ["Kepada", "Đến", "ถึง"],
  cc: ["สำเนา"],
  subject: ["Perihal", "Subjek", "Chủ đề", "เรื่อง"],
  original: ["Pesan asli", "Thư gốc", "ข้อความต้นฉบับ"],
  forwarded: [],
  sentFrom: ["(?:Dikirim dari|Được gửi từ|Đã gửi từ) (?:iP|Galaxy|Samsung|Android|Outlook|Yahoo|ponsel|điện).{0,30}", "ส่งจาก.{0,30}"],
};
