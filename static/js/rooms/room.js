// A talk in writing. Asks for news every few seconds, keeps what is not sent yet in this
// tab, and sends it again until the line works; the same line is never there twice.
// Without this file the page is a form and a link that loads it again.
const STORE = "unsent";
const OFTEN = 3_000;
const SELDOM = 30_000;
const LATE = 10_000;

const remembered = (change) => {
  try { return change(sessionStorage); } catch { return null; }
};
const kept = (room) => {
  try {
    const found = JSON.parse(remembered((store) => store.getItem(STORE)) || "null");
    return found && found.room === room ? found : null;
  } catch { return null; }
};
const forget = () => remembered((store) => store.removeItem(STORE));
const newKey = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
};

const talk = (root) => {
  const find = (name) => root.querySelector(`[data-${name}]`);
  const words = root.dataset;
  const [list, poller, form, bad, error] =
    ["lines", "poll", "write", "bad", "error"].map(find);
  const field = form.elements.text;
  const before = kept(words.room);
  let queue = before ? before.lines : [];
  let last = Number(words.last);
  let state = words.state;
  let fails = 0;
  let sending = false;
  let timer = 0;
  let again = 0;

  const keep = () => {
    if (!queue.length && !field.value.trim()) return forget();
    const held = { room: words.room, lines: queue, draft: field.value };
    return remembered((store) => store.setItem(STORE, JSON.stringify(held)));
  };
  const line = () => {
    bad.hidden = navigator.onLine !== false && fails < 2;
  };
  const reload = () => { keep(); location.reload(); };

  // ---- What is shown

  const placeOf = (item) => Number(item.dataset.number);
  const insert = (item) => {
    if (list.querySelector(`[data-number="${placeOf(item)}"]`)) return false;
    const waiting = list.querySelector(`.is-waiting[data-key="${item.dataset.key}"]`);
    waiting?.remove();
    const next = [...list.children].find((one) =>
      one.classList.contains("is-waiting") || placeOf(one) > placeOf(item));
    list.insertBefore(item, next || null);
    last = Math.max(last, placeOf(item));
    return true;
  };
  const mark = ({ got, read }) => {
    for (const item of list.querySelectorAll(".is-mine[data-number]")) {
      const number = placeOf(item);
      const word = number <= Number(read) ? words.wordRead
        : number <= Number(got) ? words.wordArrived : words.wordSent;
      const place = item.querySelector("[data-mark]");
      if (place.textContent !== word) place.textContent = word;
    }
  };
  const toEnd = () => list.lastElementChild?.scrollIntoView({ block: "nearest" });

  // An answer of the server: new lines, and how far the other one is. False if it is none.
  const take = (html) => {
    const news = new DOMParser().parseFromString(html, "text/html").querySelector("[data-news]");
    if (!news) return false;
    const isNew = [...news.children].map((item) => insert(document.importNode(item, true)));
    mark(news.dataset);
    state = news.dataset.state;
    const isThere = news.dataset.there === "1";
    find("dot").classList.toggle("is-there", isThere);
    const presence = isThere ? words.wordHere : words.wordAway;
    if (find("presence").textContent !== presence) find("presence").textContent = presence;
    find("nothing").hidden = list.children.length > 0;
    if (isNew.includes(true)) toEnd();
    return true;
  };
  const showWaiting = (one) => {
    if (list.querySelector(`[data-key="${one.key}"]`)) return;
    const item = document.createElement("li");
    item.className = "bubble is-mine is-waiting";
    item.dataset.key = one.key;
    const part = (name, css, text) =>
      Object.assign(document.createElement(name), { className: css, textContent: text });
    item.append(part("p", "who small soft", words.wordYou), part("p", "pre-line", one.text),
      part("span", "when", words.wordWaits));
    list.append(item);
    find("nothing").hidden = true;
    toEnd();
  };
  const sayWrong = (text) => {
    error.textContent = text;
    error.hidden = !text;
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };

  // ---- Asking

  const wait = () => {
    clearTimeout(timer);
    const slow = Math.min(OFTEN * 2 ** Math.max(fails - 1, 0), SELDOM);
    timer = setTimeout(ask, document.hidden ? SELDOM : slow);
  };
  const ask = () => {
    clearTimeout(timer);
    if (navigator.onLine === false) return line();
    return htmx.trigger(poller, "room:poll");
  };
  poller.addEventListener("htmx:configRequest", ({ detail }) => {
    Object.assign(detail.parameters, { after: last, state, shown: document.hidden ? 0 : 1 });
  });
  poller.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
    const isFine = xhr.status === 204 || (xhr.status === 200 && take(xhr.responseText));
    if (xhr.status === 200 && !isFine && !xhr.getResponseHeader("HX-Redirect")) return reload();
    if (xhr.status === 404) return reload();
    fails = isFine ? 0 : fails + 1;
    line();
    if (isFine && queue.length) send();
    return wait();
  });
  // A bad line has its own words here.
  for (const name of ["sendError", "responseError", "timeout"]) {
    poller.addEventListener(`htmx:${name}`, (event) => event.stopPropagation());
  }

  // ---- Sending, one after the other, so that the order stays

  const post = async (one) => {
    const body = new FormData(form);
    body.set("text", one.text);
    body.set("key", one.key);
    body.set("after", last);
    const headers = { "HX-Request": "true" };
    const signal = AbortSignal.timeout?.(LATE);
    return fetch(form.action, { method: "POST", body, headers, signal });
  };
  const refuse = (one, text) => {
    list.querySelector(`.is-waiting[data-key="${one.key}"]`)?.remove();
    field.value = field.value.trim() ? `${one.text}\n${field.value}` : one.text;
    sayWrong(text);
  };
  // True once this line needs no further try.
  const tryOne = async (one) => {
    const response = await post(one);
    const target = response.headers.get("HX-Redirect");
    if (target) { keep(); location.assign(target); return false; }
    if (response.redirected || response.status === 410 || response.status === 404) {
      reload();
      return false;
    }
    if (response.status === 422) {
      refuse(one, await response.text());
      return true;
    }
    return response.ok && take(await response.text());
  };
  const send = async () => {
    clearTimeout(again);
    if (sending) return;
    sending = true;
    let isFine = true;
    while (queue.length && isFine) {
      try { isFine = await tryOne(queue[0]); } catch { isFine = false; }
      if (isFine) queue = queue.slice(1);
      keep();
    }
    sending = false;
    fails = isFine ? 0 : fails + 1;
    line();
    if (queue.length) again = setTimeout(send, Math.min(OFTEN * 2 ** fails, SELDOM));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // The next line may follow at once: the wait between two taps is not for talks.
    event.stopPropagation();
    const text = field.value.trim();
    if (!text) { field.focus(); return; }
    sayWrong("");
    const one = { key: newKey(), text };
    queue = [...queue, one];
    field.value = "";
    keep();
    showWaiting(one);
    field.focus();
    if (navigator.onLine === false) line();
    else send();
  });
  field.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (sends && !event.isComposing) form.requestSubmit();
  });
  field.addEventListener("input", keep);

  addEventListener("offline", line);
  addEventListener("online", () => { fails = 0; line(); ask(); send(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });

  if (before?.draft && !field.value) field.value = before.draft;
  queue.forEach(showWaiting);
  toEnd();
  if (queue.length) send();
  wait();
};

// After the end: what could not be sent any more is shown once, and goes from this tab.
const over = (root) => {
  const left = kept(root.dataset.roomOver);
  forget();
  if (!left) return;
  const text = [...left.lines.map((one) => one.text), left.draft.trim()].filter(Boolean);
  if (!text.length) return;
  root.querySelector("[data-unsent-text]").textContent = text.join("\n");
  root.querySelector("[data-unsent]").hidden = false;
};

const open = document.querySelector("[data-room]");
const ended = document.querySelector("[data-room-over]");
if (open) talk(open);
if (ended) over(ended);
