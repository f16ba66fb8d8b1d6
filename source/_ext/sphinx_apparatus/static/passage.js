/* Words that are selected can be cited: siglum, paragraph, lines of the PDF, and an
   address that leads to them (URL Fragment Text Directives). */
"use strict";
(() => {
  const say = (words, values = {}) =>
    (window.edWords?.[words] ?? words).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  // The text in which words are selected: a translation may stand beside it.
  let text = document.querySelector(".ed-text");
  if (!text || !navigator.clipboard) return;
  const row = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".ed-row");

  const offset = (node, at) => {
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, at);
    const part = range.cloneContents();
    for (const editorial of part.querySelectorAll("[data-editorial]")) editorial.remove();
    return [...part.textContent].length;
  };
  const lineOf = (position) => {
    const lines = text.dataset.lines.split(" ").map(Number);
    let line = 0;
    while (line < lines.length && lines[line] <= position) line += 1;
    return line + Number(text.dataset.first ?? 0);
  };
  const fragment = (words) => {
    const list = words.trim().split(/\s+/);
    const encode = (part) => encodeURIComponent(part).replace(/-/g, "%2D");
    if (list.length <= 8) return encode(list.join(" "));
    return `${encode(list.slice(0, 4).join(" "))},${encode(list.slice(-4).join(" "))}`;
  };
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !selection.toString().trim()) return null;
    const range = selection.getRangeAt(0);
    const home = row(range.startContainer)?.closest(".ed-text");
    if (!home?.contains(range.commonAncestorContainer)) return null;
    text = home;
    return range;
  };
  // In verse a passage is named by its verses, else by paragraph and lines.
  const named = (first, last) => {
    const numbers = [...new Set([first, last].map((one) => one.querySelector(".ed-pn").dataset.n))].filter(Boolean);
    if (!numbers.length) return ` ¶${first.id.split("-p")[1]}`;
    return ` ${say(numbers.length > 1 ? "ll." : "l.")} ${numbers.join("–")}`;
  };
  const citation = (range) => {
    const first = row(range.startContainer);
    const last = row(range.endContainer) || first;
    const number = (found) => found.id.split("-p")[1];
    const verses = text.matches(".ed-by-verse, .ed-by-drama");
    const [from, to] = [first, last].map((one) => one.querySelector(".ed-pn").dataset.c);
    const own = from && ` ${[...new Set([from, to ?? from])].join("–")}`;
    let passage = own ? text.id + own : verses ? text.id + named(first, last) : `${text.id} ¶${number(first)}`;
    if (!own && !verses && number(last) !== number(first)) passage += `–${number(last)}`;
    if (!own && !verses && text.dataset.lines) {
      const begin = lineOf(offset(range.startContainer, range.startOffset));
      const end = lineOf(Math.max(0, offset(range.endContainer, range.endOffset) - 1));
      passage += end > begin ? `, ${say("ll.")} ${begin}–${end}` : `, ${say("l.")} ${begin}`;
    }
    const short = text.dataset.short ? `${text.dataset.short} ` : "";
    const canonical = document.querySelector("link[rel=canonical]");
    const base = (canonical ? canonical.href : location.href).split("#")[0];
    return { passage: `${short}${passage}`, address: `${base}#${first.id}:~:text=${fragment(getSelection().toString())}` };
  };

  const button = document.createElement("button");
  button.type = "button";
  button.className = "ed-cite-passage";
  button.dataset.editorial = "";
  button.hidden = true;
  button.textContent = say("Cite this passage: {name}", { name: text.id }); // a button has a name, shown or not
  text.append(button);
  // What has happened is said to those who do not see it.
  const status = document.createElement("span");
  status.className = "ed-status";
  status.setAttribute("role", "status");
  (text.closest(".ed-facing") ?? text).after(status);

  // To the keyboard the button comes next after the paragraph in which the words end.
  const follow = (range) => {
    const paragraph = (row(range.endContainer) || row(range.startContainer)).querySelector(".ed-tx");
    if (paragraph.nextSibling !== button) paragraph.after(button);
  };
  let found = null;
  const show = () => {
    // With the focus it stays: in caret browsing the focus takes the selection with it.
    if (document.activeElement === button) return;
    const range = selected();
    button.hidden = !range;
    if (!range) return;
    found = citation(range);
    follow(range);
    status.textContent = "";
    button.textContent = say("Cite this passage: {name}", { name: found.passage });
    const box = range.getBoundingClientRect();
    button.style.setProperty("top", `${Math.min(box.bottom + 8, innerHeight - 40)}px`);
    button.style.setProperty("left", `${Math.max(8, Math.min(box.left, innerWidth - 340))}px`);
  };
  document.addEventListener("selectionchange", show);
  button.addEventListener("blur", () => setTimeout(show));
  // A press would end the selection before the click comes.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(`${found.passage}, ${found.address}`);
    button.textContent = say("Copied");
    status.textContent = say("Copied: {name}", { name: found.passage });
  });
})();
