"use strict";
// The page can be read without this. It searches the table of items, opens what a link leads to, and copies rules.
(() => {
  const most = 200;
  const pages = [...document.querySelectorAll("details.page")];
  const box = document.getElementById("search"), query = document.getElementById("q");
  const grade = document.getElementById("g"), found = document.getElementById("found");
  let rows = null, wait = 0;

  const search = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean), wanted = grade.value;
    rows ??= pages.flatMap(page => [...page.querySelectorAll("tbody tr")].map(row => ({
      page, row, text: row.textContent.toLowerCase(), grade: row.querySelector(".grade")?.textContent ?? "",
    })));
    const all = !words.length && !wanted;
    const open = new Set();
    let count = 0;
    for (const one of rows) {
      const fits = all || ((!wanted || one.grade === wanted) && words.every(word => one.text.includes(word)));
      if (fits && !all && ++count <= most) open.add(one.page);
      const hide = !fits || (!all && count > most);
      if (one.row.hidden !== hide) one.row.hidden = hide;
    }
    for (const page of pages) {
      page.hidden = !all && !open.has(page);
      page.open = all ? pages.length === 1 : open.has(page);
    }
    found.textContent = all ? "" : count > most ? `${count} found; the first ${most} are shown` : `${count} found`;
  };
  const soon = () => { clearTimeout(wait); wait = setTimeout(search, 150); };
  query.addEventListener("input", soon);
  grade.addEventListener("change", soon);
  box.hidden = false;

  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden || target.closest("details.page[hidden]")) { query.value = grade.value = ""; search(); }
    for (let up = target; up; up = up.parentElement) if (up.localName === "details") up.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  for (const rule of document.querySelectorAll("pre.rule")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(rule.textContent + "\n");
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(rule);
        button.textContent = "Selected: copy it";
      }
    });
    rule.before(button);
  }
})();
