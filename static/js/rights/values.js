// Money, dates and periods for the rights tools: exact, without time zones, without the page.
// Money is a BigInt of fen inside and a string of yuan ("8000.00") outside; a date is
// {y, m, d} inside and "2026-10-31" outside.

const WIDE = /[０-９．，－／]/g;
const narrow = (text) =>
  text.replace(WIDE, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0));
const tidy = (text) => narrow(String(text ?? "")).replace(/[\s\u3000]/g, "");

export class BadValue extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}
const refuse = (reason) => { throw new BadValue(reason); };

// ---- what people type; each of these returns canonical text or throws a BadValue ----

export function readMoney(text) {
  let typed = tidy(text).replace(/^[¥￥]/, "").replace(/[元块]$/, "");
  if (!typed) refuse("empty");
  if (/^[-−–—]/.test(typed)) refuse("negative");
  const isWan = typed.endsWith("万") || typed.endsWith("萬");
  if (isWan) typed = typed.slice(0, -1);
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(typed)) typed = typed.replaceAll(",", "");
  if (!/^\d+(\.\d+)?$/.test(typed)) refuse("money");
  const [whole, part = ""] = typed.split(".");
  if (part.length > (isWan ? 6 : 2)) refuse("fen");
  const amount = BigInt(whole + part.padEnd(6, "0")) * (isWan ? 10_000n : 1n);
  if (amount >= 10n ** 16n) refuse("large");
  return yuan(amount / 10_000n);
}

export function readCount(text, most = 1000) {
  const typed = tidy(text).replace(/[个個]?[年月天日人小时時]*$/, "");
  if (!typed) refuse("empty");
  if (/^[-−–—]/.test(typed)) refuse("negative");
  if (!/^\d+$/.test(typed)) refuse("count");
  if (Number(typed) > most) refuse("large");
  return Number(typed);
}

export function readHours(text) {
  const typed = tidy(text).replace(/(小时|小時|个|個|天)*$/, "");
  if (!typed) refuse("empty");
  if (/^[-−–—]/.test(typed)) refuse("negative");
  if (!/^\d+(\.\d{1,2})?$/.test(typed)) refuse("hours");
  if (Number(typed) > 2000) refuse("large");
  return typed;
}

export function readDate(text) {
  const typed = tidy(text);
  if (!typed) refuse("empty");
  const found =
    /^(\d{4})(\d{2})(\d{2})$/.exec(typed) ??
    /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号號]?$/.exec(typed) ??
    refuse("date");
  const [y, m, d] = found.slice(1).map(Number);
  if (y < 1980 || y > 2099) refuse("year");
  if (m < 1 || m > 12 || d < 1 || d > monthDays(y, m)) refuse("noday");
  return iso({ y, m, d });
}

// One amount a line; empty lines are left out.
export function readMoneyList(text) {
  const lines = String(text ?? "").split(/[\n;；、]+/).filter((line) => line.trim());
  if (!lines.length) refuse("empty");
  return lines.map(readMoney);
}

// ---- money ----

export const fen = (text) => {
  const [whole, part = ""] = String(text).split(".");
  return BigInt(whole + part.padEnd(2, "0"));
};
export const yuan = (amount) => {
  const digits = String(amount).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
// Amounts are never negative here, so half up is half away from nothing.
export const divided = (amount, by) => (2n * amount + by) / (2n * by);
export const sum = (amounts) => amounts.reduce((all, one) => all + one, 0n);
export const least = (a, b) => (a < b ? a : b);
export const most = (a, b) => (a > b ? a : b);
// "7.5" as a whole number of hundredths.
export const hundredths = (text) => fen(String(text));

// ---- dates ----

export const day = (text) => {
  const [y, m, d] = String(text).split("-").map(Number);
  return { y, m, d };
};
export const iso = ({ y, m, d }) =>
  `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
const isLeap = (y) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
export const monthDays = (y, m) =>
  [31, isLeap(y) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1];
export const isBefore = (a, b) => iso(a) < iso(b);
export const earlier = (a, b) => (isBefore(a, b) ? a : b);

// Days since 1 March of the year 0: a plain count, good for differences only.
function ordinal({ y, m, d }) {
  const year = m > 2 ? y : y - 1;
  const month = (m + 9) % 12;
  return (
    365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) +
    Math.floor((153 * month + 2) / 5) + d - 1
  );
}
export const daysBetween = (a, b) => ordinal(b) - ordinal(a);
// 0 is Monday; 1 March of the year 0 was a Wednesday.
export const weekday = (date) => (ordinal(date) + 2) % 7;

export function plusDays(date, days) {
  let { y, m, d } = date;
  d += days;
  while (d > monthDays(y, m)) {
    d -= monthDays(y, m);
    [y, m] = m === 12 ? [y + 1, 1] : [y, m + 1];
  }
  while (d < 1) {
    [y, m] = m === 1 ? [y - 1, 12] : [y, m - 1];
    d += monthDays(y, m);
  }
  return { y, m, d };
}

function shifted(date, months) {
  const index = date.y * 12 + date.m - 1 + months;
  return { y: Math.floor(index / 12), m: (index % 12) + 1 };
}

// A time limit ends on the same date, or where there is none on the month's last day.
export function limitAfter(date, months) {
  const { y, m } = shifted(date, months);
  return { y, m, d: Math.min(date.d, monthDays(y, m)) };
}

// The day on which a period that began on `date` begins again. From 31 August, six months
// are full with the end of February, so the seventh begins on 1 March: never clipped to 28.
export function nextStart(date, months) {
  const { y, m } = shifted(date, months);
  return date.d <= monthDays(y, m) ? { y, m, d: date.d } : { ...shifted({ y, m }, 1), d: 1 };
}

// Full months from the first to the last day, both counted, and whether days are left over.
export function fullMonths(first, last) {
  const end = plusDays(last, 1);
  let months = (end.y - first.y) * 12 + end.m - first.m + 1;
  while (isBefore(end, nextStart(first, months))) months -= 1;
  const rest = daysBetween(nextStart(first, months), end);
  return { months, rest };
}
