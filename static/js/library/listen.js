// A script, one line after the other with its pauses; read out where the device itself can.
const PER_SIGN = 190;
const SHORTEST = 2200;

const linesOf = () =>
  [...document.querySelectorAll("[data-spoken] p, [data-spoken] li")].map((line) => ({
    text: line.textContent.trim(),
    pause: line.classList.contains("pause") ? Number(line.dataset.seconds) * 1000 : 0,
  }));

// A voice that lives on the device: others would send the words away.
const ownVoice = () => {
  const wanted = document.documentElement.lang.toLowerCase();
  const own = (window.speechSynthesis?.getVoices() || []).filter((voice) => voice.localService);
  const base = wanted.split("-")[0];
  return own.find((voice) => voice.lang.toLowerCase().startsWith(base)) || null;
};

export const listenAlong = (box) => {
  const lines = linesOf();
  if (!lines.length) return;
  const place = box.querySelector("[data-line]");
  const [start, stop] = ["[data-start]", "[data-stop]"].map((one) => box.querySelector(one));
  const voice = box.querySelector("[data-voice]");
  let timer = 0;

  const offerVoice = () => { voice.hidden = !ownVoice(); };
  offerVoice();
  window.speechSynthesis?.addEventListener?.("voiceschanged", offerVoice);

  const end = (isDone) => {
    clearTimeout(timer);
    window.speechSynthesis?.cancel();
    place.textContent = isDone ? place.dataset.done : "";
    place.classList.remove("is-pause");
    start.hidden = false;
    stop.hidden = true;
    start.focus();
  };

  const readingTime = (text) => {
    const signs = /[\u4e00-\u9fff]/.test(text) ? text.length * PER_SIGN : text.length * 70;
    return Math.max(SHORTEST, signs);
  };

  const take = (at) => {
    if (at >= lines.length) { end(true); return; }
    const { text, pause } = lines[at];
    place.textContent = text;
    place.classList.toggle("is-pause", pause > 0);
    const own = voice.querySelector("input").checked && !pause ? ownVoice() : null;
    if (!own) { timer = setTimeout(take, pause || readingTime(text), at + 1); return; }
    const spoken = Object.assign(new SpeechSynthesisUtterance(text), { voice: own, rate: 0.85 });
    spoken.lang = own.lang;
    spoken.addEventListener("end", () => { timer = setTimeout(take, 400, at + 1); });
    spoken.addEventListener("error", () => {
      if (!stop.hidden) timer = setTimeout(take, readingTime(text), at + 1);
    });
    window.speechSynthesis.speak(spoken);
  };

  start.addEventListener("click", () => {
    start.hidden = true;
    stop.hidden = false;
    stop.focus();
    take(0);
  });
  stop.addEventListener("click", () => end(false));
  box.hidden = false;
};

export const quarterHour = (box) => {
  const left = box.querySelector("[data-left]");
  const start = box.querySelector("[data-start]");
  let timer = 0;
  start.addEventListener("click", () => {
    clearInterval(timer);
    const ends = Date.now() + 15 * 60_000;
    const tick = () => {
      const seconds = Math.ceil((ends - Date.now()) / 1000);
      if (seconds <= 0) {
        clearInterval(timer);
        left.textContent = left.dataset.over;
        return;
      }
      left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    };
    tick();
    timer = setInterval(tick, 1000);
  });
  box.hidden = false;
};
