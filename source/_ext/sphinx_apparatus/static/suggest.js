/* What a box of the search suggests while one types: what stands, what should stand, and names.
   It is loaded when a box is used first; without it the box is a box. */
"use strict";
addEventListener("focusin", ({ target }) => {
  if (!target.matches?.("input[name=q]") || target.list) return;
  const list = document.createElement("datalist");
  list.id = `ed-suggest-${document.querySelectorAll("datalist").length}`;
  target.after(list);
  target.setAttribute("list", list.id);
  const fill = (words) => list.append(...words.map((one) => Object.assign(document.createElement("option"), typeof one === "string" ? { value: one } : { value: one[0], label: one[1] })));
  if (window.edSuggested) return fill(window.edSuggested);
  window.edSuggest = (words) => fill((window.edSuggested = words));
  const script = document.createElement("script");
  script.src = `${document.documentElement.dataset.content_root ?? ""}_static/ed-suggest.js`;
  document.head.append(script);
});
