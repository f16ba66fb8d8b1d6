// Makes golden.json with citeproc-js: node golden.cjs ITEMS.json STYLES_FOLDER LOCALE.xml, citeproc from npm.
const fs = require("fs");
const CSL = require("citeproc");
const [items, folder, locale] = process.argv.slice(2);
const all = JSON.parse(fs.readFileSync(items, "utf8"));
const text = fs.readFileSync(locale, "utf8");
const names = ["chicago-notes-bibliography", "chicago-author-date", "modern-language-association", "apa",
  "harvard-cite-them-right", "iso690-author-date-en"];
const golden = {};
for (const name of names) {
  golden[name] = {};
  const sys = { retrieveLocale: () => text, retrieveItem: (id) => structuredClone(all.find((item) => item.id === id)) };
  const engine = new CSL.Engine(sys, fs.readFileSync(`${folder}/${name}.csl`, "utf8"), "en-US");
  for (const item of all) {
    engine.updateItems([item.id]);
    const [made] = engine.makeBibliography()[1];
    golden[name][item.id] = (made || "").replace(/<\/?div[^>]*>/g, "").trim();
  }
}
process.stdout.write(JSON.stringify(golden, null, 1) + "\n");
