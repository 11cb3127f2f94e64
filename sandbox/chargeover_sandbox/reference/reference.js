"use strict";
/* Shows the document with Swagger UI. Requests go to a sandbox on this machine and nowhere else. */
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const settings = read("settings");
  const spec = read("document");

  // ?sandbox=http://127.0.0.1:8123 names another sandbox; only one of this machine is taken.
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

  const ui = SwaggerUIBundle({
    spec,
    dom_id: "#reference",
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
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
    },
  });
})();
