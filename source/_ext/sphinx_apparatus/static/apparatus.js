/* Comfort only: the page works without it. */
"use strict";
(() => {
  const edition = document.querySelector(".edition");
  if (!edition) return;
  const form = edition.querySelector(".ed-ctl");
  const KEY = "sphinx-apparatus";

  // The view and the filters are remembered from page to page.
  const save = () => {
    const state = {};
    for (const input of form.querySelectorAll("input")) state[input.id] = input.checked;
    try { localStorage.setItem(KEY, JSON.stringify(state)); } catch { /* no store: nothing is remembered */ }
  };
  try {
    const state = JSON.parse(localStorage.getItem(KEY) || "{}");
    for (const [id, checked] of Object.entries(state)) {
      const input = document.getElementById(id);
      if (input && form.contains(input)) input.checked = checked;
    }
  } catch { /* a store that cannot be read is an empty one */ }

  // A run leads to its innermost note whose layer is shown.
  const innermost = new Map();
  const retarget = () => {
    const hidden = (entry) => ["e", "c", "n"].some(
      (layer) => entry.classList.contains(layer) && !document.getElementById(`ed-${layer}`).checked);
    for (const run of edition.querySelectorAll(".ed-tx a.r")) {
      if (!innermost.has(run)) innermost.set(run, run.getAttribute("href"));
      const entries = [...run.classList].map((name) => document.getElementById(`${name}-e`)).filter(Boolean);
      const shown = entries.find((entry) => !hidden(entry));
      run.setAttribute("href", shown ? `#${shown.id.slice(0, -2)}-n` : innermost.get(run));
    }
  };
  form.addEventListener("change", () => { save(); retarget(); });
  retarget();

  // Escape and × close the note and give the focus back to where it was opened.
  let opener = null;
  edition.addEventListener("click", (event) => {
    // What ends a drag over words is no click.
    if (event.detail && event.target.closest("a.r") && !getSelection().isCollapsed) {
      event.preventDefault();
      return;
    }
    const link = event.target.closest("a.r, .en > summary");
    if (link) opener = link;
    if (event.target.closest(".ed-x")) { event.preventDefault(); close(); }
    else enter(event);
  });
  // By keyboard a link to a note takes the focus into it, and the link back to its words.
  const words = (id) => edition.querySelector(`.ed-tx a.r.${id}`);
  const enter = (event) => {
    const link = event.target.closest("a[href^='#']");
    if (event.detail || event.ctrlKey || event.metaKey || event.shiftKey || !link) return;
    const [id, end] = link.hash.slice(1).split(/-([nt])$/);
    const note = document.getElementById(id);
    if (!note?.matches(".ed-card")) return;
    event.preventDefault();
    if (end === "t") { words(id)?.focus(); return; }
    location.hash = link.hash;
    note.closest("details").open = true;
    note.tabIndex = -1;
    note.addEventListener("blur", () => note.removeAttribute("tabindex"), { once: true });
    note.focus({ preventScroll: true });
  };
  const close = () => {
    const open = edition.querySelector(".en[open]");
    const at = document.activeElement;
    if (!open && !(opener && at.closest(".ed-app"))) return;
    const scrolls = at.matches(":focus-visible");
    if (open) open.open = false;
    const places = [opener, open && words(open.id.slice(0, -2)), open?.querySelector("summary")];
    places.find((place) => place?.checkVisibility())?.focus({ preventScroll: !scrolls });
    opener = null;
  };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  // A note covers the entries after it: it closes when the keyboard goes on to one of them.
  edition.addEventListener("focusin", ({ target }) => {
    const open = target.matches(".en > summary:focus-visible") && edition.querySelector(".en[open]");
    if (open && !open.contains(target)) open.open = false;
  });

  // Past a long list of notes, to the next paragraph: before its words, and again before the list.
  for (const list of edition.querySelectorAll(".ed-app")) {
    const row = list.closest(".ed-row");
    const next = row.nextElementSibling?.querySelector(".ed-pn");
    if (!next || list.querySelectorAll(".en").length < 8) continue;
    for (const place of [row.querySelector(".ed-tx"), list.firstChild]) {
      const skip = document.createElement("a");
      skip.className = "ed-skip";
      skip.href = next.hash;
      skip.dataset.editorial = "";
      skip.textContent = `Skip to paragraph ${next.textContent}`;
      skip.addEventListener("click", (event) => { event.preventDefault(); next.focus(); });
      place.before(skip);
    }
  }

  // Chromium makes no selection of a drag that begins at the edge of what can have the
  // focus, so none from the first letter of a lemma: make it.
  let edge = null;
  const caret = (event) => {
    const range = document.caretRangeFromPoint?.(event.clientX, event.clientY);
    return range && [range.startContainer, range.startOffset];
  };
  edition.addEventListener("mousedown", (event) => {
    const run = event.button === 0 && event.detail === 1 && !event.shiftKey && event.target.closest(".ed-tx a.r");
    const at = run && caret(event);
    const inside = at && run.contains(at[0]) && !(at[1] === 0 && at[0] === document.createTreeWalker(run, 4).nextNode());
    edge = at && !inside ? [document.createTreeWalker(run, 4).nextNode(), 0] : null;
  });
  document.addEventListener("mousemove", (event) => {
    const now = edge && event.buttons === 1 && caret(event);
    if (now && edition.contains(now[0])) getSelection().setBaseAndExtent(...edge, ...now);
  });
  document.addEventListener("dragstart", (event) => { if (edge) event.preventDefault(); });

  // Words that are selected can be cited: siglum, paragraph, lines of the PDF, and an
  // address that leads to them (URL Fragment Text Directives).
  const text = edition.querySelector(".ed-text");
  const lines = (text.dataset.lines || "").split(" ").filter(Boolean).map(Number);
  const offset = (node, at) => {
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, at);
    const part = range.cloneContents();
    for (const editorial of part.querySelectorAll("[data-editorial]")) editorial.remove();
    return [...part.textContent].length;
  };
  const lineOf = (position) => {
    let line = 0;
    while (line < lines.length && lines[line] <= position) line += 1;
    return line;
  };
  const fragment = (words) => {
    const list = words.trim().split(/\s+/);
    const encode = (part) => encodeURIComponent(part).replace(/-/g, "%2D");
    if (list.length <= 8) return encode(list.join(" "));
    return `${encode(list.slice(0, 4).join(" "))},${encode(list.slice(-4).join(" "))}`;
  };
  const citation = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const row = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".ed-row");
    const first = row(range.startContainer);
    const last = row(range.endContainer) || first;
    if (!first || !text.contains(range.commonAncestorContainer) || !selection.toString().trim()) return null;
    const number = (found) => found.id.split("-p")[1];
    let passage = `${text.id} ¶${number(first)}`;
    if (number(last) !== number(first)) passage += `–${number(last)}`;
    if (lines.length) {
      const from = lineOf(offset(range.startContainer, range.startOffset));
      const to = lineOf(Math.max(0, offset(range.endContainer, range.endOffset) - 1));
      passage += to > from ? `, ll. ${from}–${to}` : `, l. ${from}`;
    }
    const short = text.dataset.short ? `${text.dataset.short} ` : "";
    const canonical = document.querySelector("link[rel=canonical]");
    const base = (canonical ? canonical.href : location.href).split("#")[0];
    return { passage: `${short}${passage}`, address: `${base}#${first.id}:~:text=${fragment(selection.toString())}` };
  };
  if (navigator.clipboard) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ed-cite-passage";
    button.dataset.editorial = "";
    button.hidden = true;
    edition.append(button);
    let found = null;
    document.addEventListener("selectionchange", () => {
      const now = citation();
      button.hidden = !now;
      if (!now) return;
      found = now;
      button.textContent = `Cite this passage: ${found.passage}`;
      const box = getSelection().getRangeAt(0).getBoundingClientRect();
      button.style.setProperty("top", `${Math.min(box.bottom + 8, innerHeight - 40)}px`);
      button.style.setProperty("left", `${Math.max(8, Math.min(box.left, innerWidth - 340))}px`);
    });
    // A press would end the selection before the click comes.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(`${found.passage}, ${found.address}`);
      button.textContent = "Copied";
    });
  }
})();
