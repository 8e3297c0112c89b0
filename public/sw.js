// Keeps the application's own files on this device, so that it starts without a network and at once with one. It
// stores files of the build only, never an answer of the API: docs/adr/0007-service-worker.md.
(() => {
  "use strict";
  // Both are filled in when the site is built: crates/xtask/src/site/service_worker.rs.
  const BUILD = "";
  const FILES = [];

  // One cache a build. A page of the build holds a lock of the same name (boot.js).
  const PREFIX = "portico-";
  const CACHE = PREFIX + BUILD;
  // The document, under the one address that every host has for it.
  const PAGE = "/";
  // These have the same name in every build, so the network comes first and the copy is only the last one seen.
  const UNHASHED = ["/config.json", "/favicon.svg"];
  // How long a document may take before the copy is better than waiting.
  const PATIENCE_MS = 10000;
  // More at once would stand in the way of what the person is doing.
  const LANES = 2;

  const isHashed = (path) => path.startsWith("/assets/") || path.startsWith("/locales/");
  // As the backend decides it: below these are services, and with a dot it is a file.
  const isPage = (path) => !/^\/(?:api|\.well-known|dev)(?:\/|$)/.test(path) && !path.split("/").pop().includes(".");

  const download = async (file) => {
    const answer = await fetch(file, {
      cache: isHashed(file) ? "default" : "no-cache",
      redirect: "error",
      priority: "low",
    });
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    // A site that is being replaced right now must not end up half old and half new.
    if (file === PAGE && !(await answer.clone().text()).includes(`/assets/${BUILD}/`)) throw new Error("another build");
    return answer;
  };

  // All or nothing: with a file missing the worker is not installed, and what it has is taken up by the next try.
  const keepBuild = async () => {
    const cache = await caches.open(CACHE);
    const queue = [PAGE, ...UNHASHED, ...FILES];
    const lane = async () => {
      for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
        const held = isHashed(file) ? await caches.match(file) : undefined;
        await cache.put(file, held ?? (await download(file)));
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    // Files are found by their hashed names whichever worker looks for them, so there is nothing to wait for.
    await self.skipWaiting();
  };

  // Removes the builds that no open page runs any more.
  const tidy = async () => {
    const { held } = await navigator.locks.query();
    const running = held.map((lock) => lock.name);
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX) && name !== CACHE && !running.includes(name)) await caches.delete(name);
    }
  };

  // The network's answer, unless there is none in time, or a gateway says that nobody is behind it.
  const fromNetwork = async (request) => {
    const silence = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new Error("no answer in time")));
    const answer = await Promise.race([fetch(request), silence]);
    if (answer.status >= 500) throw new Error(`status ${answer.status}`);
    return answer;
  };

  const networkFirst = async (request, key) => {
    try {
      return await fromNetwork(request);
    } catch {
      const copy = await caches.match(key, { cacheName: CACHE });
      return copy ?? fetch(request);
    }
  };

  const unhashed = async (event, path) => {
    const answer = await networkFirst(event.request, path);
    if (answer.ok) {
      const copy = answer.clone();
      event.waitUntil(caches.open(CACHE).then((cache) => cache.put(path, copy)));
    }
    return answer;
  };

  const cacheFirst = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

  self.addEventListener("install", (event) => event.waitUntil(keepBuild()));
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim().then(tidy)));
  // What is not answered here goes to the network as if there were no worker.
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    if (request.mode === "navigate") {
      if (isPage(pathname)) event.respondWith(networkFirst(request, PAGE));
    } else if (isHashed(pathname)) {
      event.respondWith(cacheFirst(request));
    } else if (UNHASHED.includes(pathname)) {
      event.respondWith(unhashed(event, pathname));
    }
  });
})();
