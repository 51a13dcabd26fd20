// The reader's own list of works. It is kept in this browser alone; the address of the list's page holds a list whole,
// so that it can be passed on. Every tab follows what another one does.

const KEY = "library-list";
const MOST = 200; // as many as an address may name (MOST_WORKS in visit.py)
const WORK = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MOST_COMPARED = 4;

// -- the list

let unkept = null; // the list of this tab alone, where the browser keeps nothing

// What is kept may have been damaged, or written by anybody: only what can be the id of a work counts, once each.
function sound(works) {
  const ids = works.filter((work) => typeof work === "string" && work.length <= 200 && WORK.test(work));
  return [...new Set(ids)].slice(0, MOST);
}

function own() {
  if (unkept) return unkept;
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? sound(kept) : [];
  } catch {
    return [];
  }
}

function keep(works) {
  const list = sound(works);
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
    unkept = null;
  } catch {
    unkept = list;
  }
}

// -- the page of a list

const root = document.documentElement;
const had = new Set(); // what this tab has known to be the reader's own list: such an address is not a shared one

function onPage() {
  return library.pageOf(location) === "list";
}

function named() {
  return sound(new URL(location.href).searchParams.getAll("work"));
}

function together(works) {
  return works.join(" ");
}

function addressOf(works, page = "./list") {
  const address = new URL(page, location.href);
  const language = new URL(location.href).searchParams.get("ui");
  for (const work of works) address.searchParams.append("work", work);
  if (language) address.searchParams.set("ui", language);
  return address;
}

// The reader's own list is always shown as it is now; any other list in the address is one that somebody shared.
function follow() {
  const mine = own();
  had.add(together(mine));
  if (!onPage()) return;
  const here = named();
  const same = here.length === mine.length && here.every((work) => mine.includes(work));
  const once = here.length ? same || had.has(together(here)) : true;
  root.classList.toggle("list-shared", !once);
  if (once && together(here) !== together(mine)) library.show(addressOf(mine), { replace: true, stay: true });
}

// -- what is seen of it

let before = null; // the list before what was done last, and what is said of that
let arriving = ""; // what gets the focus once it is drawn
const chosen = new Set(); // practice sheets to compare

function put(element, name, value) {
  if (element[name] !== value) element[name] = value;
}

function press(button, mine) {
  const there = mine.has(button.dataset.list);
  if (button.getAttribute("aria-pressed") !== String(there)) button.setAttribute("aria-pressed", String(there));
  put(button, "textContent", there ? button.dataset.remove : button.dataset.add);
}

function drawCompare() {
  const boxes = [...document.querySelectorAll("input[data-compare]")];
  for (const box of boxes) put(box, "checked", chosen.has(box.dataset.compare));
  const button = document.querySelector('button[data-list-do="compare"]');
  const count = boxes.filter((box) => box.checked).length;
  const off = String(count < 2 || count > MOST_COMPARED);
  if (button && button.getAttribute("aria-disabled") !== off) button.setAttribute("aria-disabled", off);
}

function draw() {
  const mine = own();
  const set = new Set(mine);
  for (const button of document.querySelectorAll("button[data-list]")) press(button, set);
  for (const link of document.querySelectorAll("a[data-list-link]")) {
    put(link, "href", addressOf(mine).href);
    const count = link.querySelector(".list-count");
    if (count) put(count, "textContent", mine.length ? ` (${mine.length})` : "");
  }
  for (const bar of document.querySelectorAll("[data-list-undo]")) {
    put(bar, "hidden", !before);
    put(bar.querySelector("span"), "textContent", before?.words ?? "");
  }
  for (const button of document.querySelectorAll('button[data-list-do="share"]')) put(button, "hidden", !navigator.share);
  for (const place of document.querySelectorAll("[data-whole]")) {
    put(place, "textContent", new URL(place.dataset.whole, location.href).href);
  }
  drawCompare();
  arrive();
}

function arrive() {
  const target = arriving && document.querySelector(arriving);
  if (!target || target.closest("[hidden]")) return;
  arriving = "";
  if (target.matches("h1")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

// -- what is done with it

function change(works, words, undo = "") {
  before = undo ? { works: own(), words: undo } : null;
  keep(works);
  follow();
  draw();
  library.say(words);
}

function saying(name, values = {}) {
  const link = document.querySelector(".masthead a[data-list-link]");
  const words = link?.dataset[name] ?? document.querySelector("[data-list-undo]")?.dataset[name] ?? "";
  return words.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

function toggle(work) {
  const mine = own();
  const there = mine.includes(work);
  if (!there && mine.length >= MOST) return library.say(saying("full"));
  const works = there ? mine.filter((one) => one !== work) : [...mine, work];
  change(works, saying(there ? "removed" : "added", { total: works.length }));
}

function move(work, step) {
  const works = own();
  const from = works.indexOf(work);
  const to = from + step;
  if (from < 0 || to < 0 || to >= works.length) return;
  works.splice(to, 0, ...works.splice(from, 1));
  change(works, saying("moved", { place: to + 1, total: works.length }));
}

function take(work) {
  const works = own();
  const place = works.indexOf(work);
  const left = works.filter((one) => one !== work);
  const next = left[Math.min(place, left.length - 1)];
  arriving = next ? `[data-keep="take-${next}"]` : '[data-list-do="undo"]';
  change(left, saying("take"), saying("take"));
}

const DOES = {
  up: ({ work }) => move(work, -1),
  down: ({ work }) => move(work, 1),
  take: ({ work }) => take(work),
  clear() {
    arriving = '[data-list-do="undo"]';
    change([], saying("clear"), saying("clear"));
  },
  keep() {
    if (new Set([...own(), ...named()]).size > MOST) return library.say(saying("full"));
    had.add(together(named())); // from now on this page is that of the reader's own list
    arriving = "h1[data-arrive]";
    change([...own(), ...named()], saying("keep"), saying("keep"));
  },
  tidy() {
    const gone = new Set((document.querySelector("[data-missing]")?.dataset.missing ?? "").split(" "));
    arriving = "h1[data-arrive]";
    change(own().filter((work) => !gone.has(work)), saying("tidy"), saying("tidy"));
  },
  undo() {
    if (!before) return;
    arriving = "h1[data-arrive]";
    change(before.works, saying("undone"));
  },
  share() {
    navigator.share({ title: document.title, url: location.href }).catch(() => {}); // the reader thought better of it
  },
  compare() {
    const works = named().filter((work) => chosen.has(work));
    library.show(addressOf(works, "./compare"));
  },
};

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button[data-list], button[data-list-do]") : null;
  if (!button) return;
  if (button.dataset.list) toggle(button.dataset.list);
  else if (button.getAttribute("aria-disabled") !== "true") DOES[button.dataset.listDo]?.(button.dataset);
});

document.addEventListener("change", (event) => {
  const box = event.target instanceof Element ? event.target.closest("input[data-compare]") : null;
  if (!box) return;
  if (box.checked) chosen.add(box.dataset.compare);
  else chosen.delete(box.dataset.compare);
  drawCompare();
});

addEventListener("storage", (event) => {
  if (event.key !== KEY && event.key !== null) return;
  before = null; // going back would undo what was done in the other tab
  follow();
  draw();
});

addEventListener("popstate", follow);
follow();
new MutationObserver(draw).observe(document.getElementById("root"), { childList: true, subtree: true });
