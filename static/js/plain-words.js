// What people write when they may be in danger; looked for in the browser alone.
const WORDS = [
  "想死", "不想活", "自杀", "自殺", "跳楼", "跳樓", "活不下去", "不如死了", "轻生", "輕生",
  "结束生命", "結束生命", "割腕", "suicide", "kill myself", "want to die", "end my life",
];

export const saysDanger = (text) => {
  const said = text.toLowerCase();
  return WORDS.some((word) => said.includes(word));
};
