// The words of mail servers: data only. A server that isn't recognised is one more row.

/** Local parts under which mail servers write. */
export const daemons = /^"?(?:mailer[-_.]?daemon|mail\.?delivery\.?(?:system|subsystem)|mdaemon|mailadmin|mail-?daemon|bounces?|bounce-\S*|double-bounce|mailsystem|mail\.system|nobody\.bounce)\b/i;
export const postmasters = /^"?(?:post[-_]?master|poostmaster|administrator|microsoftexchange\w*|mail(?:er)?|system)\b/i;

/** Names under which mail servers write. */
export const daemonNames = /mail\s?(?:er)?[- ]?deliver(?:y|er)?\s?(?:sub)?system|mailer[- ]daemon|mail delivery|system administrator|postmaster|internet mail delivery|pmdf|mail administrator|microsoft outlook|microsoft exchange/i;

/** Subjects of bounces. */
export const failedSubjects: readonly RegExp[] = [
  /\bundeliver(?:able|ed)\b|\bundelivered mail\b|\bnon remis\b|\bunzustellbar\b|\bno se puede entregar\b|\bniet-bestelbaar\b/i,
  /\b(?:delivery|mail|message|e-?mail)\b.{0,30}\b(?:fail(?:ed|ure)?|error|problem|delayed|notification|status|could not)/i,
  /\bfailure notice\b|^notice: mail|\bfailed mail\b|\bfailed delivery\b|\bdelivery (?:report|attempts?)\b/i,
  /\breturned (?:mail|to sender|message|e-?mail)\b|\breturning (?:mail|message) to sender\b/i,
  /\bmail system error\b|\bcould not (?:send|deliver)|\berror sending (?:your|a)|\bunable to deliver\b|\bcannot send\b/i,
  /\b(?:user|host|address|mailbox|recipient) (?:unknown|not found|full|rejected|does not exist)\b/i,
  /\bquota exceeded\b|\bloop alert\b|\bmail loop\b|\bdelay(?:ed)? (?:mail|delivery)|\bstill being retried\b/i,
  /\bnondeliverable|\bnon-?delivery|\bnot delivered\b|\bdisallowed|\bfailed to deliver|\breject(?:ed)?:? (?:mail|message)/i,
  /配信(?:不能|エラー|できません|失敗)|送信できません|エラーメール|退信|無法(?:遞送|投遞)|无法(?:投递|送达)|系统退信|반송|전송\s?실패/,
  /zustell(?:ung|ungs)?.{0,20}(?:fehl|nicht|problem)|nicht zugestellt|unzustellbar|nachricht.{0,20}nicht zugestellt/i,
  /^(?:banned contents|bad[- ]header|virus .{0,60}) (?:in (?:mail|message) )?from you\b/i,
  /\b(?:mail|message) delivery warning\b|\bmessage you sent\b.{0,20}\bblocked\b|\bunsolicited bulk e?-?mail\b/i,
  /\b(?:recapito|consegna) non riuscit|impossibile recapitare|\bnão (?:foi )?entregue|\bnao entregue|falha na entrega|\bonbestelbaar|kan niet worden bezorgd|error de entrega|\bno entregado/i,
  /\bkan ikke leveres|ikke leveret|mislykke(?:t|de) levering|levering mislyktes|går inte att leverera|kunde inte leverera|toimitus epäonnistui|ei voi(?:tu|da) toimittaa/i,
  /niedostarczon|nie (?:można|udało się) dostarczyć|nedoručiteln|nedoručen|nem kézbesíthető|kézbesíthetetlen|teslim edilemedi|nu (?:a putut fi livrat|se poate livra)|δεν (?:είναι δυνατή η παράδοση|παραδόθηκε)/iu,
  /не удал(?:ось|ается) доставить|не удается доставить|недоставленн|배달되지 않음|배달할 수 없|발송 ?실패|전송되지 ?못|未送达|未送達|传输失败|發送失敗|发送失败/iu,
  /(?:échec|notification).{0,20}(?:remise|distribution)|non distribu|mensaje no entregado|mancato recapito|mislukt|ikke levert|kunde inte levereras|недоставлен|не доставлено|невозможно доставить/i,
];

/** Sentences by which servers introduce a failure. */
export const failedSentences: readonly RegExp[] = [
  /\b(?:could|can|was|were|has|have|did)\s?n[o']t (?:be |been |able to )?(?:be )?(?:deliver|send|sent|reach|complet|process|accept)/i,
  /\b(?:unable|not able|wasn't able|unsuccessful|impossible) to (?:deliver|send|relay|process|find|complete)/i,
  /\b(?:delivery|mail delivery|message delivery)\b.{0,60}\b(?:fail|error|unsuccessful|not possible|delayed|expired|has failed|suspended)/is,
  /\b(?:error|trouble|problem)s? (?:has )?(?:occurred |was |were )?(?:encountered )?(?:while |when |in |during )?(?:attempting to )?(?:deliver|sending|delivering)/i,
  /\b(?:permanent|fatal|transient|delivery) (?:fatal )?(?:errors?|failures?)\b/i,
  /\b(?:following|these) (?:address|recipient|user|destination)\S*.{0,60}\b(?:fail|error|problem|reject|not)/is,
  /\b(?:failed|rejected|undeliverable|invalid) (?:address|recipient)/i,
  /\baddress(?:es)? (?:rejected|not found|unknown|does not exist|failed)/i,
  /\b(?:user|mailbox|account|recipient|host|domain|address)(?:\(s\))?(?: name| account| address)?\S* (?:is |was |are )?(?:not |un)(?:known|found|available|recognized|exist|valid|listed)/i,
  /\b(?:no such (?:user|recipient|mailbox|address|domain)|no mailbox here|unrouteable address|invalid (?:user|recipient|mailbox|address))/i,
  /\b(?:mailbox|inbox|account|quota)\b.{0,30}\b(?:full|exceeded|over quota|disabled|suspended|inactive)/i,
  /\b(?:did not reach|not be delivered|couldn't be delivered|wasn't delivered|has been rejected|was rejected|blocked)\b/i,
  /\bmay not exist, or you may not have permission to post\b|\breturned (?:to (?:the )?sender|message)\b|\bbounced?\b/i,
  /\bduplicated message-id\b|\bloop(?:ing)?\b.{0,30}\bdetected\b|\btoo many (?:hops|recipients)\b/i,
  /\b(?:message (?:too|exceeds)|size limit|maximum size)\b/i,
  /\b(?:delivery|delivery attempts?)\b.{0,60}\b(?:postponed|was stopped|will continue)\b|\bhas been postponed due to\b/is,
  /(?:zustellung|nachrichtenzustellung).{0,40}(?:fehl|nicht)|échec de la remise|n'a pas (?:pu être|ete|été) (?:délivr|delivr|remis)|error de entrega|falha na entrega|não pôde ser entregue|impossibile recapitare|kan het bericht niet bezorgen|niet worden (?:bezorgd|afgeleverd)/i,
  /kunne ikke leveres til|mislyktes|gick inte att leverera|toimittaminen epäonnistui|nie powiodło się|nie (?:została?|mogła zostać) dostarczon|nelze doručit|teslim (?:başarısız|edilemedi)|nem sikerült kézbesíteni/iu,
  /сбой доставки|не может быть (?:доставлен|отправлен)|배달하지 못|보낼 수 없|전송되지|未能向|发送失败|投递失败|配信に失敗/iu,
  /エラーのため|配信できません|送信できません|送信に失敗|届けられません|お届けできません|見つかりません|存在しません|配信されません/,
  /无法(?:投递|送达|发送)|無法(?:投遞|送達|遞送)|退信|未能(?:送达|投递)|전송(?:되지|하지)|반송/,
  /(?:konnte|konnten) (?:leider )?nicht (?:\S+ ){0,6}(?:zugestellt|übermittelt|ausgeliefert)|n'a pas pu être (?:remis|distribu|livr)|no (?:se )?(?:ha podido|pudo|puede) (?:ser )?entreg|non è stato possibile (?:recapit|consegn)|kunne ikke (?:levere|leveres)|kunde inte (?:levereras|leverera)|не может быть доставлен|не удалось доставить/i,
];

/** Words of somebody who tells of a failure, or asks about it. */
export const personal =
  /\bI(?: have|['’]ve)? (?:got|get|received|receive|tried|sent|keep|see|need|want|think|can ?not|can['’]t|wonder|wrote)\b|\b(?:our|my) (?:users?|customers?|mails?|server|domain|office|order|parcel)\b|\b(?:can|could|would) you\b|\bplease (?:fix|help|look|explain|advise|unblock|tell)\b|\bwhat (?:does|is|can|should)\b|\bich (?:habe|bekomme|erhalte|kann)\b|\b(?:können|könnten) sie\b|\bbitte (?:prüfen|helfen)\b|\bj['’]ai (?:reçu|essayé)\b|\bpouvez-vous\b|\bhe recibido\b|\bjeg (?:får|har|fikk)\b|\bjag (?:får|har|fick)\b|\bik (?:heb|krijg)\b/i;

/** Above a copy of the mail that failed. What stands below says nothing about the failure. */
export const copyBegins: readonly RegExp[] = [
  /^.{0,80}(?:copy of (?:the|your|my) (?:original )?(?:message|mail|header)|original (?:message|mail)(?: headers?)?(?: as)? (?:follow|below|is attached|text)|below this line is a copy)/im,
  /^[-=_* |]{2,}\s*(?:original (?:message|mail)|message (?:text|header|body)|returned message|enclosed is|undelivered message|unsent message|copy of).{0,40}$/im,
  /^\s*(?:message headers follow|original message headers?|the (?:header|first \d+).{0,40}(?:follow|message)|your original message|included is a copy|message text follows|header of the (?:original|message)|-+ ?message header)/im,
  /^-{2,}\s*(?:below the next line|unsent|as follows).*$/im,
  /^(?:Received|Return-Path|DKIM-Signature|X-Google-Smtp-Source)\s*:.*$/im,
];

/** What a diagnosis means, in the codes of RFC 3463, where the server gave no code. The first that fits. */
export const diagnoses: readonly (readonly [status: string, sentence: RegExp])[] = [
  ["5.2.2", /(?:mail ?box|inbox|account|storage|quota|disk|user)\S*.{0,40}(?:full|exceed|over)|full mail ?box|over ?quota|quota exceeded|(?:not enough|insufficient) (?:disk|storage|space)|space not enough|postfach.{0,20}voll|bo[iî]te.{0,30}pleine|buz[oó]n.{0,20}llen|casella.{0,20}piena|переполнен|容量|已满|邮箱满|가득/iu],
  ["4.4.7", /expired|message timed out|too (?:long|old)|retry time(?:out)?|retries|for (?:the past|past|a long time)|delivery (?:failed|has failed) \d+ attempts|(?:delivery|attempts?) .{0,40}will (?:continue|be retried)|could not (?:be delivered|send mail) for|\d+ (?:hours|days)\b/i],
  ["5.2.1", /disabled|(?<!temporarily )suspended|inactive|deactivated|no longer (?:available|accept|active)|not (?:active|accepting)|\blocked|frozen|falta de uso|gesperrt|deaktiviert|désactivé|заблокирован|停用|禁用/iu],
  ["5.1.1", /user (?:is )?unknown|unknown (?:user|recipient|address|local)|no such (?:user|recipient|mailbox|address|person)|no mailbox|mailbox unavailable|(?:user|address|mailbox|recipient|account)\S*.{0,60}(?:not (?:found|exist|known|listed|valid|recogni[sz]ed|available)|does(?:n't| not) exist|rejected|incorrect|invalid)|not a (?:valid|known)|invalid (?:final delivery )?(?:user|recipient|mailbox|address)|(?:group|address).{0,60}may not exist|does(?:n't| not) have an? .{0,40}(?:account|delivery point)|not registered|unrouteable|malformed address/i],
  ["5.1.1", /nicht (?:gefunden|vorhanden|im .{0,20}verzeichnis)|empfänger unbekannt|existiert nicht|introuvable|n'existe pas|no existe|no se encontr|non (?:esiste|trovato)|não (?:existe|encontrado)|niet gevonden|bestaat niet|finnes ikke|findes ikke|finns inte|не (?:найден|существует|існує)|нет такого|見つかりません|存在しません|不存在|존재하지/iu],
  ["5.1.2", /host (?:is )?unknown|unknown host|(?:host|domain)\S*.{0,30}(?:not found|does not exist|unknown|invalid|not .{0,20}registered)|no such (?:host|domain)|name (?:or )?service (?:not|error)|dns|no route to host/i],
  ["5.4.6", /loop|too many hops|hop count|duplicated message-id/i],
  ["5.3.4", /too (?:large|big)|size limit|exceed(?:s|ed) (?:the )?(?:maximum|size)|message (?:length|size)/i],
  ["4.4.1", /not reachable|unreachable|timed? ?out|connection (?:was )?(?:refused|reset|closed|dropped|failed|lost)|could not connect|network (?:error|unreachable)|not (?:answer|respond)/i],
  ["4.7.1", /greylist|try again later|temporarily|rate limit|too many (?:messages|connections)|deferred/i],
  ["5.7.1", /spam|banned|blocked|block list|blacklist|bulk e-?mail|policy|access denied|not (?:authori[sz]ed|permitted|allowed)|reject|relay|refused|dmarc|spf|dkim|virus|permission|filter/i],
  // Nothing more is said than how sure it is (RFC 3463, X.0.0).
  ["5.0.0", /failed permanently|permanent (?:fatal )?(?:error|failure)/i],
  ["4.4.7", /given up/i],
  ["4.0.0", /warning message only|has been delayed/i],
];
