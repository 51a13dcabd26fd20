// Links within the library change the page without loading everything again; without this script they still work.
// What other scripts need stands in `window.library`.

// Streamlit, which loads after this, would look for its server below the address of every page first: two requests, and
// two complaints about what is not there. It stands in the folder of the pages.
window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };

const announcer = document.getElementById("announcer");
const PAGES = (document.querySelector('meta[name="pages"]')?.content ?? "").split(" ");

function pageOf(address) {
  return address.pathname.split("/").pop();
}

function folderOf(address) {
  return address.pathname.slice(0, address.pathname.length - pageOf(address).length);
}

// Whether the address is one of the pages, so that Streamlit can show it without loading anything.
function isPage(address) {
  return address.origin === location.origin && folderOf(address) === folderOf(location) && PAGES.includes(pageOf(address));
}

function plainClick(event) {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.defaultPrevented);
}

// Streamlit reads the address anew when the browser goes through its history: a step made here is such a step.
function show(address, { replace = false, stay = false } = {}) {
  const other = address.pathname !== location.pathname;
  if (replace) history.replaceState(history.state, "", address);
  else if (other || address.search !== location.search) history.pushState({}, "", address);
  if (other) moved = true;
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  if (!stay) document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
}

// A change of the search in the address: what was on a later page of the old answer is on no page of the new one.
function change(edit, options) {
  const address = new URL(location.href);
  address.searchParams.delete("page");
  address.hash = "";
  edit(address.searchParams);
  show(address, options);
}

window.library = { show, change, isPage, pageOf, say, kept };

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest(".stHtml a[href]") : null;
  if (!link || !plainClick(event)) return;
  const address = new URL(link.getAttribute("href"), document.baseURI); // `href` of a link in a drawing is no text
  if (address.origin !== location.origin) return;
  if (link.dataset.ui) {
    event.preventDefault();
    const here = new URL(location.href);
    here.searchParams.set("ui", link.dataset.ui);
    const menu = link.closest("details");
    menu.open = false;
    menu.querySelector("summary").focus();
    show(here, { stay: true });
  } else if (/\/files\/.+\.pdf$/.test(address.pathname) && !link.hasAttribute("download")) {
    event.preventDefault(); // beside the search, not instead of it; Streamlit takes the attribute `target` out
    window.open(address, "_blank", "noopener");
  } else if (isPage(address) && !address.hash) {
    event.preventDefault();
    remember(link);
    document.documentElement.classList.remove("filters-open");
    show(address);
  }
});

// What has the focus is drawn anew with the answer: the keyboard goes on from the same thing, not from the top.
let pressed = null;

function nameOf(element) {
  return element.id || element.dataset.keep || (element.closest(".years, .paging, .views") ? element.textContent : "");
}

function remember(element) {
  const name = nameOf(element);
  pressed = name && element.tagName !== "INPUT" ? { tag: element.tagName, name } : null;
}

document.addEventListener("focusin", (event) => {
  const name = event.target instanceof Element && event.target.closest(".stHtml") ? nameOf(event.target) : "";
  if (name) pressed = { tag: event.target.tagName, name };
  else if (event.target !== document.body) pressed = null;
});

function keepPlace() {
  if (!pressed || document.activeElement !== document.body) return;
  const { tag, name } = pressed;
  [...document.querySelectorAll(`.stHtml ${tag}`)].find((other) => nameOf(other) === name)?.focus({ preventScroll: true });
}

// Lists that were opened stay open when they are drawn anew.
const opened = new Map();

document.addEventListener("toggle", (event) => {
  const key = event.target instanceof HTMLDetailsElement ? event.target.dataset.keep : "";
  if (key) opened.set(key, event.target.open);
}, true);

function keepOpen() {
  for (const list of document.querySelectorAll(".stHtml details[data-keep]")) {
    const was = opened.get(list.dataset.keep);
    if (was !== undefined && list.open !== was && !list.dataset.seen) list.open = was;
    list.dataset.seen = "yes";
  }
}

// The document says the language that the page now has, also after “back”.
function speak() {
  const language = document.querySelector(".language-menu")?.dataset.spoken;
  if (language && document.documentElement.lang !== language) document.documentElement.lang = language;
}

// The count is drawn anew with every answer; only a region that was there before is read aloud when its words change.
function say(words) {
  if (announcer.textContent !== words) announcer.textContent = words;
}

let announced = "";

function announce() {
  const words = document.querySelector("[data-announce]")?.textContent ?? "";
  if (words === announced) return;
  announced = words;
  say(words);
}

// After going to another page the keyboard and the screen reader begin at its heading.
let moved = false;

function arrive() {
  const heading = moved ? document.querySelector(".stHtml [data-arrive]") : null;
  if (!heading || heading.dataset.arrive !== pageOf(location)) return;
  moved = false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(".stHtml details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".stHtml details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Buttons that do something with the page as it is.
document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest(".stHtml button[data-do]") : null;
  if (!button) return;
  if (button.dataset.do === "print") print();
  if (button.dataset.do === "copy-link") {
    const address = button.dataset.link === undefined ? location.href : new URL(button.dataset.link, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      say(button.dataset.done ?? "");
      button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 2000);
    } catch {
      prompt(button.textContent, address); // no right to the clipboard: let it be copied by hand
    }
  }
});

// How the list is shown is a habit of this browser, not part of the search.
const VIEW = "library-view";

function useView(view) {
  document.documentElement.classList.toggle("view-compact", view === "compact");
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === (view === "compact" ? "compact" : "list")));
  }
}

function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // this browser keeps nothing
  }
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button[data-view]") : null;
  if (!button) return;
  try {
    localStorage.setItem(VIEW, button.dataset.view);
  } catch {
    // only for now, then
  }
  useView(button.dataset.view);
});

document.documentElement.classList.add("scripted");
useView(kept(VIEW));

new MutationObserver(() => {
  announce();
  speak();
  arrive();
  keepOpen();
  keepPlace();
  if (document.querySelector("[data-view]:not([aria-pressed])")) useView(kept(VIEW));
}).observe(document.getElementById("root"), { childList: true, subtree: true, characterData: true });
