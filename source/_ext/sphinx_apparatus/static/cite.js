/* A button beside each citation copies it; without this script it is there to be selected. */
"use strict";
(() => {
  const say = (words, values = {}) =>
    (window.edWords?.[words] ?? words).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  if (!navigator.clipboard) return;
  // What has happened is said to those who do not see it.
  const status = document.createElement("span");
  status.className = "ed-status";
  status.setAttribute("role", "status");
  document.querySelector("main").append(status);
  for (const citation of document.querySelectorAll(".ed-copy")) {
    const words = citation.textContent.trim();
    // Four citations begin alike: each is called by its style.
    const name = citation.closest("dd")?.previousElementSibling.textContent ?? words;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ed-copy-button";
    button.textContent = say("copy");
    button.setAttribute("aria-label", say("Copy: {name}", { name }));
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(words);
      button.textContent = say("copied");
      status.textContent = say("Copied: {name}", { name });
    });
    if (citation.matches("dd")) citation.append(button);
    else citation.after(button);
  }
})();
