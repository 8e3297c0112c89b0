// Starts the application: sets what must be right before the first paint, loads the code, and never leaves a blank page.
(() => {
  "use strict";
  const { js, wasm, wasmIntegrity } = document.currentScript.dataset;
  const LOCALES = ["en", "de", "zh-CN"];
  const TROUBLE = [
    ["en", "Portico could not be loaded. Check your connection and try again; an up-to-date browser is needed."],
    ["de", "Portico konnte nicht geladen werden. Prüfen Sie die Verbindung und versuchen Sie es erneut; nötig ist ein aktueller Browser."],
    ["zh-CN", "Portico 无法加载。请检查网络连接后重试,并使用最新版本的浏览器。"],
  ];
  const RELOAD = "Reload · Neu laden · 重新加载";

  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      // Storage may be shut off; then the browser's own settings hold.
      return null;
    }
  };

  const dressPage = () => {
    const theme = stored("portico.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    const locale = stored("portico.locale");
    if (LOCALES.includes(locale)) document.documentElement.lang = locale;
  };

  // While this page is open, the service worker keeps the files of its build: sw.js looks for locks of this name.
  const holdFiles = () => {
    const [, folder, build] = js.split("/");
    if (folder !== "assets" || !navigator.locks) return;
    navigator.locks.request("portico-" + build, { mode: "shared" }, () => new Promise(() => {})).catch(() => {});
  };

  const parsed = () =>
    document.readyState === "loading"
      ? new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }))
      : Promise.resolve();

  // The application itself takes the splash away once it has something to show.
  const start = async () => {
    // Asked for before the script that needs it has arrived.
    const code = fetch(wasm, wasmIntegrity ? { integrity: wasmIntegrity } : {});
    // Its failure is seen below; until then it must not count as unhandled.
    code.catch(() => {});
    const application = await import(js);
    await parsed();
    await application.default({ module_or_path: code });
  };

  // Copies on this device may be what is wrong, so a new try goes without them, if there is a network to try with.
  const startAnew = async () => {
    try {
      if (navigator.onLine) {
        for (const name of await caches.keys()) await caches.delete(name);
        for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
      }
    } finally {
      location.reload();
    }
  };

  const explain = () => {
    const notice = document.createElement("main");
    notice.id = "boot-failure";
    for (const [lang, text] of TROUBLE) {
      const paragraph = document.createElement("p");
      paragraph.lang = lang;
      paragraph.textContent = text;
      notice.append(paragraph);
    }
    const reload = document.createElement("button");
    reload.type = "button";
    reload.textContent = RELOAD;
    reload.addEventListener("click", startAnew);
    notice.append(reload);
    document.body.replaceChildren(notice);
    notice.setAttribute("role", "alert");
  };

  dressPage();
  holdFiles();
  start().catch(async (error) => {
    console.error(error);
    await parsed();
    // Without the splash the application was already there and has its own say about what went wrong.
    if (document.getElementById("splash")) explain();
  });
})();
