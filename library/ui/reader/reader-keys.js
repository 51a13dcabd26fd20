// The keys that move the reader. None of them is taken while somebody writes, or with a key held that means another thing.

const dialog = document.getElementById("keys");
const box = document.getElementById("search");
const letters = document.getElementById("keys-letters");
const CHOICE = "library-keys"; // kept in this browser: "off" when keys of one letter do nothing; the search page keeps to it too

function lettersWanted() {
  try {
    return localStorage.getItem(CHOICE) !== "off";
  } catch {
    return letters.checked; // a browser that keeps nothing: for this document alone
  }
}

function keepChoice() {
  try {
    if (letters.checked) localStorage.removeItem(CHOICE);
    else localStorage.setItem(CHOICE, "off");
  } catch { /* the box itself is the choice then */ }
  tellKeys();
}

// What a button says of its key is said only while the key does something.
function tellKeys() {
  const wanted = lettersWanted();
  letters.checked = wanted;
  for (const one of document.querySelectorAll("[aria-keyshortcuts], [data-key]")) {
    const key = one.dataset.key ?? one.getAttribute("aria-keyshortcuts");
    if (key.length !== 1) continue;
    one.dataset.key = key;
    one.dataset.hint ??= one.title;
    if (wanted) one.setAttribute("aria-keyshortcuts", key);
    else one.removeAttribute("aria-keyshortcuts");
    one.title = wanted ? one.dataset.hint : one.dataset.hint.replace(` (${key})`, "");
  }
}

export function listenToKeys(does) {
  document.getElementById("keys-button").addEventListener("click", () => dialog.showModal());
  document.getElementById("keys-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  letters.addEventListener("change", keepChoice);
  addEventListener("storage", (event) => event.key === CHOICE && tellKeys()); // chosen in another tab
  addEventListener("pageshow", tellKeys);
  tellKeys();

  const plain = {
    n: () => does.hit(1), p: () => does.hit(-1), j: () => does.page(1), k: () => does.page(-1),
    PageDown: () => does.page(1), PageUp: () => does.page(-1), "+": () => does.zoom(1), "=": () => does.zoom(1), "-": () => does.zoom(-1),
    0: () => does.fit(), "/": () => does.search(), b: () => does.panel(), "?": () => dialog.showModal(),
  };

  addEventListener("keydown", (event) => {
    if (dialog.open) return;
    const held = event.ctrlKey || event.metaKey;
    if (event.key === "F3" && !event.altKey && !held) return act(event, () => does.hit(event.shiftKey ? -1 : 1));
    if (held && !event.altKey && !event.shiftKey && event.key === "f") return act(event, does.search);
    if (held && !event.altKey && !event.shiftKey && event.key === "p") return act(event, does.print);
    if (event.key === "Escape") return act(event, does.leave); // else the browser empties the search box
    const writes = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (held || event.altKey || (writes && !(event.target === box && event.key.startsWith("Page")))) return;
    if (event.key.length === 1 && !lettersWanted()) return;
    const action = plain[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action) act(event, action);
  });
}

function act(event, action) {
  event.preventDefault();
  action();
}
