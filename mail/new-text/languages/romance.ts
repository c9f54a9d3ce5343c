// What mail programs write around a quotation in French, Spanish, Portuguese, Italian: data only.
import type { Phrases } from "./phrases";

export const fr: Phrases = {
  wrote: ["a (?:é|e)crit", "écrit", "écrivait", "a écrit\\s"],
  lead: ["Le"],
  from: ["De", "Exp(?:é|e)diteur"],
  date: ["Envoy(?:é|e)(?: le)?", "Date", "Date d'envoi"],
  to: ["(?:À|A)", "Pour", "Destinataire"],
  cc: ["Copie(?: à)?", "R(?:é|e)pondre à"],
  subject: ["Objet", "Sujet"],
  original: ["Message d['’]origine", "Message original", "Mail original", "Message initial", "Message transf(?:é|e)r(?:é|e)", "E-?mail d['’]origine"],
  forwarded: ["D(?:é|e)but du message (?:r(?:é|e)exp(?:é|e)di(?:é|e)|transf(?:é|e)r(?:é|e))"],
  sentFrom: ["(?:Envoy(?:é|e) (?:de(?:puis)?|à partir|avec|via)|Obtenez Outlook|T(?:é|e)l(?:é|e)charge[rz] Outlook|Provenance)\\b.*"],
};

export const es: Phrases = {
  wrote: ["escribi(?:ó|o)", "ha escrito", "escribe"],
  lead: ["El"],
  from: ["De", "Remitente"],
  date: ["Enviado(?: el)?", "Fecha"],
  to: ["Para", "A"],
  cc: ["CC", "Copia", "Responder a"],
  subject: ["Asunto"],
  original: ["Mensaje original", "Mensaje reenviado", "Forwarded message", "Correo original"],
  forwarded: ["Inicio del mensaje reenviado"],
  sentFrom: ["(?:Enviado (?:desde|con|a través|por)|Obtener Outlook|Obtén Outlook|Descargar Outlook)\\b.*"],
};

export const pt: Phrases = {
  wrote: ["escreveu", "escreve"],
  lead: ["Em", "No dia", "A"],
  from: ["De", "Remetente"],
  date: ["Enviad[ao](?: em)?", "Data"],
  to: ["Para"],
  cc: ["C(?:ó|o)pia", "Responder a"],
  subject: ["Assunto"],
  original: ["Mensagem original", "Mensagem encaminhada", "E-?mail original"],
  forwarded: ["In(?:í|i)cio da mensagem (?:encaminhada|reencaminhada)"],
  sentFrom: ["(?:Enviado (?:do|de|via|pelo|a partir|por)|Obter o Outlook|Baixar o Outlook)\\b.*"],
};

export const it: Phrases = {
  wrote: ["ha scritto", "scrive", "scrisse", "scritto"],
  lead: ["Il giorno", "Il", "In data"],
  from: ["Da", "Mittente"],
  date: ["Inviato(?: il)?", "Data"],
  to: ["A", "Destinatario"],
  cc: ["Risposta", "Rispondi a", "Copia"],
  subject: ["Oggetto"],
  original: ["Messaggio originale", "Messaggio inoltrato", "Messaggio Originale"],
  forwarded: ["Inizio messaggio inoltrato"],
  sentFrom: ["(?:Inviato (?:da|dal|con|tramite)|Scarica Outlook|Ottieni Outlook)\\b.*"],
};
