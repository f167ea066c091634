// Keeps a fixed list of help pages on the device, in one language, fetched without
// cookies, and answers with them when there is no connection. Everything else goes to
// the network and is never kept: nothing of a person can get in here.
// PLAN is written above by the server: wish, version, offline, pages.

const CACHE = `kept-${PLAN.version}`;
const PATIENCE = 20_000;

const plain = (address) =>
  fetch(address, {
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    headers: { "Kept-Copy": PLAN.wish },
  });

const partsOf = (html) =>
  [...html.matchAll(/(?:href|src)="(\/static\/[^"#?]+)/g)].map((found) => found[1]);

// What a sheet itself asks for: the waves.
const insideOf = (css, base) =>
  [...css.matchAll(/url\("?([^")]+\.svg)"?\)/g)]
    .map((found) => new URL(found[1], base))
    .filter((found) => found.origin === location.origin)
    .map((found) => found.pathname);

// Modules that a script brings along, by the names they are imported under.
const importedBy = (js, base) =>
  [...js.matchAll(/(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+\.js)["']/g)]
    .map((found) => new URL(found[1], base).pathname);

const keep = async (cache, address, parts) => {
  const answer = await plain(address);
  if (!answer.ok) throw new Error(address);
  const html = await answer.clone().text();
  for (const part of partsOf(html)) parts.add(part);
  await cache.put(address, answer);
};

const keepParts = async (cache, parts) => {
  for (const part of parts) {
    const answer = await fetch(part, { credentials: "omit" });
    if (!answer.ok) continue;
    const text = /\.(css|js)$/.test(part) ? await answer.clone().text() : "";
    const found = part.endsWith(".css") ? insideOf : importedBy;
    for (const inner of found(text, new URL(part, location.origin))) parts.add(inner);
    await cache.put(part, answer);
  }
};

const install = async () => {
  const cache = await caches.open(CACHE);
  const parts = new Set();
  // The first two must be there; a page more or less is no reason to keep none.
  await keep(cache, PLAN.offline, parts);
  await keep(cache, PLAN.pages[1], parts);
  for (const address of PLAN.pages.slice(2)) {
    await keep(cache, address, parts).catch(() => {});
  }
  await keepParts(cache, parts);
  await self.skipWaiting();
};

const activate = async () => {
  for (const name of await caches.keys()) {
    if (name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
};

const isKept = (url) =>
  PLAN.pages.some((address) => new URL(address, location.origin).pathname === url.pathname);

const fromDevice = async (request) => {
  const cache = await caches.open(CACHE);
  const url = new URL(request.url);
  const found =
    (await cache.match(request, { ignoreVary: true })) ||
    (isKept(url) &&
      (await cache.match(request, { ignoreVary: true, ignoreSearch: true })));
  return found || cache.match(PLAN.offline, { ignoreVary: true });
};

const late = () =>
  new Promise((_resolve, reject) => { setTimeout(() => reject(new Error()), PATIENCE); });

// A help page that does not come for twenty seconds counts as no connection.
const page = async (request) => {
  const kept = isKept(new URL(request.url));
  try {
    const answer = await (kept ? Promise.race([fetch(request), late()]) : fetch(request));
    return kept && answer.status >= 500 ? fromDevice(request) : answer;
  } catch (error) {
    return (await fromDevice(request)) || Promise.reject(error);
  }
};

const part = async (request) => {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(CACHE);
    const found = await cache.match(request, { ignoreVary: true });
    if (found) return found;
    throw error;
  }
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request));
});
