// Starts the application: sets what must be right before the first paint, loads the code, and never leaves a blank page.
(() => {
  "use strict";
  const { js, wasm, wasmIntegrity } = document.currentScript.dataset;
  // What cannot be told by the application, because it did not start: by language, what it is and what to do.
  const TROUBLE = {
    en: {
      old: [
        "This browser is too old",
        "Portico needs a current version of Chrome, Edge, Firefox or Safari. Update this browser, or open Portico in another one.",
      ],
      wasm: [
        "This browser does not run Portico's code",
        "WebAssembly is switched off, perhaps by a strict security mode or by your company. Allow it for this site, or use another browser.",
      ],
      failed: [
        "Portico could not be loaded",
        "Check your connection, then load the page again. If it stays like this, tell your administrator.",
      ],
      reload: "Load the page again",
    },
    de: {
      old: [
        "Dieser Browser ist zu alt",
        "Portico braucht eine aktuelle Version von Chrome, Edge, Firefox oder Safari. Aktualisieren Sie diesen Browser, oder öffnen Sie Portico in einem anderen.",
      ],
      wasm: [
        "Dieser Browser führt den Code von Portico nicht aus",
        "WebAssembly ist abgeschaltet, vielleicht durch einen strengen Sicherheitsmodus oder durch Ihre Firma. Erlauben Sie es für diese Seite, oder verwenden Sie einen anderen Browser.",
      ],
      failed: [
        "Portico konnte nicht geladen werden",
        "Prüfen Sie die Verbindung, und laden Sie die Seite neu. Bleibt es dabei, wenden Sie sich an Ihre Administration.",
      ],
      reload: "Seite neu laden",
    },
    "zh-CN": {
      old: ["浏览器版本过旧", "Portico 需要最新版本的 Chrome、Edge、Firefox 或 Safari。请更新浏览器，或换用其他浏览器打开。"],
      wasm: ["此浏览器无法运行 Portico", "WebAssembly 已被停用，可能是严格的安全模式或公司策略所致。请为本站启用，或换用其他浏览器。"],
      failed: ["Portico 无法加载", "请检查网络连接，然后重新载入页面。如果问题仍然存在，请联系管理员。"],
      reload: "重新载入页面",
    },
  };
  const LOCALES = Object.keys(TROUBLE);

  // How often the code is asked for at the sign-in, and how long it rests in between: for half a minute.
  const TRIES = 10;
  const PAUSE_MS = 3000;

  // The sign-in form as it is before the application is here. The same words as in the catalogues; a test compares them.
  const SIGN_IN = {
    en: {
      heading: "Sign in to {product}",
      forgot: "Forgot password?",
      host: "You are at {host}. Enter your password only if this is your company's address.",
      identifier: "Email, employee number or username",
      password: "Password",
      submit: "Sign in",
      waiting: "It goes on as soon as the rest of the page is here.",
    },
    de: {
      heading: "Bei {product} anmelden",
      forgot: "Passwort vergessen?",
      host: "Sie sind auf {host}. Geben Sie Ihr Passwort nur ein, wenn das die Adresse Ihrer Firma ist.",
      identifier: "E-Mail, Personalnummer oder Benutzername",
      password: "Passwort",
      submit: "Anmelden",
      waiting: "Es geht weiter, sobald der Rest der Seite da ist.",
    },
    "zh-CN": {
      heading: "登录 {product}",
      forgot: "忘记密码？",
      host: "当前网址：{host}。请确认这是贵公司的网址，再输入密码。",
      identifier: "邮箱、工号或用户名",
      password: "密码",
      submit: "登录",
      waiting: "页面其余部分载入后将自动继续。",
    },
  };

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

  // Resolves when what stands in the page now is on the screen. A tab in the background draws nothing.
  const painted = () =>
    document.hidden
      ? Promise.resolve()
      : new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  // The code, checked against what the page says of it.
  const fetchCode = async () => {
    const answer = await fetch(wasm, wasmIntegrity ? { integrity: wasmIntegrity } : {});
    if (!answer.ok) throw new Error(wasm + ": " + answer.status);
    return answer;
  };

  // The application itself takes the splash away once it has something to show.
  const start = async () => {
    // Asked for before the script that needs it has arrived.
    let code = fetchCode();
    // Its failure is seen below; until then it must not count as unhandled.
    code.catch(() => {});
    const application = await import(js);
    await parsed();
    // Where somebody may be typing already, a network that fails is waited for: what is typed must not go with the page.
    for (let tries = 1; ; tries += 1) {
      try {
        return await application.default({ module_or_path: code });
      } catch (error) {
        const status = document.querySelector("#early:not([hidden]) [role=status]");
        if (!status || !(error instanceof TypeError) || tries === TRIES) throw error;
        status.textContent = SIGN_IN[language()].waiting;
        await new Promise((done) => setTimeout(done, PAUSE_MS));
        code = fetchCode();
      }
    }
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

  const language = () => {
    const asked = new URLSearchParams(location.search).get("lang") || "";
    const tags = [asked, stored("portico.locale") || "", ...navigator.languages];
    const known = tags.map((tag) => LOCALES.find((locale) => locale.slice(0, 2) === tag.slice(0, 2).toLowerCase()));
    return known.find(Boolean) || "en";
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const explain = async (trouble) => {
    await parsed();
    const lang = language();
    const { [trouble]: said, reload } = TROUBLE[lang];
    const page = document.createElement("main");
    page.id = "boot-failure";
    page.lang = lang;
    const notice = element("div", "fault", "");
    const button = element("button", "button", reload);
    button.type = "button";
    button.addEventListener("click", startAnew);
    notice.append(element("h1", "fault__title", said[0]), element("p", "fault__hint", said[1]), button);
    page.append(notice);
    document.body.replaceChildren(page);
    notice.setAttribute("role", "alert");
  };

  // The way in works before the application does: what is typed meanwhile goes over into its form, and so does having
  // pressed "Sign in" (src/platform/early_form.rs).
  // It is on the screen before anything heavy is asked for, which would only make it wait.
  const offerSignIn = async () => {
    if (location.pathname !== "/login") return;
    await parsed();
    const page = document.getElementById("early");
    const lang = language();
    const words = SIGN_IN[lang];
    for (const said of page.querySelectorAll("[data-says]")) {
      said.textContent = words[said.dataset.says].replace("{product}", document.title).replace("{host}", location.host);
    }
    const form = page.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      form.dataset.submitted = "";
      form.querySelector("button").setAttribute("aria-busy", "true");
      page.querySelector("[role=status]").textContent = words.waiting;
    });
    page.lang = lang;
    page.hidden = false;
    document.getElementById("splash").hidden = true;
    form.elements.identifier.focus();
    await painted();
  };

  // Only what nothing works without. A browser that knows `light-dark()` knows all else that is used: layers and nesting in
  // style sheets, dialogs, locks, `Intl`, and the kind of WebAssembly that the code is compiled to, unless that is off.
  const lacking = () => {
    if (!window.CSS || !CSS.supports("color", "light-dark(red, red)")) return "old";
    return typeof WebAssembly === "object" ? undefined : "wasm";
  };

  const run = async () => {
    const trouble = lacking();
    if (trouble) return explain(trouble);
    holdFiles();
    try {
      await offerSignIn();
      await start();
    } catch (error) {
      console.error(error);
      await parsed();
      // Without the splash the application was already there and has its own say about what went wrong.
      if (document.getElementById("splash")) await explain("failed");
    }
  };

  dressPage();
  run();
})();
