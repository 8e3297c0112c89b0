// The gate in front of the browser's dangerous sinks (Trusted Types). It must run before anything else.
//
// Leptos turns static pieces of a view into markup; that is all that may pass. The gate is a filter against mistakes,
// not a sanitiser: that nobody puts data into markup is a rule of its own, kept by a test.
(() => {
  "use strict";
  if (!window.trustedTypes) return;

  const FORBIDDEN_ELEMENTS =
    /<\s*\/?\s*(?:script|iframe|frame|object|embed|applet|base|meta|link|form|style|template|math|foreignobject|animate|animatemotion|animatetransform|set|portal|noscript)(?![\w-])/i;
  const FORBIDDEN_ATTRIBUTES = /[\s"'/](?:on\w+|srcdoc|formaction|style)\s*=/i;
  const FORBIDDEN_SCHEMES = /(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*(?::|&)|data\s*:\s*text\/html/i;
  // The one lies beside this script, in the folder of its build.
  const OWN_WORKERS = [new URL("strength.js", document.currentScript.src).pathname, "/sw.js"];

  const isHarmless = (markup) =>
    !FORBIDDEN_ELEMENTS.test(markup) && !FORBIDDEN_ATTRIBUTES.test(markup) && !FORBIDDEN_SCHEMES.test(markup);

  // Text, not an exception: an exception inside a view takes the whole application down.
  const asText = (markup) =>
    markup.replace(/[&<>"']/g, (letter) => "&#" + letter.charCodeAt(0) + ";");

  // No `createScript`: nothing here ever makes code out of text.
  window.trustedTypes.createPolicy("default", {
    createHTML(markup) {
      if (isHarmless(markup)) return markup;
      console.error("Refused markup that could run code.");
      return asText(markup);
    },
    createScriptURL(address) {
      const url = new URL(address, document.baseURI);
      const isOwn = url.origin === location.origin && url.search === "" && OWN_WORKERS.includes(url.pathname);
      if (isOwn) return address;
      throw new TypeError("Refused a script from " + url.origin + url.pathname);
    },
  });
})();
