// Links within the page change the search without loading everything again; without this script they still work.

const announcer = document.getElementById("announcer");

function plainClick(event) {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.defaultPrevented);
}

// Streamlit reads the address anew when the browser goes through its history: a step made here is such a step.
function show(address) {
  if (address.search !== location.search) history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest(".stHtml a[href]") : null;
  if (!link || !plainClick(event)) return;
  const address = new URL(link.href);
  if (address.origin !== location.origin) return;
  if (/\/files\/.+\.pdf$/.test(address.pathname)) {
    event.preventDefault(); // beside the search, not instead of it; Streamlit takes the attribute `target` out
    window.open(address, "_blank", "noopener");
  } else if (address.pathname === location.pathname && !address.hash) {
    event.preventDefault();
    pressed = link.closest(".years") ? link.textContent : "";
    spoken = Boolean(link.closest(".language-menu"));
    closeMenu();
    show(address);
  }
});

// The bars of the years are drawn anew when one is chosen: the keyboard goes on from the same bar, not from the top.
let pressed = "";

function keepPlace() {
  if (!pressed || document.activeElement !== document.body) return;
  [...document.querySelectorAll(".years a")].find((bar) => bar.textContent === pressed)?.focus({ preventScroll: true });
  pressed = "";
}

// The menu of languages closes on Escape and on a click beside it. When the page is drawn in another language, the
// keyboard goes on from the menu, and the document says the language that the page now has, also after “back”.
let spoken = false;

function closeMenu() {
  const menu = document.querySelector(".language-menu details[open]");
  if (menu) menu.open = false;
  return menu;
}

function speak() {
  const menu = document.querySelector(".language-menu");
  if (!menu || document.documentElement.lang === menu.dataset.spoken) return;
  document.documentElement.lang = menu.dataset.spoken;
  if (spoken && document.activeElement === document.body) menu.querySelector("summary").focus({ preventScroll: true });
  spoken = false;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenu()?.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element && event.target.closest(".language-menu"))) closeMenu();
});

// The count is drawn anew with every answer; only a region that was there before is read aloud when its words change.
function announce() {
  const words = document.querySelector("[data-announce]")?.textContent ?? "";
  if (announcer.textContent !== words) announcer.textContent = words;
}

// Streamlit names a box by its Markdown source, signs and all: let it be called what it shows.
function nameBoxes() {
  for (const box of document.querySelectorAll('[data-testid="stCheckbox"]')) {
    const input = box.querySelector("input");
    const words = box.querySelector("p")?.textContent;
    if (input && words && input.getAttribute("aria-label") !== words) input.setAttribute("aria-label", words);
  }
}

// The field above a long list leaves only the lines whose own name, or the name of what they belong to, has what is
// typed, whatever its accents and case, and the names they belong to. Streamlit draws lines anew: it is done again then.
const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ħ: "h", ς: "σ" };

function plain(words) {
  const bare = words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  return bare.replace(/[łøđðþßæœıħς]/g, (letter) => LETTERS[letter]);
}

function nameOf(line) {
  const parts = [...(line.querySelector("p")?.childNodes ?? [])];
  return plain(parts.filter((part) => part.nodeName !== "CODE").map((part) => part.textContent).join(""));
}

function narrow(field) {
  const list = field.closest('[data-testid="stExpander"]');
  if (!list) return;
  const wanted = plain(field.value);
  const above = [];
  let found = false;
  for (const line of list.querySelectorAll('[data-testid="stElementContainer"]:has(.stCheckbox, .facet-caption)')) {
    const depth = Number(/st-key-facet-d(\d)-/.exec(line.className)?.[1] ?? 0);
    above.splice(depth, above.length, { line, name: nameOf(line) });
    line.dataset.leftOut = "";
    if (!above.some(({ name }) => name.includes(wanted))) continue;
    found = true;
    for (const { line: kept } of above) delete kept.dataset.leftOut;
  }
  field.parentElement.querySelector("p").hidden = found;
}

document.addEventListener("input", (event) => {
  if (event.target instanceof Element && event.target.matches(".facet-filter input")) narrow(event.target);
});
document.documentElement.classList.add("scripted");

new MutationObserver(() => {
  announce();
  speak();
  nameBoxes();
  keepPlace();
  document.querySelectorAll(".facet-filter input").forEach(narrow);
}).observe(document.getElementById("root"), { childList: true, subtree: true, characterData: true });
