/* Comfort for the lists: sorting, a search box, filters. Without this script the tables are whole.
   A heading of the class ed-sort sorts its column, ed-filter and ed-filter-text choose by it, ed-search is searched.
   Data behind the list of all annotations choose by what no column says: for each heading the values, and of each the first cells of its rows. */
(() => {
  const say = (words, values = {}) =>
    (window.edWords?.[words] ?? words).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  "use strict";
  const words = (cell) => cell.textContent.trim().replace(/\s+/g, " ");
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").toLowerCase();
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const make = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

  const enhance = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    const rows = [...body.rows];
    // Where the rows stand one below the other, each cell says of what it speaks.
    for (const row of rows) [...row.cells].forEach((cell, at) => { cell.dataset.label = words(heads[at]); });
    const tests = new Map();
    const count = make("output", {});
    const controls = make("div", { className: "ed-controls" });

    const show = () => {
      let shown = 0;
      for (const row of rows) {
        row.hidden = ![...tests.values()].every((test) => test(row));
        shown += row.hidden ? 0 : 1;
      }
      count.value = say("{shown} of {all} shown", { shown, all: rows.length });
    };

    const searched = heads.flatMap((head, at) => (head.classList.contains("ed-search") ? [at] : []));
    if (searched.length) {
      const names = searched.map((at) => words(heads[at]).toLowerCase()).join(` ${say("or")} `);
      const box = make("input", { type: "search", autocomplete: "off" });
      const texts = new Map(rows.map((row) => [row, searched.map((at) => folded(words(row.cells[at]))).join("\n")]));
      box.addEventListener("input", () => {
        // A part of a word is enough; an asterisk stands for any letters.
        const parts = folded(box.value.trim()).split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
        const wanted = new RegExp(parts.join("[^\\n]*?"));
        tests.set("search", (row) => wanted.test(texts.get(row)));
        show();
      });
      controls.append(make("label", { className: "ed-search-box" }, say("Search {names}", { names }), box));
    }

    const choose = (name, values, fits) => {
      const select = make("select", {}, make("option", { value: "" }, say("all")), ...values.map((v) => make("option", { value: v }, v)));
      select.addEventListener("change", () => {
        tests.set(name, (row) => !select.value || fits(row, select.value));
        show();
      });
      controls.append(make("label", {}, name, select));
    };

    heads.forEach((head, at) => {
      const name = words(head);
      const siglum = head.classList.contains("ed-filter-text");
      if (siglum || head.classList.contains("ed-filter")) {
        const value = (row) => (siglum ? words(row.cells[at]).split(" ")[0] : words(row.cells[at]));
        choose(siglum ? say("Text") : name, [...new Set(rows.map(value))], (row, wanted) => value(row) === wanted);
      }
      if (head.classList.contains("ed-sort")) {
        const button = make("button", { type: "button", className: "ed-sort-button" }, name);
        button.addEventListener("click", () => {
          const down = head.getAttribute("aria-sort") === "ascending";
          heads.forEach((other) => other.removeAttribute("aria-sort"));
          head.setAttribute("aria-sort", down ? "descending" : "ascending");
          const sorted = [...rows].sort((a, b) => order.compare(words(a.cells[at]), words(b.cells[at])));
          body.append(...(down ? sorted.reverse() : sorted));
        });
        head.replaceChildren(button);
      }
    });
    const choices = table.classList.contains("ed-annotations") && document.querySelector(".ed-choices");
    if (choices) {
      const first = new Map(rows.map((row) => [row, words(row.cells[0])]));
      for (const [name, by] of Object.entries(JSON.parse(choices.textContent))) {
        choose(name, Object.keys(by), (row, wanted) => by[wanted].includes(first.get(row)));
      }
    }
    controls.append(count);
    (table.closest(".table-wrapper") || table).before(controls);
    show();
  };

  document.querySelectorAll("table.ed-sortable").forEach(enhance);
})();
