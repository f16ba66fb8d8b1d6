/* Comfort for the reading page, which works without it: words of the text open their notes, the
   focus goes into a note and back, keys, related notes within a note, what is remembered. */
"use strict";
(() => {
  const say = (words, values = {}) =>
    (window.edWords?.[words] ?? words).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const make = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };
  // Furo's signs of its drawers are labels, which no key reaches.
  for (const label of document.querySelectorAll(".nav-overlay-icon,.toc-overlay-icon")) {
    const box = label.control;
    if (!box) continue;
    const button = make("button", { type: "button", className: label.className, onclick: () => box.click() }, ...label.childNodes);
    const told = () => button.setAttribute("aria-expanded", box.checked);
    button.setAttribute("aria-label", box.getAttribute("aria-label"));
    box.addEventListener("change", told);
    told();
    label.replaceWith(button);
  }
  const edition = document.querySelector(".edition");
  const text = document.querySelector(".ed-facing, .ed-text");
  if (!edition) return;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);
  const keyed = (keys) => {
    keys.push(["?", "this list", () => help.open ? help.close() : help.showModal()]);
    const help = make("dialog", { className: "ed-help" }, make("b", { textContent: say("Keys") }), make("dl", {}, ...keys.flatMap(
      ([key, words]) => [make("dt", {}, make("kbd", { textContent: say(key) })), make("dd", { textContent: say(words) })])),
      make("form", { method: "dialog" }, make("button", { textContent: say("Close") })));
    help.setAttribute("aria-label", say("Keys"));
    document.body.append(help);
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input:not([type=radio],[type=checkbox]),textarea,select")) return;
      if (help.open && event.key !== "?") return;
      const key = event.key === "Escape" ? "Esc" : event.key;
      const found = keys.find(([name]) => name === key);
      if (!found) return;
      if (key !== "Esc") event.preventDefault();
      found[2]();
    });
  };
  // Beside the text a note covers lines of the margin whole: of half a line one would miss the entries.
  const toEdge = (card) => {
    card.style.minHeight = "";
    if (getComputedStyle(card).position !== "absolute") return;
    const box = card.getBoundingClientRect();
    const up = card.matches("[data-up]");
    const edge = up ? box.top : box.bottom;
    const half = all(".ed-app>li,.ed-cx>summary", edition).filter((one) => !one.contains(card)).map((one) => one.getBoundingClientRect())
      .find((one) => one.top < edge - 1 && one.bottom > edge + 1);
    if (half) card.style.minHeight = `${up ? box.bottom - half.top : half.bottom - box.top}px`;
  };
  // A window of another size and a face that comes late set the lines anew.
  const edged = (open) => {
    for (const [one, event] of [[window, "resize"], [document.fonts, "loadingdone"]]) one.addEventListener(event, () => open() && toEdge(open()));
  };
  // On a page with a specimen there is its note, which its link shuts.
  if (!text) {
    const note = document.querySelector(".ed-open");
    if (!note) return keyed([]);
    toEdge(note);
    edged(() => note.checkVisibility() && note);
    addEventListener("hashchange", () => {
      const hash = note.querySelector(".ed-permalink").hash;
      if (!note.checkVisibility()) all(".en", note.parentElement).find((one) => one.hash === hash && one.tabIndex >= 0)?.focus({ preventScroll: true });
    });
    return keyed([["Esc", "close the note, back to where it was opened", () => note.checkVisibility() && note.querySelector(".ed-x").click()]]);
  }

  // An old address of a place that is on a further page of the text leads there.
  const lead = () => {
    let place = location.hash.slice(1);
    try {
      place = decodeURIComponent(place);
    } catch {
      // What stands behind the # is no address; it leads nowhere.
    }
    const link = by(place)?.closest(".ed-pages a");
    if (link) location.replace(`${link.href}${location.hash}`);
  };
  addEventListener("hashchange", lead);
  lead();

  const status = make("p", { className: "ed-status" });
  status.setAttribute("role", "status");
  edition.append(status);

  // The view, the marks and the kinds go with the reader from page to page.
  const inputs = all(".ed-ctl input");
  const store = (value) => {
    try { return value ? localStorage.setItem("apparatus", value) : localStorage.getItem("apparatus"); } catch { return null; }
  };
  for (const [id, on] of Object.entries(JSON.parse(store() || "{}"))) if (by(id)?.matches(".ed-ctl input")) by(id).checked = on;
  // The emended words are put in only while they are read, so that they can be copied, found and heard.
  const emend = () => {
    const on = by("ed-emended").checked;
    for (const old of all("[data-r]", text)) {
      if (on === old.classList.contains("w")) continue;
      old.classList.toggle("w", on);
      if (!on) old.querySelector(".i").remove();
      else {
        const put = make("ins", { className: "i" }, old.dataset.r);
        put.dataset.editorial = "";
        put.setAttribute("role", "none"); // who hears the emended text hears it without "insertion" at every word
        old.append(put);
      }
    }
  };
  edition.addEventListener("change", ({ target }) => {
    if (!target.closest(".ed-ctl")) return;
    store(JSON.stringify({ ...JSON.parse(store() || "{}"), ...Object.fromEntries(inputs.map((one) => [one.id, one.checked])) }));
    emend();
  });
  // A key that chooses another view keeps the line that is read where it is.
  const choose = (input) => {
    const line = all(".l", text).find((one) => one.getBoundingClientRect().bottom > 80);
    const before = line?.getBoundingClientRect().top;
    const here = document.activeElement;
    input.click();
    status.textContent = input.labels[0].textContent;
    const read = line?.closest(".ed-tx");
    if (read && text.contains(here) && !here.getClientRects().length) { // what is not shown has no focus
      read.tabIndex = -1;
      read.focus({ preventScroll: true });
    }
    if (line) scrollBy({ top: line.getBoundingClientRect().top - before, behavior: "instant" });
  };
  emend();

  const open = () => text.querySelector(".ph:target + .ed-card, .ed-card:target");
  const go = (id) => location.replace(`#${id}`);
  // What the address bar says can be given to others: that of the note, which is what a link to it would be.
  const address = (place) => {
    try {
      history.replaceState(history.state, "", place);
    } catch {
      // Some browsers allow it so many times in a minute.
    }
  };
  const entry = (id) => all(`a.en[href="#${id}-n"]`, text).find((one) => one.tabIndex >= 0);
  const hidden = (id) => !entry(id) || getComputedStyle(entry(id)).display === "none" && by(`ed-k-${kind(id)}`)?.checked === false;
  const kind = (id) => [...entry(id).classList].find((name) => name.startsWith("k-")).slice(2);
  let tinted = [];
  const tint = (id) => {
    for (const one of tinted) one.classList.remove("hi");
    tinted = id ? [...text.getElementsByClassName(id)] : [];
    for (const one of tinted) one.classList.add("hi");
  };
  // What holds an open note has its style by an attribute: where the style sheet searches for it, each opening costs a whole page.
  const hold = (card) => {
    for (const one of all("[data-on],[data-to]", edition)) for (const name of ["data-on", "data-to"]) one.removeAttribute(name);
    for (let one = card; (one = one?.parentElement) && one !== edition;) {
      if (one.matches("li,.ed-band")) one.dataset.on = "";
      if (one.matches(".ed-text,.ed-facing") && card.matches(":target")) one.dataset.to = "";
    }
  };
  const inSight = (words, foot, lowest = foot - 24) => {
    const top = words.getClientRects()[0].top;
    if (top < 8 || top > lowest) scrollBy({ top: top - foot / 3, behavior: "instant" });
  };
  // Where the entries of a line are a sheet at the foot, its address leads to its words.
  const toLine = () => {
    const entries = text.querySelector("li:target");
    const line = entries && all(".l", entries.closest(".ed-row")).find((one) => (one.dataset.l ?? one.dataset.n) === entries.id.split("-l")[1]);
    if (line && getComputedStyle(entries).position === "fixed") inSight(line, entries.getBoundingClientRect().top);
  };
  // Each note has its button from the first: what comes into a page late has the browser find its style anew.
  if (navigator.clipboard) for (const link of all(".ed-permalink", text)) link.after(make("button", {
    type: "button",
    className: "ed-copy-link",
    textContent: say("copy link"),
    onclick: ({ target }) => copy(target.closest(".ed-card").id, target),
  }));
  let opener = null;
  const show = (arrived) => {
    const card = open();
    tint(card?.id);
    hold(card);
    if (card) address(`#${card.id}`);
    else if (/-x$/.test(location.hash)) address(location.pathname + location.search);
    if (!card) return toLine();
    card.removeAttribute("data-up");
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
    const beside = getComputedStyle(card).position === "absolute";
    const words = tinted.find((one) => one.getClientRects().length && one.closest(".ed-tx"));
    const foot = beside ? innerHeight : card.getBoundingClientRect().top; // a sheet at the foot covers what is below
    if (words) inSight(words, foot, arrived ? foot / 2 : foot - 24);
    const line = card.parentElement.getBoundingClientRect(); // without room below its line it goes above
    const box = card.getBoundingClientRect();
    if (beside && box.bottom > innerHeight && line.top > box.height) card.dataset.up = "";
    toEdge(card);
  };
  const copy = async (id, button) => {
    const base = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
    await navigator.clipboard.writeText(`${base}#${id}`);
    if (button) button.textContent = say("copied");
    status.textContent = say("Copied: the address of {id}", { id });
  };
  const close = () => {
    const card = open();
    const line = text.querySelector("li:target");
    if (line) go(`${line.id}-x`);
    if (!card) return;
    const back = opener?.isConnected ? opener : entry(card.id);
    opener = null;
    go(card.querySelector(".ed-x").hash.slice(1));
    if (back?.getClientRects().length) back.focus({ preventScroll: true });
    else card.closest("aside").querySelector(".ed-fold").focus({ preventScroll: true });
  };
  const step = (way) => {
    if (by("ed-m-none").checked) return;
    const order = all(".ed-card", text).map((one) => one.id).filter((id) => !hidden(id)).sort((one, other) => rank.get(one) - rank.get(other));
    const here = open();
    // None open: from the first whose words are not above the window.
    const ahead = order.findIndex((id) => [...text.getElementsByClassName(id)].some((one) => one.getClientRects()[0]?.top > 0));
    const at = here ? order.indexOf(here.id) + way : way > 0 ? ahead : (ahead < 0 ? order.length : ahead) - 1;
    if (order[at]) go(`${order[at]}-n`);
  };
  // Notes in the order of their words: each says which comes next.
  const rank = new Map();
  for (let next of all(".ed-card", text).filter((card) => card.querySelector("span.pv"))) {
    while (next && !rank.has(next.id)) {
      rank.set(next.id, rank.size);
      next = by(next.querySelector("a.nx")?.hash.slice(1, -2));
    }
  }
  edged(open);
  addEventListener("hashchange", () => show());
  if (location.hash) show(true);
  addEventListener("load", () => location.hash && show(true));

  // A related note, or a work, is shown within the note; its link leads there without this script, and the second time.
  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href).href;
  const related = {};
  window.edRelated = (more) => Object.assign(related, more);
  const files = {};
  const load = (file) => files[file] ??= new Promise((done) => {
    document.head.append(make("script", { src: `${root}_static/${file}`, onload: done, onerror: done }));
  });
  const put = (link, nodes) => {
    const box = make("div", { className: "ed-near", tabIndex: -1 }, ...nodes);
    (link.closest("p,dd,li") ?? link).after(box);
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  const near = (link, card, here) => {
    if (link.dataset.near) return false;
    const id = decodeURIComponent(link.hash.slice(1));
    const other = here && by(id);
    if (here && (!other?.matches(".ed-card") || other === card)) return false;
    if (!here && !link.href.startsWith(root)) return false;
    link.dataset.near = "1";
    if (other) {
      const words = other.cloneNode(true);
      for (const one of all(".ed-nav,.ed-ft,.ed-near,[id]", words)) one.matches("[id]") ? one.removeAttribute("id") : one.remove();
      put(link, words.childNodes);
      return true;
    }
    load(/^[A-Z][A-Za-z]*\d+$/.test(id) ? `ed-notes-${id.replace(/\d+$/, "")}.js` : "ed-works.js").then(() => {
      const html = related[link.href.slice(root.length)];
      if (!html) return location.assign(link.href);
      const holder = make("div", { innerHTML: html });
      for (const one of all("a[href]", holder)) if (!/^[a-z]+:/.test(one.getAttribute("href"))) one.href = root + one.getAttribute("href");
      put(link, holder.childNodes);
    });
    return true;
  };

  let wait;
  text.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const card = event.target.closest(".ed-card");
    if (link) {
      const id = link.hash.slice(1);
      const here = link.pathname === location.pathname;
      const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      if (card && link.hash && plain && !link.matches(".ed-permalink,.ed-nav *,.ed-others *") && near(link, card, here)) event.preventDefault();
      else if (here && /-(n|x)$/.test(id)) {
        event.preventDefault();
        if (link.matches(".en")) opener = link.tabIndex < 0 ? entry(id.slice(0, -2)) : link;
        if (link.matches(".ed-x")) close();
        else go(id);
      }
      return;
    }
    const paragraph = event.target.closest(".ed-tx");
    clearTimeout(wait);
    if (!paragraph || event.detail > 1 || !getSelection().isCollapsed || by("ed-m-none").checked) return;
    // The figure before a line opens the line's entries.
    const line = event.target.closest(".l.m");
    if (line === event.target && getComputedStyle(line, "::before").cursor === "pointer") {
      const range = document.createRange();
      range.selectNodeContents(line);
      const from = range.getClientRects()[0];
      const before = getComputedStyle(line).direction === "rtl" ? event.clientX > from.right : event.clientX < from.left;
      if (before && event.clientY < from.bottom) return go(`${line.closest(".ed-text").id}-l${line.dataset.l ?? line.dataset.n}`);
    }
    let run = event.target;
    let on = [];
    for (; run !== paragraph && !on.length; run = run.parentElement) on = [...run.classList].filter((name) => by(name)?.matches(".ed-card") && !hidden(name));
    if (!on.length) return;
    const at = on.indexOf(open()?.id); // again on the same words: the next of their notes
    opener = null;
    wait = setTimeout(() => go(`${on[(at + 1) % on.length]}-n`), 220); // a double click selects a word
  });
  for (const type of ["mouseover", "mouseout"]) text.addEventListener(type, (event) => {
    const link = event.target.closest("a.en");
    if (link) tint(type === "mouseover" ? link.hash.slice(1, -2) : open()?.id);
  });

  keyed([
    ["n", "next note", () => step(1)],
    ["p", "previous note", () => step(-1)],
    ["Esc", "close the note, back to where it was opened", close],
    ["1", "text as printed", () => choose(by("ed-printed"))],
    ["2", "readings above the words", () => choose(by("ed-above"))],
    ["3", "emended text", () => choose(by("ed-emended"))],
    ["m", "marks: for reading, all, none", () => {
      const marks = all("[name=ed-marks]");
      const next = marks[(marks.findIndex((one) => one.checked) + 1) % 3];
      if (next.id === "ed-m-none") close();
      choose(next);
    }],
    ["c", "copy the address of the open note", () => open() && copy(open().id, open().querySelector(".ed-copy-link"))],
  ]);

  // What is copied of the text is its words, in plain and in HTML, and none of the page's mark-up.
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (!selection.rangeCount || !text.contains(selection.getRangeAt(0).commonAncestorContainer) || open()?.contains(selection.anchorNode)) return;
    const part = make("div", {}, selection.getRangeAt(0).cloneContents());
    for (const one of all(`[data-editorial]:not(.i,.a)${by("ed-emended").checked ? ",.o>span" : ""}`, part)) one.remove();
    const words = part.textContent;
    const holder = make("div", {}, ...words.split(/\n+/).filter(Boolean).map((one) => make("p", { textContent: one })));
    event.clipboardData.setData("text/plain", words);
    event.clipboardData.setData("text/html", holder.innerHTML);
    event.preventDefault();
  });
})();
