/* A button beside each citation copies it; without this script it is there to be selected. */
"use strict";
(() => {
  if (!navigator.clipboard) return;
  for (const citation of document.querySelectorAll(".ed-copy")) {
    const words = citation.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ed-copy-button";
    button.textContent = "copy";
    button.setAttribute("aria-label", `Copy: ${words.slice(0, 60)}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(words);
      button.textContent = "copied";
    });
    if (citation.matches("dd")) citation.append(button);
    else citation.after(button);
  }
})();
