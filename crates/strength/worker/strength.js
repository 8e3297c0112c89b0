// The worker that judges new passwords. What wasm-bindgen makes of the crate beside it comes before this in the same file:
// crates/xtask/src/site/strength.rs.
(() => {
  "use strict";
  // Filled in when the site is built.
  const INTEGRITY = "";

  // Beside this file, whatever folder that is in.
  const code = fetch(new URL("strength_bg.wasm", self.location.href), INTEGRITY ? { integrity: INTEGRITY } : {});
  const ready = wasm_bindgen({ module_or_path: code }).then(
    () => true,
    // The page then goes on without: the rules of the policy are checked there, and the server has the last word.
    () => {
      self.postMessage(null);
      return false;
    },
  );

  let latest;
  self.addEventListener("message", async ({ data }) => {
    latest = data;
    if (!(await ready)) return;
    // Whoever types on has asked again, and waits for that answer only.
    await new Promise((done) => setTimeout(done));
    if (data === latest) self.postMessage(wasm_bindgen.judge(data) ?? null);
  });
})();
