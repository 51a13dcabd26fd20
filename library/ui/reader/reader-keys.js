// The keys that move the reader. None of them is taken while somebody writes, or with a key held that means another thing.

const dialog = document.getElementById("keys");
const box = document.getElementById("search");

export function listenToKeys(does) {
  document.getElementById("keys-button").addEventListener("click", () => dialog.showModal());
  document.getElementById("keys-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

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
    const action = plain[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action) act(event, action);
  });
}

function act(event, action) {
  event.preventDefault();
  action();
}
