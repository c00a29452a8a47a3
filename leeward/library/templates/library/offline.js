{# Help now without a network: keeps the help pages that were opened here, with their sheet and scripts. Nothing else. #}
{# It lies under /help/, so it never sees another page of the place. What it keeps was fetched as a stranger, without #}
{# cookies. Docs: docs/decisions/0040-help-now.md. #}

const PREFIX = "help-";
const CACHE = PREFIX + {{ version|tojson }};
const ASSETS = {{ assets|tojson }};
const PAGE = /^\/help\/(?:[a-z]{2}\/)?$/;
const PATIENCE_MS = 3000;

let ended = false; {#- she does not want it kept #}

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));
const later = (ms) => new Promise((done) => setTimeout(done, ms, null));

{# A page as a stranger sees it; kept, if it is one. #}
async function fetched(path) {
  const response = await fetch(path, { credentials: "omit", cache: "no-store" });
  if (response.ok && !response.redirected && !ended) {
    const copy = response.clone();
    await (await caches.open(CACHE)).put(path, copy);
  }
  return response;
}

{# The network, if it answers soon and in earnest; else what is kept; else whatever the network says in the end. #}
async function page(path) {
  const arriving = fetched(path);
  const first = await Promise.race([arriving.catch(() => null), later(PATIENCE_MS)]);
  if (first && first.status < 500) return first;
  return (await (await caches.open(CACHE)).match(path)) ?? arriving;
}

async function asset(request) {
  return (await (await caches.open(CACHE)).match(request)) ?? fetch(request);
}

{# A new version begins with all that the old one kept, or not at all. A page that is gone is let go. #}
async function begin() {
  await (await caches.open(CACHE)).addAll(ASSETS);
  for (const name of await ours()) {
    if (name === CACHE) continue;
    for (const { url } of await (await caches.open(name)).keys()) {
      const path = new URL(url).pathname;
      if (PAGE.test(path) && (await fetched(path)).status >= 500) throw new Error("not now");
    }
  }
  await self.skipWaiting();
}

async function takeOver() {
  for (const name of await ours()) if (name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function end() {
  ended = true;
  await self.registration.unregister();
  for (const name of await ours()) await caches.delete(name);
}

async function keep(client) {
  const path = new URL(client.url).pathname;
  if (PAGE.test(path) && (await fetched(path)).ok) client.postMessage("kept");
}

self.addEventListener("install", (event) => event.waitUntil(begin()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(end());
  if (event.data === "keep") event.waitUntil(keep(event.source));
});
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (mode === "navigate" && PAGE.test(pathname)) event.respondWith(page(pathname));
  else if (ASSETS.includes(pathname)) event.respondWith(asset(event.request));
});
