// "Leave quickly", and what Back may show afterwards. Loaded before anything is drawn,
// because a page that somebody came away from must not appear again for a moment.
// Without this file the link leads away through the server.
(() => {
  const root = document.documentElement;
  const LEFT = "left";
  // Twice Escape within this many milliseconds.
  const TWICE = 1200;

  const remembered = (change) => {
    try { return change(sessionStorage); } catch { return null; }
  };

  // Without a connection the weather would be an error page: an empty one is plainer.
  const goAway = (target) =>
    location.replace(navigator.onLine === false ? "about:blank" : target);

  const end = (link) => {
    const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
    fetch(link.href, { method: "POST", keepalive: true, headers }).catch(() => {});
  };

  const leave = (link) => {
    const target = link.dataset.leave;
    remembered((store) => {
      const shared = store.getItem("shared");
      store.clear();
      store.setItem(LEFT, target);
      if (shared) store.setItem("shared", shared);
    });
    if ("leaveEnds" in link.dataset) end(link);
    document.title = "\u200b";
    document.body.replaceChildren();
    goAway(target);
  };

  // Back from there: not to us. Whoever types the address or taps a link is let in.
  const [arrival] = performance.getEntriesByType("navigation");
  const left = remembered((store) => store.getItem(LEFT));
  if (left && arrival && arrival.type === "back_forward") {
    root.hidden = true;
    goAway(left);
  } else if (left) {
    remembered((store) => store.removeItem(LEFT));
  }

  // A page kept in the browser's memory: covered as it goes, looked at as it returns.
  addEventListener("pagehide", (event) => { if (event.persisted) root.hidden = true; });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    const away = remembered((store) => store.getItem(LEFT));
    if (away) goAway(away);
    else if ("private" in root.dataset) location.reload();
    else root.hidden = false;
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-leave]");
    if (!link) return;
    event.preventDefault();
    leave(link);
  });

  let pressed = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.repeat) return;
    const link = document.querySelector("[data-leave]");
    if (link && event.timeStamp - pressed < TWICE) leave(link);
    pressed = event.timeStamp;
  }, true);
})();
