"use strict";
/* A table that is wider than the screen scrolls; the keyboard must reach it too. */
(() => {
  const mark = () => {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", "A wide table");
      } else {
        box.removeAttribute("tabindex");
        box.removeAttribute("role");
        box.removeAttribute("aria-label");
      }
    }
  };
  // The theme wraps the tables when the page was read.
  addEventListener("load", mark);
  addEventListener("resize", mark);
})();
