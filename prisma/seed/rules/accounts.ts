// Who somebody is, and how they get in.
import { list } from "./rule";
import type { SeededRule } from "./rule";

export const accounts: readonly SeededRule[] = [
  {
    id: "login",
    category: "login",
    type: "request",
    words: {
      en: list(`password, passwords, passcode, PIN, log in, logging in, login, sign in, locked out, two-factor, 2FA,
        verification code, authenticator`),
      de: list("Passwort, Kennwort, PIN, einloggen, anmelden, Anmeldung, ausgesperrt, Zwei-Faktor, Bestätigungscode"),
      nb: list("passord, passordet, PIN, logge inn, logget ut, innlogging, innloggingen, BankID, utestengt, tofaktor"),
      ko: list("비밀번호, 로그인, 인증번호, 인증 코드, 잠겼, 잠금"),
      zh: list("密码, 登录, 登陆, 验证码, 锁定"),
    },
  },
  {
    id: "privacy",
    category: "account",
    type: "request",
    words: {
      en: list("GDPR, privacy, personal data, data protection, delete my data, export my data"),
      de: list("DSGVO, Datenschutz, personenbezogene Daten, Daten löschen, Datenauskunft"),
      nb: list("GDPR, personvern, personopplysninger, slette dataene, innsyn"),
      ko: list("개인정보, 내 데이터, 데이터 삭제"),
      zh: list("隐私, 个人信息, 个人数据, 删除我的数据"),
    },
  },
  {
    id: "identity",
    category: "account",
    type: "request",
    words: {
      en: list(`identity, identification, verify, verified, verification, source of funds, passport, date of birth,
        age`),
      de: list("Identität, Ausweis, verifizieren, Verifizierung, Reisepass, Geburtsdatum"),
      nb: list("identitet, legitimasjon, verifisere, verifisering, fødselsdato"),
      ko: list("본인 확인, 신원, 신분증, 여권"),
      zh: list("身份验证, 身份证, 实名, 护照"),
    },
  },
  {
    id: "account",
    category: "account",
    type: "change",
    words: {
      en: list(`my account, close account, delete account, personal details, my details, my address, my name,
        my email, email address, phone number, profile`),
      de: list(`mein Konto, Konto löschen, Konto schließen, persönliche Daten, meine Adresse, neue Adresse,
        E-Mail-Adresse, Profil`),
      nb: list(`kontoen min, slette kontoen, avslutte kontoen, adressen min, ny adresse, e-postadressen,
        telefonnummeret, profilen`),
      ko: list("계정, 회원 탈퇴, 탈퇴, 주소를 변경, 주소 변경, 이메일 주소, 프로필"),
      zh: list("我的账户, 注销, 账号, 修改地址, 更改地址, 邮箱地址, 个人资料"),
    },
  },
  {
    id: "access",
    category: "login",
    type: "change",
    words: {
      en: list("access to, permission, permissions, access rights, shared folder"),
      de: list("Zugriff, Zugang, Berechtigung, Berechtigungen, Freigabe"),
      nb: list("tilgang, tilgangen, rettigheter, delt mappe"),
      ko: list("권한, 접근, 공유 폴더"),
      zh: list("权限, 共享文件夹"),
    },
  },
];
