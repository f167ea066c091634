// What this device keeps: the help pages for a day without a connection, never anything
// of a person. On a phone of somebody else it keeps nothing.
const { dataset } = document.documentElement;

const keepHelp = () =>
  navigator.serviceWorker.register(dataset.worker, { scope: "/" }).catch(() => {});

const keepNothing = async () => {
  for (const worker of await navigator.serviceWorker.getRegistrations()) {
    await worker.unregister();
  }
  for (const name of await caches.keys()) await caches.delete(name);
};

const isForeign = () => {
  try {
    if ("shared" in dataset) sessionStorage.setItem("shared", "1");
    return Boolean(sessionStorage.getItem("shared"));
  } catch {
    return "shared" in dataset;
  }
};

if ("serviceWorker" in navigator && isSecureContext) {
  if (isForeign()) keepNothing().catch(() => {});
  else if (dataset.worker) {
    if (document.readyState === "complete") keepHelp();
    else addEventListener("load", keepHelp);
  }
}

// The passkey button is a form of its own; browsers need not remember a stranger's name.
const shared = document.querySelector("[data-shared-phone]");
const follow = () => {
  for (const copy of document.querySelectorAll("[data-shared-copy]")) {
    copy.value = shared.checked ? "on" : "";
  }
  shared.form.autocomplete = shared.checked ? "off" : "on";
};
if (shared) {
  shared.addEventListener("change", follow);
  follow();
}

// With a PIN the page covers itself once nobody touched it for that long, and says so
// to the server while somebody writes, so that a long text is not asked about at the end.
const minutes = Number(dataset.idle || 0);
if (minutes) {
  const idle = minutes * 60_000;
  const every = Math.min(30_000, idle / 2);
  const body = document.body;
  const headers = JSON.parse(body.getAttribute("hx-headers") || "{}");
  let touched = Date.now();
  let told = Date.now();

  const cover = () => {
    document.documentElement.hidden = true;
    location.reload();
  };
  const touch = () => {
    const now = Date.now();
    if (now - touched >= idle) return cover();
    touched = now;
    if (now - told < every) return undefined;
    told = now;
    return fetch(dataset.awake, { method: "POST", headers }).catch(() => {});
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    addEventListener(kind, touch, { passive: true, capture: true });
  }
  setInterval(() => { if (Date.now() - touched >= idle) cover(); }, 5_000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - touched >= idle) cover();
  });
}
