// The draft of an arbitration claim. Pure; always Simplified Chinese, as it is handed in on
// the mainland. What identifies a person stays blank: it is written by hand after printing.
import { day, fen, sum, yuan } from "./values.js";

const BLANK = "____________";
const NUMBERS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

const CLAIMS = {
  wages: [(c) => `支付${span(c)}拖欠的工资`, "《中华人民共和国劳动合同法》第三十条"],
  overtime: [(c) => `支付${span(c)}的加班工资`, "《中华人民共和国劳动法》第四十四条"],
  leave: [() => "支付未休年休假的工资报酬", "《职工带薪年休假条例》第五条"],
  severance: [() => "支付解除或终止劳动合同的经济补偿",
    "《中华人民共和国劳动合同法》第四十六条、第四十七条"],
  notice_pay: [() => "支付没有提前三十日书面通知的额外一个月工资",
    "《中华人民共和国劳动合同法》第四十条"],
  compensation: [() => "支付违法解除或终止劳动合同的赔偿金",
    "《中华人民共和国劳动合同法》第四十八条、第八十七条"],
  double_wage: [(c) => `支付${span(c)}没有签订书面劳动合同的二倍工资差额`,
    "《中华人民共和国劳动合同法》第八十二条"],
  deposit: [() => "退还收取的押金、培训费等款项",
    "《中华人民共和国劳动合同法》第九条、第八十四条"],
  certificate: [() => "出具解除或终止劳动合同的证明",
    "《中华人民共和国劳动合同法》第五十条"],
};
const ENDINGS = {
  still: "申请人目前仍在职。",
  employer: "被申请人提出解除劳动合同。",
  expired: "劳动合同期满，被申请人没有续签。",
  forced: "因被申请人拖欠工资等原因，申请人依据《中华人民共和国劳动合同法》第三十八条提出解除劳动合同。",
  closed: "被申请人停止经营，劳动合同终止。",
};
const EVIDENCE = {
  contract: "劳动合同、入职登记表、录用通知",
  payslip: "工资条",
  bank: "银行流水（工资入账部分）",
  attendance: "考勤、排班记录（已遮盖他人信息）",
  chat: "与主管、人事的聊天记录（已遮盖他人信息）",
  badge: "工牌、工作服、门禁照片",
  commission: "提成、绩效表（已遮盖他人信息）",
  insurance: "社会保险缴费记录",
  dismissal: "解除通知、离职谈话记录",
  demand: "书面催要工资的记录",
  witness: "证人姓名与联系方式",
};

const dated = (text) => {
  const { y, m, d } = day(text);
  return `${y}年${m}月${d}日`;
};
const span = ({ from, to }) => (from && to ? `${dated(from)}至${dated(to)}` : "");
const amountOf = (text) => `${text.replace(/\.00$/, "")}元`;

export const total = (claims) =>
  yuan(sum(claims.filter((one) => one.amount).map((one) => fen(one.amount))));

// Reasons why the claims cannot stand together; [] is good.
export function conflicts(claims) {
  const kinds = new Set(claims.map((one) => one.kind));
  if (!kinds.size) return ["no_claim"];
  return kinds.has("severance") && kinds.has("compensation") ? ["n_and_2n"] : [];
}

export function composeClaim(facts) {
  return [
    "劳动人事争议仲裁申请书",
    parties(facts),
    `仲裁请求：\n${requests(facts.claims)}`,
    `事实与理由：\n${story(facts)}`,
    `证据清单：\n${evidence(facts.evidence)}`,
    `此致\n${facts.commission || BLANK}劳动人事争议仲裁委员会`,
    `申请人（签名）：${BLANK}\n日期：____年____月____日`,
    "附：本申请书副本____份，证据材料____份。",
  ].join("\n\n");
}

function parties(facts) {
  return [
    `申请人：${facts.name || BLANK}，性别：____，出生日期：${BLANK}`,
    `身份证号码：${BLANK}（打印后用笔填写）`,
    `住址：${BLANK}，联系电话：${BLANK}`,
    `被申请人：${facts.employer || BLANK}`,
    `住所：${facts.employer_address || BLANK}`,
    `法定代表人：${BLANK}，联系电话：${BLANK}`,
  ].join("\n");
}

function requests(claims) {
  const lines = claims.map((claim, index) => {
    const [words] = CLAIMS[claim.kind];
    const amount = claim.amount ? `，计${amountOf(claim.amount)}` : "";
    return `${NUMBERS[index]}、请求裁决被申请人${words(claim)}${amount}；`;
  });
  if (claims.some((one) => one.amount)) {
    lines.push(`以上金额合计${amountOf(total(claims))}。`);
  }
  return lines.join("\n");
}

function story(facts) {
  const contract = { yes: "双方签订了书面劳动合同", no: "双方没有签订书面劳动合同" };
  const begun =
    `申请人于${dated(facts.started)}到被申请人处工作，职务为${facts.job || BLANK}，` +
    `${contract[facts.contract]}，月工资约${amountOf(facts.monthly_wage)}。`;
  const ended = facts.last_day ? `最后工作日为${dated(facts.last_day)}。` : "";
  const laws = [...new Set(facts.claims.map((one) => CLAIMS[one.kind][1]))].join("，");
  return [
    `${begun}${ended}${ENDINGS[facts.ended]}`,
    ...(facts.story ? [facts.story] : []),
    "截至申请之日，上述请求没有得到满足。",
    `根据${laws}，申请人提出以上请求。`,
    "工资支付记录、考勤记录等由被申请人掌握管理。根据《中华人民共和国劳动争议调解仲裁法》第六条，" +
      "请仲裁委员会要求被申请人提供。",
  ].join("\n");
}

const evidence = (ids) => ids.length
  ? ids.map((id, index) => `${index + 1}．${EVIDENCE[id]}`).join("\n")
  : `1．${BLANK}`;

export const KINDS = Object.keys(CLAIMS);
export const EVIDENCE_IDS = Object.keys(EVIDENCE);
