/* Comfort only: the page works without it. */
"use strict";
(() => {
  const say = (words, values = {}) =>
    (window.edWords?.[words] ?? words).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
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

  // A run leads to its innermost note that is shown. The box ed-e, or ed-k-slip, is for entries of the class e, or k-slip.
  const innermost = new Map();
  const retarget = () => {
    const off = [...form.querySelectorAll("input[type=checkbox]:not(:checked)")].map((box) => box.id.slice(3));
    const hidden = (entry) => off.some((name) => entry.classList.contains(name));
    for (const run of edition.querySelectorAll(".ed-tx .r")) {
      const entries = [...run.classList].map((name) => document.getElementById(`${name}-e`)).filter(Boolean);
      const shown = entries.find((entry) => !hidden(entry));
      run.classList.toggle("ed-off", !shown);
      if (!run.matches("a")) continue;
      if (!innermost.has(run)) innermost.set(run, run.getAttribute("href"));
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

  // A permanent link leads to the words; a note that stays fixed in the window cannot.
  const arrive = () => {
    const id = location.hash.slice(1);
    if (!document.getElementById(id)?.matches(".ed-card")) return;
    document.getElementById(`${id}-t`)?.scrollIntoView({ block: "start", behavior: "instant" });
  };
  addEventListener("hashchange", arrive);
  addEventListener("load", arrive);

  // In a narrow window a note is a sheet at the foot: what opened it stays in sight above.
  edition.addEventListener("toggle", ({ target }) => {
    if (!target.open || !target.matches(".en") || !matchMedia("(max-width:81.99em)").matches) return;
    opener?.scrollIntoView({ block: "nearest" });
  }, true);

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
      skip.textContent = say("Skip to paragraph {number}", { number: next.textContent });
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
})();
