"use strict";
/* Shows the document with Swagger UI. Requests go to a sandbox on this machine and nowhere else. */
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const settings = read("settings");
  const spec = read("document");

  // ?sandbox=http://127.0.0.1:8123 names another sandbox; it must be on this machine.
  const server = () => {
    const named = new URLSearchParams(location.search).get("sandbox");
    const fallback = settings.server ?? location.origin;
    if (!named || !settings.server || !URL.canParse(named)) return fallback;
    const url = new URL(named);
    const isLocal = url.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
    return isLocal ? url.origin : fallback;
  };
  const sandbox = server();
  spec.servers = [{ url: sandbox, description: "A sandbox on this machine" }];

  const root = document.documentElement;
  const theme = document.getElementById("theme");
  const stored = () => { try { return localStorage.getItem("chargeover-reference-theme"); } catch { return null; } };
  const show = (dark) => {
    root.classList.toggle("dark-mode", dark);
    theme.textContent = dark ? "Light mode" : "Dark mode";
  };
  show((stored() ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark");
  theme.addEventListener("click", () => {
    const dark = !root.classList.contains("dark-mode");
    show(dark);
    try { localStorage.setItem("chargeover-reference-theme", dark ? "dark" : "light"); } catch { /* not kept */ }
  });

  // Swagger UI leaves some controls unnamed; screen readers need a name.
  const name = () => {
    for (const control of document.querySelectorAll("#reference :is(select, input, textarea):not([aria-label])")) {
      const parameter = control.closest("tr")?.querySelector(".parameter__name")?.firstChild?.textContent;
      const list = control.closest(".servers") ? "Server" : "Example";
      control.setAttribute("aria-label", parameter ?? { SELECT: list, TEXTAREA: "Request body" }[control.tagName] ?? "Value");
    }
  };
  new MutationObserver(name).observe(document.getElementById("reference"), { childList: true, subtree: true });

  document.querySelector(".skip").addEventListener("click", () => document.getElementById("reference").focus());

  // #update_customer opens that operation. Swagger UI's own deep links warn about every name with an underscore.
  const open = () => {
    const operation = location.hash.slice(1);
    const block = /^\w+$/.test(operation) && document.querySelector(`.opblock[id$="-${operation}"]`);
    if (!block) return;
    if (!block.classList.contains("is-open")) block.querySelector(".opblock-summary-control").click();
    block.scrollIntoView();
  };
  addEventListener("hashchange", open);

  // To highlight a page of 500 customers takes Swagger UI a minute, in which the browser's tab does nothing else.
  const mostCharacters = 20_000;
  const plainWhenLong = () => ({
    wrapComponents: {
      SyntaxHighlighter: (Highlighter, { React, getComponent }) => (properties) =>
        typeof properties.children === "string" && properties.children.length > mostCharacters
          ? React.createElement(getComponent("PlainTextViewer"), { className: properties.className }, properties.children)
          : React.createElement(Highlighter, properties),
    },
  });

  const ui = SwaggerUIBundle({
    spec,
    dom_id: "#reference",
    presets: [SwaggerUIBundle.presets.apis],
    plugins: [plainWhenLong],
    layout: "BaseLayout",
    validatorUrl: "none",
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    requestInterceptor: (request) => {
      if (new URL(request.url, location.href).origin !== sandbox) throw new Error("Requests go to the sandbox only.");
      return request;
    },
    onComplete: () => {
      if (settings.username) ui.preauthorizeBasic("basicAuth", settings.username, settings.password);
      setTimeout(open);
    },
  });
})();
