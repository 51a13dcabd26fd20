// The search box: results while typing, and suggestions under it by keyboard and mouse. Enter always searches for the
// words as typed unless a suggestion was chosen with the arrows.

const PAUSE = 220; // milliseconds without a key before the works are searched; suggestions come sooner
const SOON = 90;

let typing = false; // whether the newest entry of the history was made by typing: further keys change it
let later = 0;
let soon = 0;
let asking = null;
let chosen = -1;
let offered = [];

const box = () => document.getElementById("search-box");
const list = () => document.getElementById("suggestions");
const onSearch = () => library.pageOf(location) === "";

function wanted() {
  return new URL(location.href).searchParams.get("q") ?? "";
}

// The box says what the address says, but for what somebody is typing at this moment.
function follow() {
  const field = box();
  if (!field || (typing && document.activeElement === field)) return;
  const words = onSearch() ? wanted() : "";
  if (field.value !== words) field.value = words;
  clearing();
}

function clearing() {
  const button = box()?.form.querySelector(".search-clear");
  if (button) button.hidden = !box().value;
}

function searchFor(words, { replace = false } = {}) {
  const home = onSearch() ? new URL(location.href) : new URL("./", location.href);
  if (!onSearch()) {
    const language = new URL(location.href).searchParams.get("ui");
    if (language) home.searchParams.set("ui", language);
  }
  for (const name of ["page", "narrow"]) home.searchParams.delete(name);
  home.hash = "";
  if (words.trim()) home.searchParams.set("q", words.trim().replace(/\s+/g, " "));
  else home.searchParams.delete("q");
  if (home.href !== location.href) library.show(home, { replace });
}

function live() {
  const words = box().value;
  if (!onSearch() || words.trim().replace(/\s+/g, " ") === wanted()) return;
  const replace = typing;
  typing = true; // before the page hears of it: the box keeps what is in it
  searchFor(words, { replace });
}

async function suggest() {
  const field = box();
  const words = field.value.trim();
  asking?.abort();
  if (!words) return close();
  asking = new AbortController();
  const query = new URLSearchParams({ q: words, reader: document.documentElement.lang });
  try {
    const answer = await fetch(`./suggest?${query}`, { signal: asking.signal });
    const found = answer.ok ? (await answer.json()).suggestions : [];
    if (document.activeElement === field && field.value.trim() === words) draw(found, field.form.dataset);
  } catch (error) {
    if (error.name !== "AbortError") close(); // the search itself says what is the matter
  }
}

function element(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  made.dir = "auto";
  return made;
}

function draw(found, names) {
  const options = found.map((suggestion, place) => {
    const option = document.createElement("li");
    option.id = `suggestion-${place}`;
    option.role = "option";
    option.ariaSelected = "false";
    option.append(element("span", "suggestion-words", suggestion.label));
    if (suggestion.matched) option.append(element("span", "suggestion-matched", suggestion.matched));
    option.append(element("span", "suggestion-kind", names[suggestion.kind] ?? ""));
    option.append(element("span", "number", String(suggestion.count)));
    return option;
  });
  offered = found;
  chosen = -1;
  list().replaceChildren(...options);
  list().hidden = !found.length;
  box().ariaExpanded = String(found.length > 0);
  box().removeAttribute("aria-activedescendant");
}

function close() {
  clearTimeout(soon);
  asking?.abort();
  offered = [];
  chosen = -1;
  if (!list()) return;
  list().hidden = true;
  list().replaceChildren();
  box().ariaExpanded = "false";
  box().removeAttribute("aria-activedescendant");
}

function choose(place) {
  clearTimeout(soon); // what one chooses from stays as it is until another letter is typed
  asking?.abort();
  const options = [...list().children];
  chosen = place;
  for (const [number, option] of options.entries()) option.ariaSelected = String(number === place);
  if (place < 0) return box().removeAttribute("aria-activedescendant");
  box().setAttribute("aria-activedescendant", options[place].id);
  options[place].scrollIntoView({ block: "nearest" });
}

function take({ facet, value, work, query, label }) {
  clearTimeout(later);
  close();
  const language = new URL(location.href).searchParams.get("ui");
  const address = new URL(work ? "./work" : "./", location.href);
  if (work) address.searchParams.set("id", work);
  else if (facet) address.searchParams.set(facet, value);
  else address.searchParams.set("q", query || label);
  if (language) address.searchParams.set("ui", language);
  const replace = typing && onSearch(); // it takes the place of what was found for half a word
  typing = false;
  box().value = onSearch() ? wanted() : ""; // what was half typed is no search of its own
  box().blur();
  box().value = "";
  if (library.isPage(address)) library.show(address, { replace });
  else location.assign(address);
}

document.addEventListener("input", (event) => {
  if (event.target !== box()) return;
  clearTimeout(later);
  clearing();
  clearTimeout(soon);
  soon = setTimeout(suggest, SOON);
  if (onSearch()) later = setTimeout(live, PAUSE);
});

document.addEventListener("keydown", (event) => {
  if (event.target !== box() || event.isComposing) return;
  const last = offered.length - 1;
  if (event.key === "ArrowDown" && offered.length) choose(chosen >= last ? -1 : chosen + 1);
  else if (event.key === "ArrowUp" && offered.length) choose(chosen < 0 ? last : chosen - 1);
  else if (event.key === "ArrowDown") suggest();
  else if (event.key === "Escape" && !list().hidden) close();
  else if (event.key === "Enter" && chosen >= 0) take(offered[chosen]);
  else return;
  event.preventDefault();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("form.search")) return;
  event.preventDefault();
  clearTimeout(later);
  close();
  searchFor(box().value, { replace: typing && onSearch() });
  typing = false;
});

document.addEventListener("mousedown", (event) => {
  if (event.target instanceof Element && event.target.closest("#suggestions")) event.preventDefault(); // the box keeps the focus
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const option = event.target.closest("#suggestions > li");
  if (option) return take(offered[[...list().children].indexOf(option)]);
  if (event.target.closest(".search-clear")) {
    clearTimeout(later);
    box().value = "";
    close();
    clearing();
    if (onSearch()) searchFor("");
    box().focus();
  } else if (!event.target.closest("form.search")) close();
});

document.addEventListener("focusout", (event) => {
  if (event.target !== box()) return;
  clearTimeout(later);
  if (box().value.trim() !== wanted().trim() && onSearch()) live();
  typing = false;
  close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || library.kept("library-keys") === "off" || event.ctrlKey || event.metaKey || event.target.closest?.("input, textarea, select")) return;
  if (!box()) return;
  event.preventDefault();
  box().focus();
  box().select();
});

addEventListener("popstate", (event) => {
  if (event.isTrusted) typing = false; // back and forward
  follow();
});
new MutationObserver(() => {
  const field = box();
  if (field && !field.dataset.seen) {
    field.dataset.seen = "yes";
    follow();
  }
}).observe(document.getElementById("root"), { childList: true, subtree: true });
